using Infra.Components.Networks;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Networks.</summary>
internal sealed class NetworksExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        model.Add(new PrivateNetwork("network", new() { Cidr = "10.20.0.0/16", Zones = 3, Egress = Egress.PerZone }));
        // example: end
    }
}
