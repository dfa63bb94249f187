using Infra.Components.Queues;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Queues.</summary>
internal sealed class QueuesExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var orders = model.Add(new Queue("orders", new() { VisibilitySeconds = 120 }));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Publishes(orders);
        model.Add(new ContainerService("worker")).Consumes(orders);
        // example: end
    }
}
