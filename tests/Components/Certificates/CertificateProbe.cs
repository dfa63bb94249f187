using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Certificates;

internal sealed class CertificateProbe : KindProbe
{
    public override ComponentKind Kind => CertificateKind.Instance;

    public override Component Create(Model model, string name) => new Certificate(
        name,
        new() { Zone = model.Add(new DnsZone("zone")), Hosts = ["www"] });

    // In a cluster, a certificate is issued for the load balancer that uses it.
    public override void Surround(Model model, Component component)
    {
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
        model.Add(new LoadBalancer("edge", new() { Certificate = (Certificate)component, Routes = [new(shop, "www")] }));
    }

    private static ExistingCertificate Existing(string id) => new() { Id = id, Domains = ["*.shop.example"] };

    public override IReadOnlyDictionary<string, object> OtherValues => new Dictionary<string, object>
    {
        ["Hosts"] = (IReadOnlyList<string>)["@", "www"],
        ["Existing"] = new object[]
        {
            Existing("arn:aws:acm:eu-west-3:111122223333:certificate/12345678-1234-1234-1234-123456789012"),
            Existing("projects/company-dns/locations/global/certificateMaps/preview"),
        },
    };
}
