using Infra.Components.Dns;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Dns;

internal sealed class DnsRecordProbe : KindProbe
{
    public override ComponentKind Kind => DnsRecordKind.Instance;

    public override Component Create(Model model, string name) => new DnsRecord(
        name,
        new()
        {
            Zone = model.Add(new DnsZone("zone")),
            Host = "www",
            Targets = [new("A", ["203.0.113.7"])],
        });

    public override IReadOnlyDictionary<string, object> OtherValues => new Dictionary<string, object>
    {
        ["Host"] = "api",
        ["Targets"] = (IReadOnlyList<DnsTarget>)[new DnsTarget("A", ["203.0.113.8"])],
    };
}
