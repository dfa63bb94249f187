using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Components.Identities.Gcp;

/// <summary>What services and jobs are to Google Cloud.</summary>
internal sealed class GcpIdentities() : FoundationProvision<GcpContext>(ServiceIdentityKind.Instance, new(Backing.Native, "IAM")), IUsesApis
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["iam", "secretmanager"];

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(GcpContext context)
    {
        foreach (var consumer in context.On<Consumer>())
        {
            var identity = new GcpServiceIdentity(consumer, context.Get<GcpPrivateNetwork>(), context.Get<GcpRuntime>(), context);
            context.Keep(consumer, identity);
            if (consumer is ContainerService) context.Target(consumer, identity);
            yield return identity;
        }
    }
}
