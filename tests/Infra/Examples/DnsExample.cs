using Infra.Components.Dns;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Dns.</summary>
internal sealed class DnsExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var zone = model.Add(new DnsZone("zone"));
        model.Add(
            new DnsRecord("mail", new() { Zone = zone, Host = "@", Targets = [new("MX", ["10 mail.shop.example."])], TtlSeconds = 3600 }));
        // example: end
    }
}
