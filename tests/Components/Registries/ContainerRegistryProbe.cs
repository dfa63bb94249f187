using Infra.Components.Registries;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Registries;

internal sealed class ContainerRegistryProbe : KindProbe
{
    public override ComponentKind Kind => ContainerRegistryKind.Instance;

    public override Component Create(Model model, string name) => new ContainerRegistry(name);

    public override void Surround(Model model, Component component) => model.Add(new ContainerService("shop", new() { Port = 8080 }));
}
