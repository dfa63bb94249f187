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
    /// <summary>
    /// Whether external-dns writes records into a zone that are not declared: by which other clouds prove names, and what senders of mail
    /// need.
    /// </summary>
    public static bool IsWrittenInto(DnsZone zone, Blueprint blueprint) => !zone.Args.External && blueprint.Standings.Any(standing =>
        standing.Component.References.Contains(zone)
        && (standing.Kind.WritesRecords
            || (standing.Cloud is Cloud.Aws or Cloud.Gcp
                && standing.Kind.NamesToProve(standing.Component).Count > 0
                && blueprint.Find(zone, standing.Cloud) is null)));

    /// <inheritdoc/>
    public IEnumerable<Addon> Addons(Component component, KubernetesContext context) =>
        IsWrittenInto((DnsZone)component, context.Blueprint) ? [Addon.ExternalDns] : [];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(DnsZone component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void CheckManaged(DnsZone component, CloudChecks checks) => ExistingZones.Check(component, checks);

    /// <inheritdoc/>
    protected override PlacedComponent BuildManaged(DnsZone component, KubernetesContext context) =>
        new KubernetesDnsZone(component, context);
}
