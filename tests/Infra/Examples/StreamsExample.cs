using Infra.Components.Services;
using Infra.Components.Streams;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Streams.</summary>
internal sealed class StreamsExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var events = model.Add(new EventStream("events", new()
        {
            Topics = [new() { Name = "orders", Partitions = 12 }, new() { Name = "customers", Compacted = true }],
        }));
        model.Add(new ContainerService("checkout", new() { Port = 8080 })).Publishes(events);
        model.Add(new ContainerService("accounting")).Consumes(events);
        // example: end
    }
}
