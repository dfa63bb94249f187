using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Dns.Kubernetes;

/// <summary>A zone that someone else serves: external-dns writes its records there.</summary>
internal sealed class KubernetesDnsZone : PlacedComponent, IDnsZone
{
    /// <summary>What provides it.</summary>
    public const string Product = "the DNS service that external-dns writes to";

    /// <summary>Refers to the zone.</summary>
    /// <param name="name">The component's name.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="cluster">The cluster that writes its records.</param>
    /// <param name="tags">The tags of its resources.</param>
    public KubernetesDnsZone(string name, DnsZoneArgs args, ClusterContext cluster, IReadOnlyDictionary<string, string> tags)
        : base(cluster.Place(ComponentKind.DnsZone, name, Backing.External, Product, tags))
    {
        Domain = Output.Create(args.Domain);
        NameServers = Output.Create("");
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Domain { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> NameServers { get; private set; }
}
