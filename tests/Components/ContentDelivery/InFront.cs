using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.ContentDelivery;

/// <summary>What a content delivery network stands in front of.</summary>
internal static class InFront
{
    /// <summary>A load balancer that serves www.</summary>
    public static LoadBalancer Balancer(Model model, DnsZone zone)
    {
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["www"], Zone = zone }));
        return model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(shop, "www")] }));
    }
}
