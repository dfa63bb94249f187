using Infra.Components.Caches;
using Infra.Components.Checks;
using Infra.Components.Databases;
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

    private static void Says(string? unproven, Plan plan)
    {
        var said = plan.Findings.Where(finding => finding.Rule.Id == "product-unproven").ToList();

        Assert.All(said, finding => Assert.Equal(Severity.Info, finding.Severity));
        Assert.Equal(unproven is not null, said.Exists(finding => finding.Message.Contains(unproven ?? "", StringComparison.Ordinal)));
    }
}
