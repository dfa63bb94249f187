using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Certificates;

public sealed class CertificateArgsTests
{
    public static TheoryData<string, CertificateArgs> Refused => new()
    {
        { "Hosts", Of([]) },
        { "Hosts", Of([.. Enumerable.Range(1, 11).Select(number => $"n{number}")]) },
        { "Hosts", Of(["www", "www"]) },
        { "Hosts", Of(["www."]) },
        { "Hosts", Of(["WWW"]) },
        { "Hosts", Of(["*.*"]) },
        { "Hosts", Of(["www.shop.example"]) },
        { "Existing.Domains", Of(["www"], "*.shop.com") },
        { "Existing.Domains", Of(["@"], "*.shop.example") },
        { "Existing.Domains", Of(["a.b"], "*.shop.example") },
        { "Existing.Domains", Of(["*"], "www.shop.example") },
        { "Existing.Domains", Of(["www"], []) },
    };

    public static TheoryData<CertificateArgs> Accepted => new()
    {
        Of([.. Enumerable.Range(1, 10).Select(number => $"n{number}")]),
        Of(["@", "*", "*.preview"]),
        Of(["@", "*", "www", "*.preview"], "shop.example", "*.shop.example", "*.preview.shop.example"),
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_a_cloud_would_refuse_minutes_into_an_update_is_refused_before_it(string argument, CertificateArgs args) =>
        Assert.Equal([argument], Refusals.Of(args));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Bounds_themselves_are_allowed(CertificateArgs args) => Assert.Empty(Refusals.Of(args));

    private static CertificateArgs Of(IReadOnlyList<string> hosts) =>
        new() { Hosts = hosts, Zone = new DnsZone("zone", new() { Domain = "shop.example" }) };

    private static CertificateArgs Of(IReadOnlyList<string> hosts, params IReadOnlyList<string> existing) =>
        Of(hosts) with { Existing = new() { Id = "shared", Domains = existing } };
}
