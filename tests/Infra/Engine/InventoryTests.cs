using System.Collections.Immutable;
using Infra.Changes;
using Infra.Components.Caches;
using Infra.Components.Checks;
using Infra.Components.Composition;
using Infra.Components.Databases;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Facts;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Engine;

/// <summary>The real run compares what a stack holds with what it would, before it registers anything.</summary>
public sealed class InventoryTests
{
    public static TheoryData<Cloud> Clouds => Fixtures.EachCloud;

    [Theory]
    [MemberData(nameof(Clouds))]
    public async Task The_second_update_of_the_same_system_deploys(Cloud cloud)
    {
        var run = await Update(cloud, EnvironmentKind.Production, Shop(new()), Shop(new()));

        Assert.Null(run.Error);
        Assert.NotEmpty(run.Registered);
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public async Task Another_engine_is_refused_before_anything_is_registered(Cloud cloud)
    {
        var version = cloud == Cloud.Scaleway ? "8.0" : "8.4";
        var run = await Update(
            cloud,
            EnvironmentKind.Production,
            Shop(new()),
            Shop(new() { Engine = DatabaseEngine.MySql, Version = version }));

        AssertRefused(run, "orders", "declare a component of another name beside it");
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public async Task An_older_version_is_refused(Cloud cloud)
    {
        var run = await Update(cloud, EnvironmentKind.Production, Shop(new() { Version = "17" }), Shop(new() { Version = "16" }));

        AssertRefused(run, "orders", "an older version");
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public async Task Another_name_of_the_database_is_refused_whatever_the_engine(Cloud cloud)
    {
        foreach (var engine in Enum.GetValues<DatabaseEngine>())
        {
            var version = engine == DatabaseEngine.PostgreSql ? "17" : cloud == Cloud.Scaleway ? "8.0" : "8.4";
            var before = new ManagedDatabaseArgs { Engine = engine, Version = version };
            var run = await Update(cloud, EnvironmentKind.Production, Shop(before), Shop(before with { Database = "store" }));

            AssertRefused(run, "orders", "declare a component of another name beside it");
        }
    }

    [Theory]
    [InlineData(EnvironmentKind.Production)]
    [InlineData(EnvironmentKind.Staging)]
    public async Task Another_block_of_the_network_is_refused_wherever_something_stands_in_it(EnvironmentKind environment)
    {
        foreach (var cloud in CloudIndex.All.Select(all => all.Cloud).Where(cloud => cloud != Cloud.Kubernetes))
        {
            var run = await Update(
                cloud,
                environment,
                Shop(new(), network: new() { Cidr = "10.16.0.0/16" }),
                Shop(new(), network: new() { Cidr = "10.64.0.0/16" }));

            AssertRefused(run, "network", "deploy a stack of another name beside it");
        }
    }

    [Theory]
    [InlineData(Cloud.Gcp)]
    [InlineData(Cloud.Scaleway)]
    [InlineData(Cloud.Kubernetes)]
    public async Task High_availability_that_takes_a_new_cache_is_refused(Cloud cloud)
    {
        var run = await Update(
            cloud,
            EnvironmentKind.Production,
            Shop(new(), new() { HighAvailability = true }),
            Shop(new(), new() { HighAvailability = false }));

        AssertRefused(run, "sessions", "declare a component of another name beside it");
    }

    [Theory]
    [InlineData(Cloud.Aws)]
    [InlineData(Cloud.Kubernetes)]
    public async Task What_an_environment_does_not_protect_is_lost_with_a_warning(Cloud cloud)
    {
        var (before, after) = (Shop(new()), Shop(new() { Engine = DatabaseEngine.MySql, Version = "8.4" }));

        Assert.Null((await Update(cloud, EnvironmentKind.Staging, before, after)).Error);
        var findings = new Findings(EnvironmentKind.Staging);
        var deployed = Inventory.Of(Planned(cloud, EnvironmentKind.Staging, before));
        ChangeChecks.CheckDeployed(
            Inventory.Compare(deployed, Planned(cloud, EnvironmentKind.Staging, after)),
            EnvironmentKind.Staging,
            findings);
        Assert.Contains(findings.All, finding => finding is { Rule.Id: "change-data", Component: "orders", Severity: Severity.Warning });
        Assert.False(findings.HasErrors);
    }

    [Fact]
    public async Task A_stack_file_can_accept_it_for_a_reason()
    {
        var (before, after) = (Shop(new()), Shop(new() { Engine = DatabaseEngine.MySql, Version = "8.4" }));
        var settings = Settings(Cloud.Aws, EnvironmentKind.Production, after);
        var waiver = new Waiver("change-refused", "orders", "the rows were moved, and it is unprotected", settings.Today.AddDays(3));

        var run = await DeployedRun.Of(
            after,
            settings with { Waivers = [waiver, waiver with { Rule = "change-data" }] },
            DeployedRun.Outputs(Planned(Cloud.Aws, EnvironmentKind.Production, before)));

        Assert.Null(run.Error);
    }

    [Fact]
    public async Task What_an_older_program_did_not_export_or_another_one_wrote_is_not_compared()
    {
        var (before, after) = (Shop(new()), Shop(new() { Engine = DatabaseEngine.MySql, Version = "8.4" }));
        var outputs = DeployedRun.Outputs(Planned(Cloud.Aws, EnvironmentKind.Production, before));
        var settings = Settings(Cloud.Aws, EnvironmentKind.Production, after);
        var others = ImmutableDictionary<string, object>.Empty
            .Add("infra:aws:ManagedDatabase::orders", "{\"resources\": 3}")
            .Add("infra:aws:Cache::sessions", "no JSON")
            .Add("infra:aws:Bucket::gone", "{}");

        Assert.Null((await DeployedRun.Of(after, settings, outputs.Remove("inventory"))).Error);
        Assert.Null((await DeployedRun.Of(after, settings, outputs.SetItem("inventory", others))).Error);
    }

    [Fact]
    public void A_component_that_goes_is_not_compared()
    {
        var before = Planned(Cloud.Aws, EnvironmentKind.Production, Shop(new(), new()));
        var after = Planned(Cloud.Aws, EnvironmentKind.Production, Shop(new()));

        Assert.DoesNotContain(Inventory.Compare(Inventory.Of(before), after).Components, component => component.Effect.IsUnsafe());
    }

    [Fact]
    public void A_plan_against_its_own_inventory_changes_nothing() => Assert.All(PlannedTypes.Plans, plan =>
        Assert.Empty(Inventory.Compare(Inventory.Of(plan), plan).Components));

    [Fact]
    public void It_stays_small_beside_the_plan() => Assert.All(PlannedTypes.Plans, plan =>
        Assert.InRange(Inventory.Of(plan).Sum(entry => entry.Key.Length + entry.Value.Length), 0, 32_768));

    private static void AssertRefused(DeployedRun run, string component, string what)
    {
        Assert.Contains($"error: {component}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(what, run.Error, StringComparison.Ordinal);
        Assert.Contains("[change-refused]", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Registered);
    }

    private static Task<DeployedRun> Update(Cloud cloud, EnvironmentKind environment, SystemDeclaration before, SystemDeclaration after) =>
        DeployedRun.Of(after, Settings(cloud, environment, after), DeployedRun.Outputs(Planned(cloud, environment, before)));

    private static Plan Planned(Cloud cloud, EnvironmentKind environment, SystemDeclaration system) =>
        Rehearsal.Run(system, Settings(cloud, environment, system)).WithoutErrors();

    private static StackSettings Settings(Cloud cloud, EnvironmentKind environment, SystemDeclaration system) =>
        Fixtures.Of(cloud).SettingsFor(system, environment);

    private static SystemDeclaration Shop(ManagedDatabaseArgs database, CacheArgs? cache = null, PrivateNetworkArgs? network = null) =>
        TestSystems.Declare(model =>
        {
            if (network is not null) model.Add(new PrivateNetwork("network", network));
            var orders = model.Add(new ManagedDatabase("orders", database));
            if (cache is not null) model.Add(new Cache("sessions", cache));
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Reads(orders);
        });
}
