using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.LoadBalancers;

namespace Infra.Components.Dns;

/// <summary>Where records point that lead to load balancers, wherever these stand.</summary>
internal static class RecordTargets
{
    private static readonly Rule Apex = Rule.Error("dns-record-apex", "The zone's own name points at an address");

    /// <summary>The type of record that leads to a target: known before anything is built.</summary>
    public static string TypeOf(DnsTarget target, CloudChecks checks) => target switch
    {
        { LoadBalancer: { } balancer } => KindOf(balancer, checks) == AddressKind.Ip ? "A" : "CNAME",
        _ => target.Type!,
    };

    /// <summary>Refuses the zone's own name for a load balancer that has a host name, where the cloud has no alias for it.</summary>
    /// <param name="record">The record.</param>
    /// <param name="checks">Where findings go.</param>
    /// <param name="hasAlias">Whether the cloud writes an alias for a load balancer of its own.</param>
    public static void Check(DnsRecord record, CloudChecks checks, bool hasAlias = false)
    {
        if (!record.Args.IsApex) return;
        foreach (var balancer in record.Args.Targets.Select(target => target.LoadBalancer).OfType<LoadBalancer>())
        {
            if (hasAlias && checks.Blueprint.Find(balancer, checks.Cloud) is not null) continue;
            if (KindOf(balancer, checks) == AddressKind.Ip) continue;
            checks.Report(
                Apex,
                record,
                $"'{balancer.Name}' has a host name, and the zone's own name cannot be a CNAME (RFC 1034); "
                + "allowed: a load balancer with an address. Use another host, or a cloud or cluster that gives addresses.");
        }
    }

    // The copy beside the record, or the one that serves.
    private static AddressKind KindOf(LoadBalancer balancer, CloudChecks checks)
    {
        if (!checks.Model.Holds(balancer)) return AddressKind.Ip;
        var cloud = checks.Blueprint.Find(balancer, checks.Cloud)?.Cloud ?? checks.Blueprint.CloudOf(balancer);
        return (checks.ProvisionOn(cloud, balancer.Kind) as IGivesAddresses)?.AddressKindOf(balancer) ?? AddressKind.Ip;
    }
}
