using System.Text.RegularExpressions;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Dns.Gcp;

/// <summary>Zones on Google Cloud.</summary>
internal sealed partial class GcpDnsZones()
    : DnsZoneProvision<GcpContext>(new(Backing.Native, "Cloud DNS")), IUsesApis
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["dns"];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(DnsZone component) => [RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void CheckManaged(DnsZone component, CloudChecks checks) => ExistingZones.Check(
        component,
        checks,
        (ManagedZone(), "the name of a managed zone, such as example-org"),
        (Project(), "the project that keeps the zone, such as company-dns"));

    /// <inheritdoc/>
    protected override PlacedComponent BuildManaged(DnsZone component, GcpContext context) =>
        new GcpDnsZone(component, context.Get<GcpRuntime>(), context);

    [GeneratedRegex(@"^[a-z]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex ManagedZone();

    [GeneratedRegex(@"^[a-z][a-z0-9-]{4,28}[a-z0-9]\z")]
    private static partial Regex Project();
}
