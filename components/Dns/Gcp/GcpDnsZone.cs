using Infra.Components.Clouds.Gcp;
using Infra.Components.Runtimes.Gcp;
using Pulumi;
using PublicDns = Pulumi.Gcp.Dns;

namespace Infra.Components.Dns.Gcp;

/// <summary>A public zone of Cloud DNS: one of the stack's own, signed, or one that exists already, in whichever project.</summary>
internal sealed class GcpDnsZone : ServedZone, IDnsZone
{
    /// <summary>Builds the zone.</summary>
    public GcpDnsZone(DnsZone zone, GcpRuntime runtime, GcpContext context)
        : base(context.Place(zone))
    {
        Project = context.Project;
        Domain = Output.Create(zone.Args.Domain);
        if (zone.Args.Existing is { } existing)
        {
            if (existing.Account is { } project) Project = project;
            ManagedZone = Output.Create(existing.Id!);
            NameServers = Output.Create("");
            RegisterOutputs();
            return;
        }

        var created = new PublicDns.ManagedZone(Name, new()
        {
            Project = context.Project,
            DnsName = $"{zone.Args.Domain}.",
            Description = $"{zone.Args.Domain} of {context.Stack}",
            Visibility = "public",
            // Signed answers change nothing for anyone until the registrar knows the key.
            DnssecConfig = new PublicDns.Inputs.ManagedZoneDnssecConfigArgs { State = "on" },
            ForceDestroy = false,
            DeletionPolicy = context.DeletionPolicy,
            Labels = Tags.Input(),
        }, Child(protect: context.Protect, dependsOn: runtime.Apis(Kind)));

        ManagedZone = created.Name;
        NameServers = created.NameServers.Apply(servers => string.Join(",", servers.Select(server => server.TrimEnd('.'))));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Domain { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> NameServers { get; private set; }

    /// <summary>The project that keeps the zone.</summary>
    public Input<string> Project { get; }

    /// <summary>The zone's own name.</summary>
    public Output<string> ManagedZone { get; }

    /// <inheritdoc/>
    public override Output<string> WriteProof(
        string name,
        Output<string> host,
        Output<string> type,
        Output<string> value,
        Alias former) => new PublicDns.RecordSet(
            name,
            new() { Project = Project, ManagedZone = ManagedZone, Name = host, Type = type, Ttl = 300, Rrdatas = { value } },
            ProofOptions(former)).Name;

    /// <inheritdoc/>
    protected override void WriteKept(string name, Output<string> host, string type, Output<string> value) => _ = new PublicDns.RecordSet(
        name,
        new()
        {
            Project = Project,
            ManagedZone = ManagedZone,
            Name = Output.Format($"{host}."),
            Type = type,
            Ttl = DnsRecordArgs.UsualTtlSeconds,
            Rrdatas = { value.Apply(text => ZoneFile.Of(type, text)) },
        },
        Child());
}
