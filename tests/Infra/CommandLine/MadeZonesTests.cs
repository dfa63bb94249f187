using Infra.CommandLine;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Settings;
using Infra.Tests.Settings;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.CommandLine;

public sealed class MadeZonesTests : IDisposable
{
    private const string Aws = "aws: { accountId: '111122223333' }";
    private const string Scaleway = "scaleway: { organizationId: 00000000-0000-0000-0000-000000000000, "
        + "projectId: 11111111-1111-1111-1111-111111111111 }";

    private readonly DirectoryInfo _stacks = Directory.CreateTempSubdirectory("infra-zones-");

    public void Dispose() => _stacks.Delete(recursive: true);

    [Fact]
    public void Two_stacks_that_make_the_zone_of_one_domain_are_told()
    {
        Stack("shop-production", "aws", "shop.example", Aws);
        Stack("shop-elsewhere", "scaleway", "shop.example", Scaleway);

        var finding = Assert.Single(Found());

        Assert.Equal(("dns-zone-twice", Severity.Warning), (finding.Rule.Id, finding.Severity));
        Assert.StartsWith(
            "The zone of shop.example would be made by shop-elsewhere and shop-production,",
            finding.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Another_domain_a_zone_that_exists_and_a_cloud_that_makes_none_are_fine()
    {
        Stack("shop-production", "aws", "shop.example", Aws);
        Stack("shop-staging", "aws", "staging.shop.example", Aws);
        Stack("shop-second", "aws", "shop.example", Aws, "\n  infra:components: { zone: { existing: { id: Z0123456789ABCDEFGHIJ } } }");
        Stack("shop-ovh", "ovh", "shop.example", "ovh: { projectId: 0123456789abcdef0123456789abcdef }");

        Assert.Empty(Found());
    }

    [Fact]
    public void A_stack_whose_file_is_not_valid_says_so_when_it_is_planned()
    {
        Stack("shop-production", "aws", "shop.example", Aws);
        Stack("shop-broken", "azure", "shop.example", Aws);

        Assert.Empty(Found());
    }

    private IReadOnlyList<Finding> Found()
    {
        var findings = new Findings();
        var system = TestSystems.Declare(model => model.Add(new DnsZone("zone")), "shop");
        MadeZones.Check(new StackFolder(_stacks.FullName), [system], findings);
        return findings.All;
    }

    private void Stack(string name, string cloud, string domain, string account, string more = "") => File.WriteAllText(
        Path.Combine(_stacks.FullName, StackFolder.FileOf(name)),
        Configurations.With("accounts", $"{{ {account} }}{more}")
            .Replace("infra:cloud: aws", $"infra:cloud: {cloud}\n  infra:domain: {domain}", StringComparison.Ordinal));
}
