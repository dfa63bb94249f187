using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Components.Dns.Kubernetes;

/// <summary>Zones that someone else serves.</summary>
internal sealed class KubernetesDnsZones()
    : DnsZoneProvision<KubernetesContext>(new(Backing.External, "the DNS service that external-dns writes to")),
        INeedsAddons
{
    /// <summary>Whether other clouds prove names in a zone, by records that external-dns writes.</summary>
    public static bool IsProvedIn(DnsZone zone, Blueprint blueprint) => !zone.Args.External && blueprint.Standings.Any(standing =>
        standing.Cloud is Cloud.Aws or Cloud.Gcp
        && standing.Kind.Stage == BuildStage.Certificate
        && standing.Component.References.Contains(zone)
        && blueprint.Find(zone, standing.Cloud) is null);

    /// <inheritdoc/>
    public IEnumerable<Addon> Addons(Component component, KubernetesContext context) =>
        IsProvedIn((DnsZone)component, context.Blueprint) ? [Addon.ExternalDns] : [];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(DnsZone component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void CheckManaged(DnsZone component, CloudChecks checks) => ExistingZones.Check(component, checks);

    /// <inheritdoc/>
    protected override PlacedComponent BuildManaged(DnsZone component, KubernetesContext context) =>
        new KubernetesDnsZone(component, context);
}
