using Infra.Components.Buckets;
using Infra.Components.ContentDelivery;
using Infra.Components.Dns;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/ContentDelivery.</summary>
internal sealed class ContentDeliveryExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var zone = model.Add(new DnsZone("zone"));
        var media = model.Add(new Bucket("media"));
        var assets = model.Add(new Cdn("assets", new() { Origin = new(media), Zone = zone, Host = "assets" }));
        model.Add(new DnsRecord("assets-name", new() { Zone = zone, Host = "assets", Targets = [new(assets)] }));
        model.Add(new ContainerService("shop", new() { Port = 8080 }))
            .Writes(media)
            .Calls(assets, variables: new() { ["ASSET_HOST"] = "{URL}" });
        // example: end
    }
}
