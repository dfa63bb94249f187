using Infra.Components.Dns;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Dns;

internal sealed class DnsZoneProbe : KindProbe
{
    public override ComponentKind Kind => DnsZoneKind.Instance;

    public override Component Create(Model model, string name) => new DnsZone(name);

    // A domain is registered elsewhere; what a stack makes in its zone shows it.
    public override void Surround(Model model, Component component) =>
        model.Add(new DnsRecord("www", new() { Zone = (DnsZone)component, Host = "www", Targets = [new("A", ["203.0.113.7"])] }));

    public override IReadOnlyDictionary<string, object> OtherValues => new Dictionary<string, object>
    {
        ["Domain"] = "store.example",
        ["Existing"] = new object[]
        {
            new ExistingZone(), new ExistingZone { Id = "sample" }, new ExistingZone { Id = "Z0123456789ABCDEFGHIJ" },
        },
    };
}
