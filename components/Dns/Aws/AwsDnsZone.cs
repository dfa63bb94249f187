using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Pulumi;
using Route53 = Pulumi.Aws.Route53;

namespace Infra.Components.Dns.Aws;

/// <summary>A hosted zone of Amazon Route 53: one of the stack's own, or one that exists already, in whichever account.</summary>
internal sealed class AwsDnsZone : ServedZone, IDnsZone
{
    /// <summary>Builds the zone.</summary>
    public AwsDnsZone(DnsZone zone, AwsContext context)
        : base(context.Place(zone))
    {
        if (zone.Args.Existing is { } existing)
        {
            Keeper = existing.Account is { } role ? AwsProvider.As(role, Name, context.Blueprint) : context.Provider;
            ZoneId = Output.Create(existing.Id!);
            Domain = Output.Create(zone.Args.Domain);
            NameServers = Output.Create("");
            RegisterOutputs();
            return;
        }

        Keeper = context.Provider;
        var created = new Route53.Zone(
            Name,
            new() { Name = zone.Args.Domain, Comment = $"Public zone of {context.Stack}", ForceDestroy = false, Tags = Tags.AsInput() },
            Child(protect: context.Protect));
        ZoneId = created.ZoneId;
        Domain = created.Name;
        NameServers = created.NameServers.Apply(servers => string.Join(",", servers));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Domain { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> NameServers { get; private set; }

    /// <summary>The provider of the account that keeps the zone.</summary>
    public ProviderResource Keeper { get; }

    /// <summary>Route 53's identifier of the zone.</summary>
    public Output<string> ZoneId { get; }

    /// <inheritdoc/>
    public override Output<string> WriteProof(
        string name,
        Output<string> host,
        Output<string> type,
        Output<string> value,
        Alias former) => new Route53.Record(
            name,
            new() { ZoneId = ZoneId, Name = host, Type = type, Records = [value], Ttl = 300, AllowOverwrite = true },
            ProofOptions(former).On(Keeper)).Fqdn;

    /// <inheritdoc/>
    protected override void WriteKept(string name, Output<string> host, string type, Output<string> value) => _ = new Route53.Record(
        name,
        new()
        {
            ZoneId = ZoneId,
            Name = host,
            Type = type,
            Records = [value.Apply(text => AwsRecordData.Of(type, text))],
            Ttl = DnsRecordArgs.UsualTtlSeconds,
        },
        Child().On(Keeper));
}
