using Infra.Components.Caches;
using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Relays.</summary>
internal sealed class RelaysExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var orders = model.Add(new ManagedDatabase("orders"));
        var sessions = model.Add(new Cache("sessions"));
        var prices = model.Add(new ContainerService("prices", new() { Port = 8080 }));

        // The stack file places the shop on another cloud: infra:placement: { shop: kubernetes }
        model.Add(new ContainerService("shop", new() { Port = 8080 }))
            .Writes(orders)
            .Writes(sessions)
            .Calls(prices);
        // example: end
    }
}
