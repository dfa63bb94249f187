using Infra.Components.Buckets;
using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.ContentDelivery;
using Infra.Components.Dns;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.ContentDelivery;

/// <summary>One of a supplier, the only one that stands on every cloud; the contract tells of the clouds' own networks.</summary>
internal sealed class CdnProbe : KindProbe
{
    public override ComponentKind Kind => CdnKind.Instance;

    public override IReadOnlyDictionary<string, object> OtherValues { get; } = new Dictionary<string, object>
    {
        ["Origin"] = new CdnOrigin(new Bucket("other-objects")),
        ["Host"] = "static",
        ["DefaultDocument"] = "start.html",
        ["FallbackDocument"] = "index.html",
        ["Supplier"] = "other.cdn.example",
    };

    public override Component Create(Model model, string name) => new Cdn(name, new()
    {
        Origin = new(model.Add(new Bucket($"{name}-objects"))),
        Zone = model.Add(new DnsZone($"{name}-zone")),
        Supplier = "shop.cdn.example",
    });

    public override void Suit(Cloud cloud, Arguments arguments)
    {
        if (CloudIndex.Of(cloud).Find(Kind)!.Offer.Backing == Backing.Native)
            OtherArguments.Set(arguments, nameof(CdnArgs.Supplier), "");
    }

    public override void Surround(Model model, Component component)
    {
        if (((Cdn)component).Args.Origin.Bucket is { } bucket && !model.Holds(bucket)) model.Add(bucket);
    }
}
