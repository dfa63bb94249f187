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
    /// <summary>Creates the service account.</summary>
    /// <param name="consumer">The service or job.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesServiceIdentity(Consumer consumer, KubernetesContext context)
        : base(context.PlaceInCluster(ServiceIdentityKind.Instance, consumer.Name, consumer.Arguments.DataClass))
    {
        var cluster = context.Running;
        var args = new ServiceAccountArgs { Metadata = cluster.Metadata(Name, Tags), AutomountServiceAccountToken = false };
        foreach (var secret in cluster.PullSecrets) args.ImagePullSecrets.Add(new LocalObjectReferenceArgs { Name = secret });
        AccountName = new ServiceAccount(Name, args, Child()).Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs();
    }

    /// <summary>The service account's name.</summary>
    [Output]
    public Output<string> AccountName { get; private set; }
}
