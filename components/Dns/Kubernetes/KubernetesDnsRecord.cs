using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.LoadBalancers;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Components.Dns.Kubernetes;

/// <summary>
/// A record that external-dns writes. It knows no weights outside AWS, so traffic has one target: the one whose weight is above 0. The
/// record is written soon after the update, not during it.
/// </summary>
internal sealed class KubernetesDnsRecord : PlacedComponent, IDnsRecord
{
    /// <summary>The types that external-dns writes (its documentation: supported record types).</summary>
    public static readonly IReadOnlyList<string> Types = ["A", "AAAA", "CNAME", "MX", "TXT", "SRV"];

    /// <summary>Writes the record's object.</summary>
    /// <param name="record">The declared record.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesDnsRecord(DnsRecord record, KubernetesContext context)
        : base(context.PlaceInCluster(record))
    {
        var (name, args, cluster, tags) = (Name, record.Args, context.Running, Tags);
        var target = Carrying(args).First();
        var endpoint = new Fields { ["dnsName"] = args.FullName, ["recordTTL"] = args.TtlSeconds };
        if (target.Entrance is not null)
        {
            var entrance = context.EntranceOf(target);
            endpoint["recordType"] = entrance.AddressKind == AddressKind.Ip ? "A" : "CNAME";
            endpoint["targets"] = new object[] { entrance.Address };
        }
        else
        {
            endpoint["recordType"] = target.Type;
            endpoint["targets"] = target.Values;
        }

        _ = new CustomObject(name, Endpoint(cluster.Metadata(name, tags), endpoint), Child(dependsOn: cluster.Of(Addon.ExternalDns)));
        FullName = Output.Create(args.FullName);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> FullName { get; private set; }

    /// <summary>The object from which external-dns writes a record.</summary>
    public static CustomObjectArgs Endpoint(ObjectMetaArgs metadata, Fields endpoint) => new(
        "externaldns.k8s.io/v1alpha1",
        "DNSEndpoint",
        metadata,
        new Fields { ["endpoints"] = new[] { endpoint } });

    /// <summary>The targets that carry traffic.</summary>
    public static IEnumerable<DnsTarget> Carrying(DnsRecordArgs args) =>
        args.Targets.Where(target => target.Weight > 0 || !args.IsWeighted);
}
