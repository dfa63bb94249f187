using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/LoadBalancers.</summary>
internal sealed class LoadBalancersExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
        var images = model.Add(new ContainerService("images", new() { Port = 8080 }));
        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["@", "www"], Zone = zone }));
        model.Add(new LoadBalancer("edge", new()
        {
            Certificate = certificate,
            Routes = [new(shop, "www"), new(images, "www", "/images")],
            Redirects = [new("@", "www")],
        }));
        // example: end
    }
}
