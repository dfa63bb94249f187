using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Random;
using Batch = Pulumi.Kubernetes.Batch.V1;

namespace Infra.Components.Jobs.Kubernetes;

/// <summary>
/// The jobs that set up a store in the cluster through its own REST API. They bear the store's label, which alone may reach that API: the
/// consumers that they serve may not.
/// </summary>
internal sealed record KubernetesRestSetup
{
    // The client's official image has its user by this number (curlimages/curl).
    private const int ImageUser = 100;

    /// <summary>The store's name.</summary>
    public required string Store { get; init; }

    /// <summary>The cluster.</summary>
    public required ClusterContext Cluster { get; init; }

    /// <summary>The variables of the jobs, and their commands.</summary>
    public required RestScript Script { get; init; }

    /// <summary>Where the API answers.</summary>
    public required string Url { get; init; }

    /// <summary>The certificates that sign the store's, as PEM.</summary>
    public required Output<string> Authority { get; init; }

    /// <summary>The variables that hold the administrator's name and password.</summary>
    public required IReadOnlyList<EnvVarArgs> Administrator { get; init; }

    /// <summary>The policies that let such jobs through to the API of a store.</summary>
    /// <param name="store">The store's name.</param>
    /// <param name="pods">The labels of its pods.</param>
    /// <param name="port">The port of its API.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the store.</param>
    /// <param name="child">Makes the options of its children.</param>
    public static IReadOnlyList<Resource> Ways(
        string store,
        IReadOnlyDictionary<string, string> pods,
        int port,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        Dictionary<string, string> jobs = new() { [ClusterContext.ConsumerLabel] = store };
        return
        [
            NetworkAccess.Ingress(
                $"{store}-setup-ingress",
                cluster.Metadata(store, tags),
                pods,
                [NetworkAccess.Pods(jobs)],
                [NetworkAccess.Tcp(port)],
                child()),
            NetworkAccess.Egress(
                $"{store}-setup-egress",
                cluster.Metadata(store, tags),
                jobs,
                [NetworkAccess.Pods(pods)],
                [NetworkAccess.Tcp(port)],
                child()),
        ];
    }

    /// <summary>Makes some calls once.</summary>
    /// <param name="name">The job's name.</param>
    /// <param name="calls">The calls.</param>
    /// <param name="more">Variables that they read, beside those of the script.</param>
    /// <param name="tags">The tags of the job.</param>
    /// <param name="options">The job's options.</param>
    public Batch.Job Run(
        string name,
        IEnumerable<RestCall> calls,
        IReadOnlyList<EnvVarArgs> more,
        IReadOnlyDictionary<string, string> tags,
        CustomResourceOptions options) => KubernetesJob.Start(name, new ContainerPod
        {
            Cluster = Cluster,
            Name = name,
            Consumer = Store,
            IsSelected = false,
            Tags = tags,
            Image = PinnedImage.Curl.OnDockerHub,
            Capacity = new Capacity(0.1, 0.0625),
            EntryPoint = Script.Of(calls),
            Environment =
            [
                new() { Name = Script.Url, Value = Url },
                new() { Name = Script.CertificateAuthority, Value = Authority },
                .. Administrator,
                .. more,
            ],
            User = ImageUser,
        }, retries: 6, timeout: TimeSpan.FromMinutes(10), options);

    /// <summary>Gives a consumer a login of its own, which its containers wait for.</summary>
    /// <param name="grantee">Who receives the grant.</param>
    /// <param name="link">The link.</param>
    /// <param name="grant">The calls that make a login: of its name, and the variable that holds its password.</param>
    /// <param name="after">What must exist before.</param>
    /// <returns>The login, its password, and what makes it.</returns>
    public (string Login, RandomPassword Password, Batch.Job Granted) Grant(
        KubernetesGrantee grantee,
        StandingLink link,
        Func<string, string, IEnumerable<RestCall>> grant,
        Resource after)
    {
        var login = grantee.GrantName(link);
        var password = LoginPassword.Create($"{login}-password", Cluster.Values, grantee.Child());
        var secret = ClusterContext.NameOf(new Secret(
            $"{login}-login",
            new SecretArgs
            {
                Metadata = grantee.Cluster.Metadata(grantee.Name, grantee.Tags),
                StringData = { [RestLogins.Password] = password.Result },
            },
            grantee.Child()));
        var granted = Run(
            $"{login}-grant",
            grant(login, RestLogins.Password),
            [ClusterContext.FromSecret(RestLogins.Password, secret, RestLogins.Password)],
            grantee.Tags,
            grantee.Child([after, .. grantee.Grants]));
        grantee.Grants.Add(granted);
        return (login, password, granted);
    }
}
