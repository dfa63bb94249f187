using System.Text;
using System.Text.Json.Nodes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Jobs.Kubernetes;
using Infra.Components.Networks.Kubernetes;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Batch = Pulumi.Kubernetes.Batch.V1;
using CloudProject = Pulumi.Ovh.CloudProject;

namespace Infra.Components.Registries.Ovh;

/// <summary>
/// A Harbor registry of OVHcloud, in its smallest plan, with a private project named after the system. OVHcloud's API knows no projects,
/// and the one that Harbor has at first is public, so a job in the cluster asks Harbor for one. Its user may push as well as pull: accounts
/// that only pull are Harbor's, not OVHcloud's.
/// </summary>
internal sealed class OvhContainerRegistry : PlacedComponent, IContainerRegistry
{
    private const int ClientUser = 100;

    // 201: created; 409: there already (Harbor's API). The password goes through standard input, so that it is in no process list.
    private const string CreateProject =
        """
        answer=$(printf 'user = "%s:%s"\n' "$REGISTRY_LOGIN" "$REGISTRY_PASSWORD" | curl --config - --silent --show-error --retry 10 --retry-all-errors \
          --output /dev/null --write-out '%{http_code}' --header 'Content-Type: application/json' \
          --data "{\"project_name\":\"$PROJECT\",\"metadata\":{\"public\":\"false\"}}" "$REGISTRY_URL/api/v2.0/projects")
        [ "$answer" = 201 ] || [ "$answer" = 409 ] || { echo "Harbor answered $answer" >&2; exit 1; }
        """;

    /// <summary>Builds the registry.</summary>
    /// <param name="registry">The declared registry.</param>
    /// <param name="context">The stack's part, with the cluster that pulls from it.</param>
    public OvhContainerRegistry(ContainerRegistry registry, OvhContext context)
        : base(context.Place(registry))
    {
        var cluster = context.Running;

        // A change of region is accepted and never carried out, so a preview must show what it takes.
        var options = Child(protect: context.Protect);
        options.ReplaceOnChanges.AddRange(["region", "serviceName"]);
        var created = new CloudProject.ContainerRegistry(
            Name,
            new() { ServiceName = context.Project, Region = context.Region.Registry! },
            options);
        var user = new CloudProject.ContainerRegistryUser(
            $"{Name}-user",
            new()
            {
                ServiceName = context.Project,
                RegistryId = created.Id,
                Login = context.Stack,
                Email = $"{context.Stack}@registry.invalid",
            },
            Child());
        var login = ClusterContext.NameOf(new Secret($"{Name}-login", new SecretArgs
        {
            Metadata = cluster.Metadata(Name, Tags),
            StringData = { ["REGISTRY_LOGIN"] = context.Stack, ["REGISTRY_PASSWORD"] = user.Password },
        }, Child().On(cluster.Provider)));
        var project = AskForProject(created.Url, login, context);

        var host = created.Url.Apply(HostOf);
        Prefix = Output.Format($"{host}/{context.Blueprint.Settings.System}");
        PullSecret = ClusterContext.NameOf(new Secret($"{Name}-pull", new SecretArgs
        {
            Metadata = cluster.Metadata(Name, Tags),
            Type = "kubernetes.io/dockerconfigjson",
            StringData =
            {
                [".dockerconfigjson"] = Output
                    .Tuple(host, user.Password)
                    .Apply(known => Configuration(known.Item1, context.Stack, known.Item2)),
            },
        }, Child(dependsOn: [project]).On(cluster.Provider)));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Prefix { get; private set; }

    /// <summary>The pull secret's name.</summary>
    public Output<string> PullSecret { get; }

    private static string HostOf(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        return url[(scheme < 0 ? 0 : scheme + 3)..].TrimEnd('/');
    }

    private static string Configuration(string host, string login, string password) => new JsonObject
    {
        ["auths"] = new JsonObject
        {
            [host] = new JsonObject
            {
                ["username"] = login,
                ["password"] = password,
                ["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login}:{password}")),
            },
        },
    }.ToJsonString();

    private Batch.Job AskForProject(Output<string> url, Output<string> login, OvhContext context)
    {
        var name = $"{Name}-project";
        var cluster = context.Running;
        Resource[] ways = KubernetesPrivateNetwork.LetsOut(context.Blueprint)
            ? []
            :
            [
                NetworkAccess.Egress(
                    $"{name}-egress",
                    cluster.Metadata(Name, Tags),
                    new Dictionary<string, string> { [ClusterContext.ConsumerLabel] = Name },
                    [NetworkAccess.Internet()],
                    [NetworkAccess.Tcp(443)],
                    Child().On(cluster.Provider)),
            ];
        return KubernetesJob.Start(name, new ContainerPod
        {
            Cluster = cluster,
            Name = name,
            IsSelected = false,
            Consumer = Name,
            Tags = Tags,
            Image = PinnedImage.Curl.OnDockerHub,
            Capacity = new Capacity(0.1, 0.125),
            EntryPoint = ["sh", "-e", "-c", CreateProject],
            Environment =
            [
                new EnvVarArgs { Name = "REGISTRY_URL", Value = url },
                new EnvVarArgs { Name = "PROJECT", Value = context.Blueprint.Settings.System },
                ClusterContext.FromSecret("REGISTRY_LOGIN", login, "REGISTRY_LOGIN"),
                ClusterContext.FromSecret("REGISTRY_PASSWORD", login, "REGISTRY_PASSWORD"),
            ],
            User = ClientUser,
        }, retries: 6, timeout: TimeSpan.FromMinutes(10), Child(dependsOn: ways).On(cluster.Provider));
    }
}
