using System.Reflection;
using Infra.Components.Caches;
using Infra.Components.Caches.Aws;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Databases.Aws;
using Infra.Components.Databases.Ovh;
using Infra.Components.Databases.Scaleway;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Clouds;

/// <summary>What only account holders can see is in a plan with a word of warning.</summary>
public sealed class UnprovenProductTests
{
    [Theory]
    [InlineData(Size.XLarge, null, "DB-PRO2-S")]
    [InlineData(Size.Medium, null, null)]
    [InlineData(Size.Medium, "DB-POP2-4C-16G", null)]
    [InlineData(Size.Medium, "DB-POP2-64C-256G", "DB-POP2-64C-256G")]
    public void A_database_on_scaleway_says_when_no_public_source_names_its_nodes(Size size, string? type, string? unproven) => Says(
        unproven,
        ScalewayPlans.Of(model => model.Add(new ManagedDatabase("orders", new()
        {
            Size = size,
            Tweaks = type is null ? [] : [new ScalewayDatabaseTweak { NodeType = type }],
        }))));

    [Theory]
    [InlineData(Size.Medium, "RED1-L")]
    [InlineData(Size.Small, null)]
    public void A_cache_on_scaleway_says_when_no_public_source_names_its_nodes(Size size, string? unproven) =>
        Says(unproven, ScalewayPlans.Of(model => model.Add(new Cache("sessions", new() { Size = size }))));

    [Theory]
    [InlineData("paris", 14, "volume of 160 GiB")]
    [InlineData("paris", 30, "plan advanced")]
    public void A_database_on_ovhcloud_says_which_plans_and_volumes_no_public_source_names(string place, int days, string unproven) =>
        Says(unproven, OvhPlans.Good(model => model.Add(new ManagedDatabase("orders", new() { BackupDays = days })), place: place));

    [Theory]
    [InlineData("milan", "EU-SOUTH-MIL")]
    [InlineData("gravelines", null)]
    public void A_region_of_ovhcloud_says_when_no_public_source_names_its_products(string place, string? unproven) =>
        Says(unproven, OvhPlans.Good(model => model.Add(new Cache("sessions")), place: place));

    [Theory]
    [InlineData("db.m7g.xlarge", null)]
    [InlineData("db.x2g.large", "instance class db.x2g.large")]
    public void A_database_on_aws_says_when_nothing_is_known_of_its_class(string instanceClass, string? unproven) => Says(
        unproven,
        AwsPlans.Of(model => model.Add(new ManagedDatabase("orders", new()
        {
            Tweaks = [new AwsDatabaseTweak { InstanceClass = instanceClass }],
        }))));

    [Theory]
    [InlineData("cache.r7g.large", null)]
    [InlineData("cache.c7gn.large", "node type cache.c7gn.large")]
    public void A_cache_on_aws_says_when_nothing_is_known_of_its_nodes(string type, string? unproven) => Says(
        unproven,
        AwsPlans.Of(model => model.Add(new Cache("sessions", new() { Tweaks = [new AwsCacheTweak { NodeType = type }] }))));

    [Fact]
    public void Every_row_of_every_table_says_where_everyone_can_read_it_or_that_nobody_can()
    {
        var rows = typeof(ManagedDatabase).Assembly.GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .SelectMany(table => RowsOf(table.GetValue(null)).Select(row => (Table: table.DeclaringType!.Name, Row: row)))
            .ToList();

        Assert.All(rows, row => Assert.True(row.Row.IsUnproven == row.Row.Source is null, $"{row.Table}: {row.Row.Code}"));
        Assert.All(rows, row => Assert.Matches(@"^$|, 20\d\d-\d\d(-\d\d)?$", row.Row.Source ?? ""));
        Assert.Superset(
            new HashSet<string>
            {
                "AwsCacheProducts", "AwsDatabaseProducts", "CloudRunSize", "FargateSize", "GcpDatabaseProducts", "OvhDatabaseProducts",
                "OvhNodes", "ScalewayCacheProducts", "ScalewayDatabaseProducts", "ScalewayNodes",
            },
            rows.Select(row => row.Table).ToHashSet());
    }

    private static IEnumerable<Product> RowsOf(object? table) => table switch
    {
        IEnumerable<Product> products => products,
        IEnumerable<OvhDatabaseFlavor> flavors => flavors.Select(flavor => flavor.Product),
        IReadOnlyDictionary<string, Product[]> families => families.Values.SelectMany(family => family),
        _ => [],
    };

    private static void Says(string? unproven, Plan plan)
    {
        var said = plan.Findings.Where(finding => finding.Rule.Id == "product-unproven").ToList();

        Assert.All(said, finding => Assert.Equal(Severity.Info, finding.Severity));
        Assert.Equal(unproven is not null, said.Exists(finding => finding.Message.Contains(unproven ?? "", StringComparison.Ordinal)));
    }
}
