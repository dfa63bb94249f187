using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Clouds.Kubernetes;
using Pulumi;

namespace Infra.Components.Dns.Kubernetes;

/// <summary>A zone that someone else serves: external-dns writes its records there.</summary>
internal sealed class KubernetesDnsZone : ServedZone, IDnsZone
{
    private readonly ClusterContext _cluster;

    /// <summary>Refers to the zone.</summary>
    /// <param name="zone">The declared zone.</param>
    /// <param name="context">The stack's part on the cloud, whose cluster writes its records.</param>
    public KubernetesDnsZone(DnsZone zone, KubernetesContext context)
        : base(context.PlaceInCluster(zone))
    {
        _cluster = context.Running;
        Domain = Output.Create(zone.Args.Domain);
        NameServers = Output.Create("");
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Domain { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> NameServers { get; private set; }

    /// <inheritdoc/>
    public override Output<string> WriteProof(
        string name,
        Output<string> host,
        Output<string> type,
        Output<string> value,
        Alias former)
    {
        var written = new CustomObject(name, KubernetesDnsRecord.Endpoint(_cluster.Metadata(Name, Tags), new Fields
        {
            ["dnsName"] = host.Apply(full => full.TrimEnd('.')),
            ["recordTTL"] = 300,
            ["recordType"] = type,
            ["targets"] = new object[] { value.Apply(full => full.TrimEnd('.')) },
        }), ProofOptions(former, _cluster.Of(Addon.ExternalDns)));
        return Output.Tuple(host, written.Id).Apply(known => known.Item1);
    }

    /// <inheritdoc/>
    protected override void WriteKept(string name, Output<string> host, string type, Output<string> value) => _ = new CustomObject(
        name,
        KubernetesDnsRecord.Endpoint(_cluster.Metadata(Name, Tags), new Fields
        {
            ["dnsName"] = host,
            ["recordTTL"] = DnsRecordArgs.UsualTtlSeconds,
            ["recordType"] = type,
            ["targets"] = new object[] { value },
        }),
        Child(dependsOn: _cluster.Of(Addon.ExternalDns)));
}
