using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Databases.Scaleway;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

public sealed class ScalewayManagedDatabaseTests
{
    private const string Instance = "scaleway:databases/instance:Instance";

    [Fact]
    public void What_is_to_be_followed_has_a_log_for_it_that_outlives_a_machine()
    {
        var settings = Plan(new() { Followable = true }).Only(Instance).Inputs.GetProperty("settings");

        Assert.Equal("true", settings.GetProperty("rdb.enable_logical_replication").GetString());
        Assert.Equal("on", settings.GetProperty("hot_standby_feedback").GetString());
        Assert.Equal("on", settings.GetProperty("sync_replication_slots").GetString());
    }

    [Fact]
    public void What_is_to_be_followed_has_the_version_that_can_be()
    {
        var error = ScalewayPlans.OnlyError(
            model => model.Add(new ManagedDatabase("orders", new() { Followable = true, Version = "16" })));

        Assert.Contains("from PostgreSQL 17 on", error, StringComparison.Ordinal);
        Assert.Contains("followable to false", error, StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_a_private_endpoint_and_no_public_one()
    {
        var plan = Plan(new());
        var instance = plan.Only(Instance);

        Assert.True(instance.RefersTo(plan.Only("scaleway:network/privateNetwork:PrivateNetwork"), "privateNetwork.pnId"));
        Assert.Equal("True", instance.Input("privateNetwork.enableIpam"), ignoreCase: true);
        Assert.Null(instance.Input("loadBalancer"));
    }

    [Fact]
    public void Its_backups_stay_in_the_region()
    {
        var instance = Plan(new() { BackupDays = 21 }).Only(Instance);

        Assert.Equal("True", instance.Input("backupSameRegion"), ignoreCase: true);
        Assert.Equal("False", instance.Input("disableBackup"), ignoreCase: true);
        Assert.Equal("24", instance.Input("backupScheduleFrequency"));
    }

    [Theory]
    [InlineData(20, "25")]
    [InlineData(50, "55")]
    [InlineData(200, "215")]
    public void A_volume_holds_the_promised_gibibytes_in_steps_of_five_gigabytes(int gibibytes, string gigabytes) =>
        Assert.Equal(gigabytes, Plan(new() { StorageGiB = gibibytes }).Only(Instance).Input("volumeSizeInGb"));

    [Theory]
    [InlineData(Size.Nano, "DB-PLAY2-PICO")]
    [InlineData(Size.Medium, "DB-PRO2-XXS")]
    [InlineData(Size.Large, "DB-PRO2-XS")]
    [InlineData(Size.XXLarge, "DB-PRO2-M")]
    public void Its_nodes_are_the_smallest_that_keep_the_promise(Size size, string type) =>
        Assert.Equal(type, Plan(new() { Size = size }).Only(Instance).Input("nodeType"));

    [Fact]
    public void Its_nodes_and_volume_can_be_chosen()
    {
        var instance = Plan(new()
        {
            Tweaks = [new ScalewayDatabaseTweak { NodeType = "DB-POP2-4C-16G", VolumeType = "sbs_15k" }],
        }).Only(Instance);

        Assert.Equal("DB-POP2-4C-16G", instance.Input("nodeType"));
        Assert.Equal("sbs_15k", instance.Input("volumeType"));
        Assert.Contains(
            "allowed: sbs_5k, sbs_15k",
            ScalewayPlans.OnlyError(model =>
                model.Add(new ManagedDatabase("orders", new() { Tweaks = [new ScalewayDatabaseTweak { VolumeType = "lssd" }] }))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Mysql_8_4_is_refused_with_what_there_is_instead()
    {
        var error = ScalewayPlans.OnlyError(model => model.Add(new ManagedDatabase("orders", new() { Engine = DatabaseEngine.MySql })));

        Assert.Contains("Version is 8.4; allowed: 8.0", error, StringComparison.Ordinal);
        Assert.Contains("infra:components.orders.version", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Postgresql_makes_its_database_in_sql_so_that_its_schema_can_be_handed_over()
    {
        var plan = Plan(new() { Database = "shop" });
        var create = plan.Only("kubernetes:batch/v1:Job", "orders-create");

        Assert.Empty(plan.OfType("scaleway:databases/database:Database"));
        Assert.Contains("CREATE DATABASE \"shop\"", create.Input("spec.template.spec.containers[0].command[3]"), StringComparison.Ordinal);
        Assert.Contains("verify-full", create.Inputs.ToString(), StringComparison.Ordinal);
        Assert.Contains("rolname", plan.Only("kubernetes:batch/v1:Job", "orders-grants").Inputs.ToString(), StringComparison.Ordinal);
        Assert.Contains(create.Urn, plan.Only("kubernetes:batch/v1:Job", "orders-grants").DependsOn);
    }

    [Fact]
    public void Mysqls_logins_and_privileges_come_from_the_api()
    {
        var plan = Plan(new() { Engine = DatabaseEngine.MySql, Version = "8.0" });

        Assert.Equal("MySQL-8", plan.Only(Instance).Input("engine"));
        Assert.Equal("all", plan.Only("scaleway:databases/privilege:Privilege", "shop-orders-login").Input("permission"));
        Assert.Equal("readonly", plan.Only("scaleway:databases/privilege:Privilege", "report-orders-login").Input("permission"));
        Assert.DoesNotContain(plan.Resources, resource => resource.Type == "kubernetes:batch/v1:Job");
    }

    [Fact]
    public void Passwords_have_what_scaleway_demands_and_nothing_that_a_url_must_escape()
    {
        foreach (var password in Plan(new() { Engine = DatabaseEngine.MySql, Version = "8.0" }).OfType(
            "random:index/randomPassword:RandomPassword"))
        {
            Assert.Equal("-_", password.Input("overrideSpecial"));
            Assert.All(["minLower", "minUpper", "minNumeric", "minSpecial"], least => Assert.Equal("1", password.Input(least)));
        }
    }

    [Fact]
    public void A_consumer_may_leave_for_its_address_and_port_only()
    {
        var policy = Plan(new()).Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "orders-egress");

        Assert.EndsWith("/32", policy.Input("spec.egress[0].to[0].ipBlock.cidr"), StringComparison.Ordinal);
        Assert.NotNull(policy.Input("spec.egress[0].ports[0].port"));
    }

    [Fact]
    public void What_it_promises_less_than_others_is_said_in_production()
    {
        var plan = Plan(new());

        Assert.All(
            ["scaleway-database-backup", "scaleway-database-zone"],
            rule => Assert.Contains(
                plan.Findings,
                finding => finding.Severity == Severity.Warning && finding.Rule.Id == rule && finding.Component == "orders"));
    }

    private static Plan Plan(ManagedDatabaseArgs args) => ScalewayPlans.Of(model =>
    {
        var orders = model.Add(new ManagedDatabase("orders", args));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders);
        model.Add(new ContainerService("report")).Reads(orders);
    });
}
