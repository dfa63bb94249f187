using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.ContentDelivery;
using Infra.Components.LoadBalancers;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Dns;

/// <summary>A name in a zone, with one target or, by weight, several.</summary>
public sealed class DnsRecord(string name, DnsRecordArgs args) : Component<DnsRecordArgs>(name, args)
{
    /// <inheritdoc/>
    public override ComponentKind Kind => DnsRecordKind.Instance;

    /// <inheritdoc/>
    public override IEnumerable<Component> References =>
    [
        Args.Zone,
        .. Args.Targets.Select(target => target.Entrance).OfType<Component>(),
    ];

    /// <inheritdoc/>
    public override Component? StandsOn => Args.Zone;

    /// <inheritdoc/>
    internal override bool Stands => Args.Zone.Stands;
}

/// <summary>
/// Where a name points: at a load balancer or a content delivery network, whose address decides the record's type, or at literal values
/// of one type.
/// </summary>
public sealed record DnsTarget
{
    private const int All = 100;

    /// <summary>Points at a load balancer.</summary>
    /// <param name="loadBalancer">The load balancer.</param>
    /// <param name="weight">Its share among the record's targets, 0 to 100.</param>
    public DnsTarget(LoadBalancer loadBalancer, int weight = 100)
    {
        LoadBalancer = loadBalancer;
        Weight = weight;
    }

    /// <summary>Points at a content delivery network.</summary>
    /// <param name="cdn">The content delivery network.</param>
    /// <param name="weight">Its share among the record's targets, 0 to 100.</param>
    public DnsTarget(Cdn cdn, int weight = 100)
    {
        Cdn = cdn;
        Weight = weight;
    }

    /// <summary>Holds literal values.</summary>
    /// <param name="type">The record's type: A, AAAA, CNAME, MX, TXT, CAA or SRV.</param>
    /// <param name="values">The values as a zone file writes them, without quotes.</param>
    /// <param name="weight">The share among the record's targets, 0 to 100.</param>
    public DnsTarget(string type, IReadOnlyList<string> values, int weight = 100)
    {
        Type = type;
        Values = values;
        Weight = weight;
    }

    /// <summary>The load balancer; null for anything else.</summary>
    public LoadBalancer? LoadBalancer { get; }

    /// <summary>The content delivery network; null for anything else.</summary>
    public Cdn? Cdn { get; }

    /// <summary>The type of literal values; null where the target decides.</summary>
    public string? Type { get; }

    /// <summary>The literal values.</summary>
    public IReadOnlyList<string> Values { get; } = [];

    /// <summary>The share among the record's targets.</summary>
    public int Weight { get; private init; }

    /// <summary>
    /// The cloud of the copy that it leads to, where there are two; null for the one beside the record, or the one that serves.
    /// </summary>
    internal Cloud? On { get; private init; }

    /// <summary>Whichever component it points at; null for literal values.</summary>
    internal Component? Entrance => (Component?)LoadBalancer ?? Cdn;

    /// <summary>The same of a resolved system.</summary>
    internal DnsTarget Referring(References replacement) => this switch
    {
        { LoadBalancer: { } balancer } => new(replacement.Of(balancer), Weight),
        { Cdn: { } cdn } => new(replacement.Of(cdn), Weight),
        _ => this,
    };

    /// <summary>The same where what it leads to has two copies: one target for each that gets traffic.</summary>
    internal IEnumerable<DnsTarget> Shared(TrafficShare share)
    {
        if (share.Percent < All) yield return this with { On = share.From, Weight = Weight * (All - share.Percent) / All };
        if (share.Percent > 0) yield return this with { On = share.To, Weight = Weight * share.Percent / All };
    }
}

/// <summary>The arguments of a DNS record.</summary>
public sealed partial record DnsRecordArgs : Arguments
{
    /// <summary>The types that a record may have.</summary>
    public static readonly IReadOnlyList<string> Types = ["A", "AAAA", "CNAME", "MX", "TXT", "CAA", "SRV"];

    /// <summary>The zone.</summary>
    public required DnsZone Zone { get; init; }

    /// <summary>The name within the domain, such as <c>www</c>; <c>@</c> for the domain itself. Changing it replaces the record.</summary>
    public required string Host { get; init; }

    /// <summary>Where it points. Several share the traffic by weight, in zones whose cloud can.</summary>
    public required IReadOnlyList<DnsTarget> Targets { get; init; }

    /// <summary>How long resolvers may keep the answer in seconds where nothing else is said.</summary>
    public const int UsualTtlSeconds = 300;

    /// <summary>
    /// How long resolvers may keep the answer in seconds, 60 to 86400. Default: 300. Lower it a day before traffic moves.
    /// </summary>
    public int TtlSeconds { get; init; } = UsualTtlSeconds;

    /// <summary>Whether targets share the traffic.</summary>
    public bool IsWeighted => Targets.Count > 1;

    /// <summary>The full name, without a final dot.</summary>
    public string FullName => Zone.Args.FullName(Host);

    /// <summary>Whether it is the name of the zone itself, at which no CNAME may stand (RFC 1034).</summary>
    public bool IsApex => FullName == Zone.Args.Apex;

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        new("name", FullName),
        new("to", string.Join(", ", Targets.Select(target =>
            target.Entrance is { } entrance
                ? $"{entrance.Name}{(target.On is { } cloud ? $" on {cloud.Name()}" : "")}"
                : $"{target.Type} {string.Join(' ', target.Values)}"))),
        new("kept for", Decision.Counted(TtlSeconds, "seconds")),
    ];

    /// <inheritdoc/>
    public override Arguments Referring(References replacement) => this with
    {
        Zone = replacement.Of(Zone),
        Targets = [.. Targets.Select(target => target.Referring(replacement))],
    };

    /// <inheritdoc/>
    internal override Arguments Entering(Func<Component, TrafficShare?> shareOf) => this with
    {
        Targets =
        [
            .. Targets.SelectMany(target =>
                target.Entrance is { } entrance && shareOf(entrance) is { } share ? target.Shared(share) : [target]),
        ],
    };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        Zone.Args.CheckRelative(guard, nameof(Host), Host);
        guard.Matches(nameof(Host), Host, HostLabel(), "@, or labels such as www or *.preview, relative to the domain");
        guard.InRange(nameof(TtlSeconds), TtlSeconds, 60, 86400, "seconds");
        guard.InRange(nameof(Targets), Targets.Count, 1, 10, "targets");
        foreach (var target in Targets)
        {
            guard.InRange("Targets.Weight", target.Weight, 0, 100);
            if (target.Entrance is { } entrance)
            {
                guard.Require(
                    entrance.Stands || !Zone.Stands,
                    nameof(Targets),
                    $"'{entrance.Name}', which is left out because its own zone has no domain",
                    "targets that stand",
                    "Set infra:domain in the stack's file");
                continue;
            }

            guard.OneOf("Targets.Type", target.Type, Types);
            guard.Require(target.Values.Count > 0, "Targets.Values", "no value", "one value at least");
            foreach (var value in target.Values)
            {
                if (DnsValue.Fault(target.Type!, value) is { } allowed) guard.Refuse("Targets.Values", $"{target.Type} '{value}'", allowed);
            }

            guard.Require(
                !(target.Type == "CNAME" && target.Values.Count > 1),
                "Targets.Values",
                $"{target.Values.Count} values",
                "one value for a CNAME");
            guard.Require(
                !(target.Type == "CNAME" && IsApex),
                "Targets.Type",
                "CNAME at the zone's own name",
                "A or AAAA at the zone's own name (RFC 1034)",
                "Use addresses, or a load balancer");
        }

        if (!IsWeighted) return;
        guard.Require(
            !Zone.Args.External,
            nameof(Targets),
            string.Create(CultureInfo.InvariantCulture, $"{Targets.Count} targets"),
            $"one target in a zone that others serve, as '{Zone.Name}' is: nobody here knows whether it can weigh",
            "Keep one target");
        guard.Require(Targets.Any(target => target.Weight > 0), "Targets.Weight", "0 for every target", "one target above 0 at least");
        guard.Require(
            Targets.Where(target => target.Type is not null).Select(target => target.Type).Distinct().Count() <= 1,
            "Targets.Type",
            string.Join(", ", Targets.Select(target => target.Type).OfType<string>().Distinct()),
            "one type for all targets of a weighted record");
    }

    [GeneratedRegex(@"^@\z|^(\*\.)?(_?[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?)(\._?[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?)*\z|^\*\z")]
    private static partial Regex HostLabel();
}

/// <summary>What every cloud gives for a DNS record.</summary>
public interface IDnsRecord
{
    /// <summary>The full name.</summary>
    Output<string> FullName { get; }
}
