using Infra.Components.Brokers;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Brokers.</summary>
internal sealed class BrokersExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var bus = model.Add(new MessageBroker("bus"));
        model.Add(new ContainerService("basket", new() { Port = 8080 })).Calls(bus);
        model.Add(new ContainerService("sensors")).Publishes(bus);
        model.Add(new ContainerService("worker")).Consumes(bus);
        // example: end
    }
}
