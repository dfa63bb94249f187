using Infra.Components.Networks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Networks;

internal sealed class PrivateNetworkProbe : KindProbe
{
    public override ComponentKind Kind => PrivateNetworkKind.Instance;

    public override Component Create(Model model, string name) => new PrivateNetwork(name);

    public override IReadOnlyDictionary<string, object> OtherValues =>
        new Dictionary<string, object> { ["Cidr"] = "10.64.0.0/16", ["Zones"] = 2 };

    // Foundations exist where something stands.
    public override void Surround(Model model, Component component) => model.Add(new ContainerService("shop", new() { Port = 8080 }));
}
