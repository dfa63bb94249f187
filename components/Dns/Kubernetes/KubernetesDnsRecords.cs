using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Systems;

namespace Infra.Components.Dns.Kubernetes;

/// <summary>Records that external-dns writes, in zones that someone else serves.</summary>
internal sealed class KubernetesDnsRecords()
    : DnsRecordProvision<KubernetesContext>(new(Backing.InCluster, "external-dns")), INeedsAddons
{
    private static readonly Rule WeightRule = Rule.Error("dns-record-weight", "Without weights, records have one target with traffic");
    private static readonly Rule TypeRule = Rule.Error("dns-record-type", "Records are of types that their zone's cloud writes");
    private static readonly Rule Service = Rule.Error("dns-service", "Stacks that install external-dns say which DNS service it writes to");

    private static readonly Gap Weights = new(RecordGaps.WeightPromise, "No weights.") { Rule = WeightRule };
    private static readonly Gap CaaRecords = new("caa records", "No CAA records.") { Rule = TypeRule };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [Weights, CaaRecords];

    /// <inheritdoc/>
    public IEnumerable<Addon> Addons(Component component, KubernetesContext context) =>
        IsManaged((DnsRecord)component) ? [Addon.ExternalDns] : [];

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        var zones = checks.On<DnsZone>().Where(zone => KubernetesDnsZones.IsWrittenInto(zone, checks.Blueprint));
        if (checks.On<DnsRecord>().Where(IsManaged).Concat<Component>(zones).FirstOrDefault() is not { } record
            || checks.Settings.Hypothetical
            || GivenClusterContext.AccountOf(checks.Settings).Dns is not null
            || !KubernetesAddons.Owns(checks.Blueprint, checks.Cloud, Addon.ExternalDns))
        {
            return;
        }

        checks.Report(
            Service,
            record,
            "This stack installs external-dns, and nothing says which DNS service it writes to. "
            + $"Set infra:accounts.kubernetes.dns, or infra:addons.{Addon.ExternalDns.Name()} to the stack that owns it.");
    }

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(DnsRecord component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void CheckManaged(DnsRecord component, CloudChecks checks)
    {
        RecordTargets.Check(component, checks);
        var carrying = KubernetesDnsRecord.Carrying(component.Args).ToList();
        if (carrying.Count > 1)
        {
            checks.Lacks(
                Weights,
                component,
                $"{carrying.Count} targets carry traffic, and external-dns has no weights; allowed: one target above 0.",
                "Set the other weights to 0");
        }

        foreach (var target in carrying)
        {
            if (target.Type is { } type && !KubernetesDnsRecord.Types.Contains(type))
            {
                checks.Lacks(
                    CaaRecords,
                    component,
                    $"Targets.Type is {type}; allowed: {string.Join(", ", KubernetesDnsRecord.Types)}.",
                    "Change the type");
            }
        }
    }

    private static bool IsManaged(DnsRecord record) => !record.Args.Zone.Args.External;

    /// <inheritdoc/>
    protected override PlacedComponent BuildManaged(DnsRecord component, KubernetesContext context) =>
        new KubernetesDnsRecord(component, context);
}
