using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Components.Identities.Kubernetes;

/// <summary>
/// The service account of a consumer. It grants nothing towards Kubernetes itself: no token is mounted. What the consumer may use follows
/// from logins, keys and network policies.
/// </summary>
internal sealed class KubernetesServiceIdentity : PlacedComponent
{
    /// <summary>What provides it.</summary>
    public const string Product = "Kubernetes service account";

    /// <summary>Creates the service account.</summary>
    /// <param name="name">The consumer's name.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of its resources.</param>
    public KubernetesServiceIdentity(string name, ClusterContext cluster, IReadOnlyDictionary<string, string> tags)
        : base(cluster.Place(ComponentKind.ServiceIdentity, name, Backing.Native, Product, tags))
    {
        var args = new ServiceAccountArgs { Metadata = cluster.Metadata(name, tags), AutomountServiceAccountToken = false };
        if (cluster.ImagePullSecret is { } secret) args.ImagePullSecrets.Add(new LocalObjectReferenceArgs { Name = secret });
        AccountName = new ServiceAccount(name, args, Child()).Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs();
    }

    /// <summary>The service account's name.</summary>
    [Output]
    public Output<string> AccountName { get; private set; }
}
