using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Addons.</summary>
internal sealed class AddonsExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        // No add-on is declared: Kubernetes adds those that a database builds on.
        var orders = model.Add(new ManagedDatabase("orders"));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders);
        // example: end
    }
}
