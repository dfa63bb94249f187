using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Certificates;

public sealed class CertificateArgsTests
{
    public static TheoryData<string, CertificateArgs> Refused => new()
    {
        { "Domains", Of([]) },
        { "Domains", Of([.. Enumerable.Range(1, 11).Select(number => $"n{number}.shop.example")]) },
        { "Domains", Of(["www.shop.example", "www.shop.example"]) },
        { "Domains", Of(["www.shop.example."]) },
        { "Domains", Of(["WWW.shop.example"]) },
        { "Domains", Of(["*.*.shop.example"]) },
        { "Domains", Of(["www.other.example"]) },
    };

    public static TheoryData<CertificateArgs> Accepted => new()
    {
        Of([.. Enumerable.Range(1, 10).Select(number => $"n{number}.shop.example")]),
        Of(["shop.example", "*.shop.example"]),
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_a_cloud_would_refuse_minutes_into_an_update_is_refused_before_it(string argument, CertificateArgs args) =>
        Assert.Equal([argument], Refusals.Of(args));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Bounds_themselves_are_allowed(CertificateArgs args) => Assert.Empty(Refusals.Of(args));

    private static CertificateArgs Of(IReadOnlyList<string> domains) =>
        new() { Domains = domains, Zone = new DnsZone("zone", new() { Domain = "shop.example" }) };
}
