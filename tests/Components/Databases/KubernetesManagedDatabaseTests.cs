using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Databases.Kubernetes;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

public sealed class KubernetesManagedDatabaseTests
{
    private const string Cluster = "kubernetes:postgresql.cnpg.io/v1:Cluster";
    private const string InnoDb = "kubernetes:mysql.oracle.com/v2:InnoDBCluster";
    private const string Schedule = "kubernetes:batch/v1:CronJob";

    [Fact]
    public void What_is_to_be_followed_has_an_administrator_who_lets_others_and_no_log_fills_the_disk()
    {
        var cluster = Plan(new() { Followable = true, StorageGiB = 100 }).Only(Cluster);

        Assert.Equal("true", cluster.Input("spec.managed.roles[0].replication"), ignoreCase: true);
        Assert.Equal("25600MB", cluster.Input("spec.postgresql.parameters.max_slot_wal_keep_size"));
        Assert.Null(Plan(new()).Only(Cluster).Input("spec.managed.roles[0].replication"));
    }

    [Fact]
    public void What_is_to_be_followed_has_a_version_in_which_administrators_may_let_others() =>
        Assert.Contains(
            "before PostgreSQL 16",
            KubernetesPlans.Plan(model => model.Add(new ManagedDatabase("orders", new() { Followable = true, Version = "15" })))
                .OnlyError().Message,
            StringComparison.Ordinal);

    [Fact]
    public void Three_servers_confirm_writes_to_each_other_in_production_and_one_runs_elsewhere()
    {
        var production = Plan(new()).Only(Cluster);
        Assert.Equal("3", production.Input("spec.instances"));
        Assert.Equal("1", production.Input("spec.postgresql.synchronous.number"));

        var staging = Plan(new(), EnvironmentKind.Staging).Only(Cluster);
        Assert.Equal("1", staging.Input("spec.instances"));
        Assert.Null(staging.Input("spec.postgresql.synchronous"));
    }

    [Fact]
    public void The_node_of_a_single_server_can_be_drained()
    {
        Assert.Equal("false", Plan(new(), EnvironmentKind.Staging).Only(Cluster).Input("spec.enablePDB"), ignoreCase: true);
        Assert.Equal("true", Plan(new()).Only(Cluster).Input("spec.enablePDB"), ignoreCase: true);
    }

    [Fact]
    public void Another_name_is_another_database_that_consumers_wait_for_and_production_refuses()
    {
        const string Database = "kubernetes:postgresql.cnpg.io/v1:Database";
        var plan = KubernetesPlans.Good(Declare);

        Assert.Equal("app", plan.Only(Database).Input("spec.name"));
        Assert.Equal("orders", plan.Only(Database).Input("spec.cluster.name"));
        Assert.Equal("retain", plan.Only(Database).Input("spec.databaseReclaimPolicy"));
        Assert.Contains(plan.Only(Database).Urn, plan.Only("kubernetes:batch/v1:Job", "orders-grants").DependsOn);
        var options = RegisteredOptions.Of(Cloud.Kubernetes, Database, Declare)["orders-database"];
        Assert.Equal(["spec.name"], options.ReplaceOnChanges);
        Assert.True(options.Protect);
        Assert.Equal(
            ["spec.bootstrap", "spec.externalClusters"],
            RegisteredOptions.Of(Cloud.Kubernetes, Cluster, Declare)["orders"].IgnoreChanges);
    }

    [Fact]
    public void A_server_that_follows_another_one_of_its_name_has_an_archive_of_its_own()
    {
        var plan = Plan(new());

        Assert.True(plan.Only(Cluster).RefersTo(plan.Only("random:index/randomString:RandomString", "orders-archive")));
        Assert.StartsWith("orders-", plan.Only(Cluster).Input("spec.plugins[0].parameters.serverName"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql, Cluster)]
    [InlineData(DatabaseEngine.MySql, InnoDb)]
    public void The_update_waits_as_long_as_servers_take_that_copy_their_data(DatabaseEngine engine, string type) => Assert.Equal(
        TimeSpan.FromHours(1),
        RegisteredOptions
            .Of(Cloud.Kubernetes, type, model => model.Add(new ManagedDatabase("orders", new() { Engine = engine })))["orders"]
            .CustomTimeouts?.Update);

    [Fact]
    public void The_update_waits_until_it_is_ready() =>
        Assert.Equal(
            "condition=Ready",
            Plan(new()).Only(Cluster)
                .Inputs.GetProperty("metadata")
                .GetProperty("annotations")
                .GetProperty("pulumi.com/waitFor")
                .GetString());

    [Fact]
    public void Clients_verify_it_against_an_authority_of_its_own_that_the_operator_signs_with()
    {
        var plan = Plan(new());

        var signer = plan.Only("kubernetes:core/v1:Secret", "orders-signer");
        Assert.True(plan.Only(Cluster).RefersTo(signer, "spec.certificates.serverCASecret"));
        Assert.True(signer.RefersTo(plan.Only("tls:index/selfSignedCert:SelfSignedCert")));
    }

    [Fact]
    public void A_consumer_verifies_server_and_name()
    {
        var variables = KubernetesPlans.Good(Declare).Only("kubernetes:apps/v1:Deployment", "shop").VariablesOf();

        Assert.Equal("verify-full", variables["ORDERS_TLS_MODE"]);
        Assert.Equal("orders-rw.sample-production.svc.cluster.local", variables["ORDERS_HOST"]);
        Assert.Equal("{orders-ca.certPem}", variables["ORDERS_CA"]);
        Assert.Equal("secret ORDERS_PASSWORD", variables["ORDERS_PASSWORD"]);
    }

    [Fact]
    public void Nobody_but_the_grants_sees_the_administrators_login()
    {
        var plan = KubernetesPlans.Good(Declare);
        var administrator = plan.Only("kubernetes:core/v1:Secret", "orders-admin");

        Assert.Equal(
            ["orders", "orders-grants"],
            plan.Resources.Where(resource => resource.RefersTo(administrator)).Select(resource => resource.Name).Order());
    }

    [Fact]
    public void The_administrator_may_create_logins_and_is_no_superuser()
    {
        var cluster = Plan(new()).Only(Cluster);

        Assert.Equal("false", cluster.Input("spec.enableSuperuserAccess"), ignoreCase: true);
        Assert.Equal("true", cluster.Input("spec.managed.roles[0].createrole"), ignoreCase: true);
        Assert.Equal("administrator", cluster.Input("spec.bootstrap.initdb.owner"));
    }

    [Fact]
    public void Extensions_are_the_operators_because_no_superuser_logs_in()
    {
        var plan = Plan(new() { Extensions = ["vector", "earthdistance"] });

        var database = plan.Only("kubernetes:postgresql.cnpg.io/v1:Database");
        Assert.Equal(
            ["cube", "earthdistance", "vector"],
            Enumerable.Range(0, 3).Select(index => database.Input($"spec.extensions[{index}].name")));
        Assert.StartsWith("ghcr.io/cloudnative-pg/postgresql:17.", plan.Only(Cluster).Input("spec.imageName"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgis")]
    [InlineData("pgrouting")]
    public void Geography_has_an_image_of_its_own(string extension) => Assert.StartsWith(
        "ghcr.io/cloudnative-pg/postgis:17.",
        Plan(new() { Extensions = [extension] }).Only(Cluster).Input("spec.imageName"),
        StringComparison.Ordinal);

    [Fact]
    public void Statistics_of_statements_are_loaded_because_a_parameter_is_theirs() => Assert.Equal(
        "top",
        Plan(new() { Extensions = ["pg_stat_statements"] }).Only(Cluster).Inputs
            .GetProperty("spec").GetProperty("postgresql").GetProperty("parameters").GetProperty("pg_stat_statements.track").GetString());

    [Fact]
    public void Backups_go_outside_the_cluster_and_stay_for_the_days_promised()
    {
        var plan = Plan(new() { BackupDays = 21 });

        var store = plan.Only("kubernetes:barmancloud.cnpg.io/v1:ObjectStore");
        Assert.Equal("21d", store.Input("spec.retentionPolicy"));
        Assert.Equal("s3://backups/test/sample-production", store.Input("spec.configuration.destinationPath"));
        Assert.Equal("true", plan.Only(Cluster).Input("spec.plugins[0].isWALArchiver"), ignoreCase: true);
        Assert.Equal("0 0 3 * * *", plan.Only("kubernetes:postgresql.cnpg.io/v1:ScheduledBackup").Input("spec.schedule"));
    }

    [Fact]
    public void Its_operator_reaches_it_and_it_reaches_the_api_server()
    {
        var policies = Plan(new()).PoliciesOf("orders");

        Assert.Contains(
            policies,
            policy => policy.StartsWith("orders-peers ", StringComparison.Ordinal)
                && policy.Contains("cnpg-system", StringComparison.Ordinal));
        Assert.Contains(policies, policy =>
            policy.StartsWith("orders-peers ", StringComparison.Ordinal)
            && policy.Contains("6443", StringComparison.Ordinal)
            && policy.Contains("16443", StringComparison.Ordinal));
    }

    [Fact]
    public void Tweaks_choose_servers_storage_and_parameters()
    {
        var tweak = new KubernetesDatabaseTweak
        {
            Instances = 5,
            StorageClass = "fast",
            Parameters = new Dictionary<string, string> { ["max_connections"] = "300" },
        };
        var cluster = Plan(new() { Tweaks = [tweak] }).Only(Cluster);

        Assert.Equal("5", cluster.Input("spec.instances"));
        Assert.Equal("fast", cluster.Input("spec.storage.storageClass"));
        Assert.Equal("300", cluster.Input("spec.postgresql.parameters.max_connections"));
    }

    [Fact]
    public void Mysql_is_reached_through_a_router_that_follows_the_primary()
    {
        var plan = KubernetesPlans.Good(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders", new() { Engine = DatabaseEngine.MySql, Version = "8.0" }));
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders);
        });

        var cluster = plan.Only(InnoDb);
        Assert.Equal("8.0.40", cluster.Input("spec.version"));
        Assert.Equal("3", cluster.Input("spec.instances"));
        Assert.Equal("2", cluster.Input("spec.router.instances"));
        var policy = plan.Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "orders-ingress");
        Assert.Contains("mysqlrouter", policy.Input("spec.podSelector.matchLabels"), StringComparison.Ordinal);
        Assert.Equal("6446", policy.Input("spec.ingress[0].ports[0].port"));
        Assert.Equal("3306", plan.Only("kubernetes:apps/v1:Deployment").VariablesOf()["ORDERS_PORT"]);
    }

    [Fact]
    public void Mysql_says_that_its_backups_are_dumps()
    {
        var plan = Plan(new() { Engine = DatabaseEngine.MySql });

        Assert.Null(plan.Only(InnoDb).Input("spec.backupSchedules"));
        Assert.Equal("0 3 * * *", plan.Only(Schedule).Input("spec.schedule"));
        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "database-backup-dumps", Component: "orders" });
    }

    [Fact]
    public void Mysql_is_dumped_by_a_restricted_pod_that_reaches_it_and_the_bucket()
    {
        var plan = Plan(new() { Engine = DatabaseEngine.MySql });

        var pod = plan.Only(Schedule).Inputs.GetProperty("spec").GetProperty("jobTemplate").GetProperty("spec").GetProperty("template");
        Assert.Equal("True", pod.At("spec.securityContext.runAsNonRoot"), ignoreCase: true);
        Assert.Equal("RuntimeDefault", pod.At("spec.securityContext.seccompProfile.type"));
        Assert.Equal("""["ALL"]""", pod.At("spec.containers[0].securityContext.capabilities.drop"));
        Assert.Equal("orders", pod.GetProperty("metadata").GetProperty("labels").GetProperty("infra/consumer").GetString());
        Assert.Equal("true", pod.GetProperty("metadata").GetProperty("labels").GetProperty("infra/uses-orders").GetString());
        Assert.Contains(plan.PoliciesOf("network"), policy => policy.StartsWith("orders-egress ", StringComparison.Ordinal)
            && policy.Contains("6446", StringComparison.Ordinal)
            && policy.Contains("infra/uses-orders", StringComparison.Ordinal));
        var policies = plan.PoliciesOf("orders");
        Assert.Contains(policies, policy => policy.StartsWith("orders-dump-egress", StringComparison.Ordinal)
            && policy.Contains("0.0.0.0/0", StringComparison.Ordinal));
        Assert.DoesNotContain(policies, policy => policy.StartsWith("orders-peers ", StringComparison.Ordinal)
            && policy.Contains("0.0.0.0/0", StringComparison.Ordinal));
    }

    [Fact]
    public void Mysql_pods_are_restricted()
    {
        var cluster = Plan(new() { Engine = DatabaseEngine.MySql }).Only(InnoDb);

        Assert.Equal("false", cluster.Input("spec.datadirPermissions.setRightsUsingInitContainer"), ignoreCase: true);
        Assert.Equal("RuntimeDefault", cluster.Input("spec.podSpec.securityContext.seccompProfile.type"));
        Assert.Equal("RuntimeDefault", cluster.Input("spec.router.podSpec.securityContext.seccompProfile.type"));
    }

    [Fact]
    public void It_recovers_from_an_archive_of_the_stack_backups_once()
    {
        var args = new ManagedDatabaseArgs { BeginsFrom = new() { Snapshot = "shop-production/orders-1a2b3c4d" } };
        var plan = Plan(args);

        var server = plan.Only("kubernetes:postgresql.cnpg.io/v1:Cluster");
        Assert.Equal("origin", server.Input("spec.bootstrap.recovery.source"));
        Assert.Null(server.Input("spec.bootstrap.initdb"));
        Assert.Equal("administrator", server.Input("spec.bootstrap.recovery.owner"));
        Assert.Equal("orders-1a2b3c4d", server.Input("spec.externalClusters[0].plugin.parameters.serverName"));
        Assert.Equal("orders-origin", server.Input("spec.externalClusters[0].plugin.parameters.barmanObjectName"));
        var origin = plan.Only("kubernetes:barmancloud.cnpg.io/v1:ObjectStore", "orders-origin");
        Assert.Equal("s3://backups/test/shop-production", origin.Input("spec.configuration.destinationPath"));
        Assert.Null(origin.Input("spec.retentionPolicy"));
        Assert.True(plan.ComesAfter(server, origin));

        // The servers name the archive for good, and their operator looks for it: it stays.
        var options = RegisteredOptions.Of(
            Cloud.Kubernetes, origin.Type, model => model.Add(new ManagedDatabase("orders", args)))["orders-origin"];
        Assert.True(options.RetainOnDelete);
        Assert.Contains("spec.externalClusters", server.IgnoreChanges);
        Assert.Contains("spec.externalClusters", Plan(new()).Only(server.Type).IgnoreChanges);
    }

    [Theory]
    [InlineData("orders-1a2b3c4d")]
    [InlineData("Shop/orders")]
    public void What_is_no_folder_of_an_archive_is_refused(string snapshot) => Assert.Contains(
        "shop-production/orders-1a2b3c4d",
        KubernetesPlans.Plan(model => model.Add(new ManagedDatabase("orders", new() { BeginsFrom = new() { Snapshot = snapshot } })))
            .OnlyError().Message,
        StringComparison.Ordinal);

    private static Plan Plan(ManagedDatabaseArgs args, EnvironmentKind environment = EnvironmentKind.Production) =>
        KubernetesPlans.Good(model => model.Add(new ManagedDatabase("orders", args)), environment);

    private static void Declare(Model model) =>
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new ManagedDatabase("orders")));
}
