using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Databases;
using Infra.Components.Databases.Gcp;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

public sealed class GcpManagedDatabaseTests
{
    private const string Instance = "gcp:sql/databaseInstance:DatabaseInstance";

    [Fact]
    public void What_is_to_be_followed_has_a_log_for_it()
    {
        var instance = Plan(new() { Followable = true }).Only(Instance);

        Assert.Equal("cloudsql.logical_decoding", instance.Input("settings.databaseFlags[0].name"));
        Assert.Equal("on", instance.Input("settings.databaseFlags[0].value"));
    }

    [Fact]
    public void It_has_a_private_address_only_and_its_edition_is_said()
    {
        var instance = Plan(new()).Only(Instance);

        Assert.Equal("POSTGRES_17", instance.Input("databaseVersion"));
        Assert.Equal("ENTERPRISE", instance.Input("settings.edition"));
        Assert.Equal("False", instance.Input("settings.ipConfiguration.ipv4Enabled"));
        Assert.Equal("{network.selfLink}", instance.Input("settings.ipConfiguration.privateNetwork"));
        Assert.Contains(instance.DependsOn, urn => urn.EndsWith("Connection::network-peering", StringComparison.Ordinal));
    }

    [Fact]
    public void Protection_is_said_three_times_in_production()
    {
        var instance = Plan(new()).Only(Instance);

        Assert.True(instance.Protect);
        Assert.Equal("True", instance.Input("deletionProtection"));
        Assert.Equal("True", instance.Input("settings.deletionProtectionEnabled"));
        Assert.Equal("PREVENT", instance.Input("deletionPolicy"));
        Assert.Equal("False", Plan(new(), EnvironmentKind.Preview).Only(Instance).Input("settings.deletionProtectionEnabled"));
    }

    [Fact]
    public void It_is_waited_for_as_long_as_Cloud_SQL_may_take() => Assert.Equal(
        TimeSpan.FromMinutes(90),
        RegisteredOptions.Of(Cloud.Gcp, Instance, model => model.Add(new ManagedDatabase("orders")))["orders"].CustomTimeouts?.Create);

    [Fact]
    public void Its_name_is_never_used_twice_because_Google_keeps_a_deleted_one_for_a_week() =>
        Assert.Null(Plan(new()).Only(Instance).Input("name"));

    [Fact]
    public void What_owns_objects_goes_with_the_instance()
    {
        var plan = Plan(new());

        Assert.Equal("ABANDON", plan.Only("gcp:sql/user:User").Input("deletionPolicy"));
        Assert.Equal("ABANDON", plan.Only("gcp:sql/database:Database").Input("deletionPolicy"));
    }

    [Fact]
    public void In_production_it_leaves_backups_and_a_last_one()
    {
        var instance = Plan(new()).Only(Instance);

        Assert.Equal(
            ("True", "30"),
            (instance.Input("settings.finalBackupConfig.enabled"), instance.Input("settings.finalBackupConfig.retentionDays")));
        Assert.Equal("True", instance.Input("settings.retainBackupsOnDelete"));
        Assert.Null(Plan(new(), EnvironmentKind.Preview).Only(Instance).Input("settings.finalBackupConfig"));
    }

    [Fact]
    public void Its_volume_grows_up_to_its_limit()
    {
        var instance = Plan(new() { StorageGiB = 100 }).Only(Instance);

        Assert.Equal(
            ("100", "True", "400"),
            (
                instance.Input("settings.diskSize"),
                instance.Input("settings.diskAutoresize"),
                instance.Input("settings.diskAutoresizeLimit")));
    }

    [Theory]
    [InlineData(
        DatabaseEngine.PostgreSql,
        "settings.backupConfiguration.pointInTimeRecoveryEnabled",
        "settings.backupConfiguration.binaryLogEnabled")]
    [InlineData(
        DatabaseEngine.MySql,
        "settings.backupConfiguration.binaryLogEnabled",
        "settings.backupConfiguration.pointInTimeRecoveryEnabled")]
    public void Going_back_in_time_has_a_name_per_engine(DatabaseEngine engine, string said, string unsaid)
    {
        var instance = Plan(new() { Engine = engine }).Only(Instance);

        Assert.Equal("True", instance.Input(said));
        Assert.Null(instance.Input(unsaid));
    }

    [Theory]
    [InlineData(GcpDatabaseEdition.Enterprise, "7", 1)]
    [InlineData(GcpDatabaseEdition.EnterprisePlus, "30", 0)]
    public void How_far_back_any_moment_lies_depends_on_the_edition(GcpDatabaseEdition edition, string days, int warnings)
    {
        var plan = Plan(new() { BackupDays = 30, Tweaks = [new GcpDatabaseTweak { Edition = edition }] });

        Assert.Equal(days, plan.Only(Instance).Input("settings.backupConfiguration.transactionLogRetentionDays"));
        Assert.Equal(warnings, plan.Findings.Count(finding => finding.Rule.Id == "gcp-backup-days"));
    }

    [Theory]
    [InlineData(Size.Nano, "db-custom-1-3840")]
    [InlineData(Size.Small, "db-custom-2-4096")]
    [InlineData(Size.Medium, "db-custom-2-8192")]
    [InlineData(Size.Large, "db-custom-4-16384")]
    [InlineData(Size.XLarge, "db-custom-8-32768")]
    [InlineData(Size.XXLarge, "db-custom-10-65536")]
    public void Every_size_is_the_smallest_machine_that_keeps_its_promise(Size size, string tier) =>
        Assert.Equal(tier, GcpDatabaseProducts.Tier(new() { Size = size }));

    [Theory]
    [InlineData(GcpDatabaseEdition.Enterprise, "db-perf-optimized-N-4")]
    [InlineData(GcpDatabaseEdition.EnterprisePlus, "db-custom-4-16384")]
    [InlineData(GcpDatabaseEdition.Enterprise, "db-custom-3-16384")]
    public void A_machine_that_the_edition_does_not_have_is_refused(GcpDatabaseEdition edition, string tier) => Assert.Equal(
        "gcp-database-arguments",
        GcpPlans.Refusal(model => model.Add(new ManagedDatabase(
            "orders",
            new() { BackupDays = 7, Tweaks = [new GcpDatabaseTweak { Edition = edition, Tier = tier }] }))).Rule.Id);

    [Fact]
    public void A_job_inside_the_network_grants_a_login_with_an_identity_of_its_own()
    {
        var plan = Plan(new());

        var grant = plan.Only("gcp:cloudrunv2/job:Job", "orders-grants");
        Assert.Equal(PinnedImage.PostgreSql.OnDockerHub, grant.Input("template.template.containers[0].image"));
        Assert.Equal("{orders-grant.email}", grant.Input("template.template.serviceAccount"));
        Assert.Equal("orders--grants", grant.Input("template.template.vpcAccess.networkInterfaces[0].tags[0]"));
        Assert.NotEmpty(grant.Input("runExecutionToken")!);
        Assert.Contains(plan.Only("gcp:cloudrunv2/workerPool:WorkerPool", "shop").DependsOn, urn => urn == grant.Urn);
    }

    [Fact]
    public void No_consumer_may_read_the_administrators_password()
    {
        var readers = Plan(new())
            .OfType("gcp:secretmanager/secretIamMember:SecretIamMember")
            .Where(member => member.Input("secretId")!.Contains("admin", StringComparison.Ordinal));

        Assert.Equal("serviceAccount:{orders-grant.email}", Assert.Single(readers).Input("member"));
    }

    [Fact]
    public void A_password_that_changes_grants_again()
    {
        var grant = Plan(new()).Only("gcp:cloudrunv2/job:Job", "orders-grants");

        Assert.Contains(
            grant.References,
            reference => reference.To.EndsWith("SecretVersion::shop-orders-password-value", StringComparison.Ordinal));
    }

    [Fact]
    public void A_dump_in_a_bucket_of_another_cloud_is_refused_because_it_cannot_be_mounted()
    {
        var finding = GcpPlans.Refusal(
            model =>
            {
                model.Add(new Bucket("dumps"));
                model.Add(new ManagedDatabase("orders", new() { BeginsFrom = new() { Bucket = "dumps", Dump = "orders.dump" } }));
            },
            GcpPlans.Placing("dumps", Cloud.Scaleway));

        Assert.Equal("gcp-database-dump", finding.Rule.Id);
        Assert.Contains("'dumps', which stands on scaleway", finding.Message, StringComparison.Ordinal);
    }

    private static Plan Plan(ManagedDatabaseArgs args, EnvironmentKind environment = EnvironmentKind.Production) =>
        GcpPlans.Good(
            model => model.Add(new ContainerService("shop", new() { Scaling = new() { Minimum = 1, Maximum = 1 } }))
                .Writes(model.Add(new ManagedDatabase("orders", args))),
            environment);
}
