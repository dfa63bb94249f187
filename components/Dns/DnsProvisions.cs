using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Dns;

/// <summary>The provision of zones on a cloud, which is asked for those only that it may write to.</summary>
/// <param name="offer">How it is provided, and by what.</param>
internal abstract class DnsZoneProvision<TContext>(Offer offer) : Provision<DnsZone, TContext>(DnsZoneKind.Instance, offer)
    where TContext : CloudContext
{
    private static readonly Rule Unmanaged = Rule.Info("dns-zone-external", "Records are written by the stack, and not by hand");

    /// <inheritdoc/>
    protected sealed override void Check(DnsZone component, CloudChecks checks)
    {
        if (!component.Args.External)
        {
            CheckManaged(component, checks);
            return;
        }

        var records =
            from record in checks.Model.Components.OfType<DnsRecord>()
            where record.Args.Zone == component
            from type in record.Args.Targets.Select(target => RecordTargets.TypeOf(target, checks)).Distinct()
            select $"{type} {record.Args.FullName}";
        var proofs =
            from standing in checks.Blueprint.Standings
            where standing.Cloud is Cloud.Aws or Cloud.Gcp && standing.Component.References.Contains(component)
            from name in standing.Kind.NamesToProve(standing.Component).Select(CertificateProof.NameOf).Distinct()
            select $"CNAME below {name}, which proves '{standing.Name}' on {standing.Cloud.Name()}";
        var wanted = records.Concat(proofs).ToList();
        checks.Report(
            Unmanaged,
            component,
            $"External is true, and nothing here writes to the zone of {component.Args.Apex}: {wanted.Count switch
            {
                0 => "no record is wanted",
                _ => $"write by hand {string.Join(", ", wanted)}",
            }}. The stack's outputs dnsProofs and dnsRecords have them with their values.");
    }

    /// <inheritdoc/>
    protected sealed override PlacedComponent Build(DnsZone component, TContext context) => component.Args.External
        ? new UnmanagedZone(component, context.Place(component))
        : BuildManaged(component, context);

    /// <summary>Reports what the cloud refuses of a zone to which the stack may write.</summary>
    protected abstract void CheckManaged(DnsZone component, CloudChecks checks);

    /// <summary>Builds a zone to which the stack may write.</summary>
    protected abstract PlacedComponent BuildManaged(DnsZone component, TContext context);
}

/// <summary>The provision of records on a cloud, which is asked for those only whose zone it may write to.</summary>
/// <param name="offer">How it is provided, and by what.</param>
internal abstract class DnsRecordProvision<TContext>(Offer offer) : Provision<DnsRecord, TContext>(DnsRecordKind.Instance, offer)
    where TContext : CloudContext
{
    /// <summary>It stands with its zone; what it leads to may stand anywhere.</summary>
    protected sealed override bool StandsWith(DnsRecord component, Component reference) => reference is DnsZone;

    /// <inheritdoc/>
    protected sealed override void Check(DnsRecord component, CloudChecks checks)
    {
        if (component.Args.Zone.Args.External) RecordTargets.Check(component, checks);
        else CheckManaged(component, checks);
    }

    /// <inheritdoc/>
    protected sealed override PlacedComponent Build(DnsRecord component, TContext context) => component.Args.Zone.Args.External
        ? new UnmanagedRecord(
            component,
            context.Of<UnmanagedZone>(component.Args.Zone),
            context.EntranceOf,
            context.Place(component))
        : BuildManaged(component, context);

    /// <summary>Reports what the cloud refuses of a record in a zone to which the stack may write.</summary>
    protected abstract void CheckManaged(DnsRecord component, CloudChecks checks);

    /// <summary>Builds a record in a zone to which the stack may write.</summary>
    protected abstract PlacedComponent BuildManaged(DnsRecord component, TContext context);
}
