using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Runtimes.</summary>
internal sealed class RuntimesExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        model.Add(new ContainerService("shop", new() { Port = 8080 }));
        // example: end
    }
}
