using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Core = Pulumi.Kubernetes.Core.V1;
using CoreInputs = Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Components.Secrets.Kubernetes;

/// <summary>
/// A secret of the cluster, which Pulumi names: a new value is a new secret, so pods roll onto it. Nothing at all where it exists already.
/// </summary>
internal sealed class KubernetesKeptSecret : PlacedSecret, ILinkTarget<KubernetesGrantee>
{
    private const string Key = "value";

    /// <summary>Builds the secret.</summary>
    public KubernetesKeptSecret(Secret secret, KubernetesContext context)
        : base(context.PlaceInCluster(secret), secret, context)
    {
        if (secret.Args.Source is ExistingSecret existing)
        {
            Reference = Output.Create(existing.Name);
            Stored = new KubernetesStoredValue(Reference, existing.Key!);
        }
        else
        {
            var kept = new Core.Secret(
                Name,
                new CoreInputs.SecretArgs { Metadata = context.Running.Metadata(Name, Tags), StringData = { [Key] = Value! } },
                Child());
            Reference = ClusterContext.NameOf(kept);
            Stored = new KubernetesStoredValue(Reference, Key);
        }

        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Endpoint? Endpoint => null;

    /// <summary>Nothing to let through: the node reads it for the container.</summary>
    public void Admit(KubernetesGrantee grantee, string role)
    {
    }

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay) => Connect();
}
