using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Databases.Ovh;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

public sealed class OvhManagedDatabaseTests
{
    private const string Database = "ovh:CloudProject/database:Database";

    [Fact]
    public void What_is_to_be_followed_stands_elsewhere()
    {
        var error = OvhPlans.OnlyError(model => model.Add(new ManagedDatabase("orders", new() { Followable = true })));

        Assert.Contains("No public source says", error, StringComparison.Ordinal);
        Assert.Contains("or place 'orders' on aws, gcp", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_subnet_may_connect()
    {
        var database = Plan(new()).Only(Database);

        Assert.Equal("10.0.0.0/17", database.Input("ipRestrictions[0].ip"));
        Assert.Null(database.Input("ipRestrictions[1]"));
        Assert.Equal("{network.regionsOpenstackIds.EU-WEST-PAR}", database.Input("nodes[0].networkId"));
        Assert.Equal("{network-subnet.id}", database.Input("nodes[0].subnetId"));
    }

    [Theory]
    [InlineData("paris", EnvironmentKind.Production, 14, "production", 2)]
    [InlineData("paris", EnvironmentKind.Production, 30, "advanced", 3)]
    [InlineData("paris", EnvironmentKind.Preview, 1, "production", 2)]
    [InlineData(OvhPlans.SingleZone, EnvironmentKind.Production, 14, "production", 2)]
    [InlineData(OvhPlans.SingleZone, EnvironmentKind.Preview, 1, "essential", 1)]
    public void Failures_and_backups_decide_the_plan_and_the_plan_the_nodes(
        string place,
        EnvironmentKind environment,
        int days,
        string plan,
        int nodes)
    {
        var database = OvhPlans.Good(model => model.Add(new ManagedDatabase("orders", new() { BackupDays = days })), environment, place)
            .Only(Database);

        Assert.Equal(plan, database.Input("plan"));
        Assert.Equal(nodes, database.Inputs.GetProperty("nodes").GetArrayLength());
        Assert.StartsWith(plan == "essential" ? "db1-" : "b3-", database.Input("flavor"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("paris", 30, true)]
    [InlineData("paris", 14, false)]
    [InlineData(OvhPlans.SingleZone, 2, false)]
    public void No_change_of_its_plan_replaces_it_because_the_rows_would_go_with_it(string place, int days, bool standby)
    {
        var replaced = Replacements.Of(
            Cloud.Ovh,
            model => model.Add(new ManagedDatabase("orders")),
            model => model.Add(new ManagedDatabase("orders", new() { BackupDays = days, HighAvailability = standby })),
            change: settings => settings with { Location = Location.All.Single(location => location.Name == place) });

        Assert.Empty(replaced);
    }

    [Fact]
    public void More_days_of_backups_than_any_plan_has_are_refused() =>
        Assert.Contains(
            "35",
            OvhPlans.OnlyError(model => model.Add(new ManagedDatabase("orders", new() { BackupDays = 35 }))),
            StringComparison.Ordinal);

    [Fact]
    public void A_staging_database_with_one_node_says_how_many_days_it_keeps() =>
        Assert.Contains(
            OvhPlans.Good(model => model.Add(new ManagedDatabase("orders")), EnvironmentKind.Staging, OvhPlans.SingleZone).Findings,
            finding => finding is { Severity: Severity.Warning, Rule.Id: "ovh-managed-database-backup-days" }
                && finding.Message.Contains("2 days", StringComparison.Ordinal));

    [Fact]
    public void A_volume_is_at_least_what_its_flavor_includes_and_grows_in_steps_of_ten()
    {
        Assert.Equal("160", Plan(new() { StorageGiB = 20 }).Only(Database).Input("diskSize"));
        Assert.Equal("210", Plan(new() { StorageGiB = 205 }).Only(Database).Input("diskSize"));
    }

    [Fact]
    public void A_volume_that_is_too_large_for_the_size_gets_a_larger_flavor() =>
        Assert.Equal("b3-32", Plan(new() { Size = Size.Small, StorageGiB = 1000 }).Only(Database).Input("flavor"));

    [Fact]
    public void It_is_protected_twice_in_production_and_not_at_all_elsewhere()
    {
        var production = Plan(new()).Only(Database);
        Assert.True(production.Protect);
        Assert.Equal("True", production.Input("deletionProtection"));

        var preview = Plan(new(), EnvironmentKind.Preview).Only(Database);
        Assert.False(preview.Protect);
        Assert.Equal("False", preview.Input("deletionProtection"));
    }

    [Fact]
    public void A_second_copy_of_its_backups_lies_elsewhere_in_the_same_jurisdiction()
    {
        Assert.Equal("GRA", Plan(new()).Only(Database).Input("backupRegions[1]"));
        Assert.Null(
            OvhPlans.Good(model => model.Add(new ManagedDatabase("orders")), place: "montreal").Only(Database).Input("backupRegions[1]"));
    }

    [Fact]
    public void Logins_are_made_by_a_job_that_alone_knows_the_administrator()
    {
        var plan = Used();

        Assert.Equal("avnadmin", plan.Only("ovh:CloudProjectDatabase/postgresSqlUser:PostgresSqlUser").Input("name"));
        var login = plan.Only("kubernetes:core/v1:Secret", "orders-grants");
        Assert.Equal(
            ["kubernetes:batch/v1:Job orders-grants"],
            plan.Resources.Where(resource => resource.RefersTo(login)).Select(resource => $"{resource.Type} {resource.Name}"));
    }

    [Fact]
    public void A_consumer_may_reach_the_port_that_was_given_and_no_other()
    {
        var policy = Used().Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "orders-egress");

        Assert.Equal("10.0.0.0/17", policy.Input("spec.egress[0].to[0].ipBlock.cidr"));
        Assert.Contains("endpoints", policy.Input("spec.egress[0].ports[0].port"), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_host_and_port_are_no_secrets_although_its_uris_are()
    {
        var variables = Used().Only("kubernetes:apps/v1:Deployment", "shop").VariablesOf();

        Assert.Equal("{orders.endpoints[0].domain}", variables["ORDERS_HOST"]);
        Assert.Equal("require", variables["ORDERS_TLS_MODE"]);
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", variables["ORDERS_CA"], StringComparison.Ordinal);
        Assert.Equal("secret ORDERS_PASSWORD", variables["ORDERS_PASSWORD"]);
    }

    [Fact]
    public void A_version_of_mysql_that_has_ended_is_refused() =>
        Assert.Contains(
            "8.4",
            OvhPlans.OnlyError(model => model.Add(new ManagedDatabase("orders", new() { Engine = DatabaseEngine.MySql, Version = "8.0" }))),
            StringComparison.Ordinal);

    [Fact]
    public void A_plan_or_flavor_that_does_not_fit_is_refused_with_those_that_do()
    {
        Assert.Contains("production, advanced", Refused(new OvhDatabaseTweak { Plan = "business" }), StringComparison.Ordinal);
        Assert.Contains("b3-8", Refused(new OvhDatabaseTweak { Flavor = "db1-4" }), StringComparison.Ordinal);

        static string Refused(OvhDatabaseTweak tweak) =>
            OvhPlans.OnlyError(model => model.Add(new ManagedDatabase("orders", new() { Tweaks = [tweak] })));
    }

    [Fact]
    public void A_region_without_databases_is_refused() =>
        Assert.Contains(
            "EU-WEST-PAR",
            OvhPlans.OnlyError(model => model.Add(new ManagedDatabase("orders")), place: "sydney"),
            StringComparison.Ordinal);

    private static Plan Plan(ManagedDatabaseArgs args, EnvironmentKind environment = EnvironmentKind.Production) =>
        OvhPlans.Good(model => model.Add(new ManagedDatabase("orders", args)), environment);

    private static Plan Used() => OvhPlans.Good(model =>
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new ManagedDatabase("orders"))));
}
