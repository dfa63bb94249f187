using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.LoadBalancers;
using Pulumi;

namespace Infra.Components.Dns;

/// <summary>A name in a zone to which nothing here may write: the zone lists it, a line for each value.</summary>
internal sealed class UnmanagedRecord : PlacedComponent, IDnsRecord
{
    /// <summary>Lists the record in its zone.</summary>
    /// <param name="record">The declared record, which has one target with traffic.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="entrances">Gives what was built for a load balancer or a content delivery network.</param>
    /// <param name="placement">Where it stands, and whose it is.</param>
    public UnmanagedRecord(
        DnsRecord record,
        UnmanagedZone zone,
        Func<DnsTarget, IEntrance> entrances,
        PlacedComponentArgs placement)
        : base(placement with { Backing = zone.Backing, RunsOn = zone.RunsOn })
    {
        var args = record.Args;
        foreach (var target in args.Targets)
        {
            if (target.Entrance is null)
            {
                foreach (var value in target.Values) List(target.Type!, Output.Create(value));
                continue;
            }

            var entrance = entrances(target);
            List(entrance.AddressKind == AddressKind.Ip ? "A" : "CNAME", entrance.Address);
        }

        FullName = Output.Create(args.FullName);
        RegisterOutputs();

        void List(string type, Output<string> value) => zone.List(value.Apply(known => string.Create(
            CultureInfo.InvariantCulture,
            $"{args.FullName}. {args.TtlSeconds} IN {type} {ZoneFile.Of(type, known)}")));
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> FullName { get; private set; }
}
