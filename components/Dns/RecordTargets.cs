using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.LoadBalancers;
using Infra.Components.Systems;

namespace Infra.Components.Dns;

/// <summary>Where records point that lead to load balancers and content delivery networks, wherever these stand.</summary>
internal static class RecordTargets
{
    private static readonly Rule Apex = Rule.Error("dns-record-apex", "The zone's own name points at an address");

    /// <summary>The type of record that leads to a target: known before anything is built.</summary>
    public static string TypeOf(DnsTarget target, CloudChecks checks) => target switch
    {
        { Entrance: { } entrance } => KindOf(entrance, checks, target.On) == AddressKind.Ip ? "A" : "CNAME",
        _ => target.Type!,
    };

    /// <summary>Refuses the zone's own name for a target that has a host name, where the cloud has no alias for it.</summary>
    /// <param name="record">The record.</param>
    /// <param name="checks">Where findings go.</param>
    /// <param name="hasAlias">Whether the cloud writes an alias for a target of its own; null where it writes none.</param>
    public static void Check(DnsRecord record, CloudChecks checks, Func<DnsTarget, bool>? hasAlias = null)
    {
        if (!record.Args.IsApex) return;
        foreach (var target in record.Args.Targets.Where(target => hasAlias?.Invoke(target) != true))
        {
            if (target.Entrance is not { } entrance || KindOf(entrance, checks, target.On) == AddressKind.Ip) continue;
            checks.Report(
                Apex,
                record,
                $"'{entrance.Name}' has a host name, and the zone's own name cannot be a CNAME (RFC 1034); "
                + "allowed: a target with an address. Use another host, or a cloud or cluster that gives addresses.");
        }
    }

    /// <summary>What was built for the copy that a target leads to.</summary>
    internal static IEntrance EntranceOf(this CloudContext context, DnsTarget target) =>
        context.Nearest<IEntrance>(target.Entrance!, target.On);

    /// <summary>
    /// What the address is of the copy on a cloud; where none is named, of the one beside the component that is checked, or of the one that
    /// serves.
    /// </summary>
    internal static AddressKind KindOf(Component entrance, CloudChecks checks, Cloud? on = null)
    {
        if (!checks.Model.Holds(entrance)) return AddressKind.Ip;
        var cloud = on ?? checks.Blueprint.Find(entrance, checks.Cloud)?.Cloud ?? checks.Blueprint.CloudOf(entrance);
        return (checks.ProvisionOn(cloud, entrance.Kind) as IGivesAddresses)?.AddressKindOf(entrance) ?? AddressKind.Ip;
    }
}
