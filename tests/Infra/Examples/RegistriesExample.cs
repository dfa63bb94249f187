using Infra.Components.Registries;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Registries.</summary>
internal sealed class RegistriesExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        model.Add(new ContainerRegistry("registry", new() { KeepImages = 50 }));
        model.Add(new ContainerService("shop", new() { Port = 8080 }));
        // example: end
    }
}
