using Infra.Components.Addons;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Addons;

internal sealed class ClusterAddonProbe : KindProbe
{
    public override ComponentKind Kind => ClusterAddonKind.Instance;

    public override Component Create(Model model, string name) => new ClusterAddon(name, new() { Addon = Addon.CertManager });

    // Clouds that make their cluster make it for what runs in it.
    public override void Surround(Model model, Component component) => model.Add(new ContainerService("shop", new() { Port = 8080 }));
}
