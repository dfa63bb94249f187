using System.Text;
using System.Text.Json.Nodes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Registry = Pulumiverse.Scaleway.Registry;

namespace Infra.Components.Registries.Scaleway;

/// <summary>
/// A namespace of the registry. Its name is unique among all customers of the region, so Pulumi adds digits of its own. The cluster pulls
/// with a key that may do nothing else. Deleting the namespace deletes its images.
/// </summary>
internal sealed class ScalewayContainerRegistry : PlacedComponent, IContainerRegistry
{
    /// <summary>Builds the registry and the cluster's key to it.</summary>
    public ScalewayContainerRegistry(ContainerRegistry registry, ClusterContext cluster, ScalewayContext context)
        : base(context.Place(registry))
    {
        var space = new Registry.Namespace(
            Name,
            new() { Region = context.Region, IsPublic = false, Description = Tags.AsText() },
            Child(protect: context.Protect));
        Prefix = space.Endpoint;

        var key = new ScalewayApiKey($"{Name}-pull", ["ContainerRegistryReadOnly"], context, Tags, () => Child());
        PullSecret = ClusterContext.NameOf(new Secret(
            $"{Name}-pull",
            new SecretArgs
            {
                Metadata = cluster.Metadata(Name, Tags),
                Type = "kubernetes.io/dockerconfigjson",
                StringData =
                {
                    [".dockerconfigjson"] = Output.Tuple(Prefix, key.SecretKey).Apply(known => Login(known.Item1, known.Item2)),
                },
            },
            Child(dependsOn: [key.Policy]).On(cluster.Provider)));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Prefix { get; private set; }

    /// <summary>The secret in the stack's namespace with which the cluster pulls.</summary>
    public Output<string> PullSecret { get; }

    // The user name is arbitrary, the password is the secret part of a key (Scaleway documentation: Container Registry).
    private static string Login(string prefix, string secret)
    {
        var host = prefix.Split('/')[0];
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"nologin:{secret}"));
        return new JsonObject { ["auths"] = new JsonObject { [host] = new JsonObject { ["auth"] = basic } } }.ToJsonString();
    }
}
