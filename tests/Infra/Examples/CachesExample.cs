using Infra.Components.Caches;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Caches.</summary>
internal sealed class CachesExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var sessions = model.Add(new Cache("sessions", new() { Size = Size.Medium, Eviction = Eviction.None }));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(sessions);
        // example: end
    }
}
