using Infra.Components.Dns;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Dns;

public sealed class DnsRecordArgsTests
{
    public static TheoryData<string, DnsRecordArgs> Refused => new()
    {
        { "Host", Of(host: "www.") },
        { "Host", Of(host: "WWW") },
        { "Host", Of(host: "a b") },
        { "TtlSeconds", Of(ttl: 59) },
        { "TtlSeconds", Of(ttl: 86401) },
        { "Targets", Of(targets: []) },
        { "Targets", Of(targets: [.. Enumerable.Range(1, 11).Select(number => Address(number))]) },
        { "Targets.Weight", Of(targets: [Address(1, -1)]) },
        { "Targets.Weight", Of(targets: [Address(1, 101)]) },
        { "Targets.Weight", Of(targets: [Address(1, 0), Address(2, 0)]) },
        { "Targets.Type", Of(targets: [new("NS", ["ns.example.net"])]) },
        { "Targets.Type", Of(host: "@", targets: [new("CNAME", ["www.example.net"])]) },
        { "Targets.Type", Of(targets: [new("A", ["192.0.2.1"]), new("AAAA", ["2001:db8::1"])]) },
        { "Targets.Values", Of(targets: [new("A", [])]) },
        { "Targets.Values", Of(targets: [new("CNAME", ["a.example.net", "b.example.net"])]) },
    };

    public static TheoryData<DnsRecordArgs> Accepted => new()
    {
        Of(host: "*.preview", ttl: 60),
        Of(host: "_acme.www", ttl: 86400),
        Of(targets: [Address(1, 0), Address(2, 100)]),
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_a_cloud_would_refuse_minutes_into_an_update_is_refused_before_it(string argument, DnsRecordArgs args) =>
        Assert.Equal([argument], Refusals.Of(args));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Bounds_themselves_are_allowed(DnsRecordArgs args) => Assert.Empty(Refusals.Of(args));

    private static DnsTarget Address(int number, int weight = 100) => new("A", [$"192.0.2.{number}"], weight);

    private static DnsRecordArgs Of(string host = "www", int ttl = 300, IReadOnlyList<DnsTarget>? targets = null) =>
        new()
        {
            Zone = new DnsZone("zone", new() { Domain = "shop.example" }),
            Host = host,
            TtlSeconds = ttl,
            Targets = targets ?? [Address(1)],
        };
}
