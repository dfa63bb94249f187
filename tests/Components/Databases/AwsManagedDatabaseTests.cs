using System.Security.Cryptography.X509Certificates;
using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Databases;
using Infra.Components.Databases.Aws;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Pulumi;
using Xunit;

namespace Infra.Tests.Databases;

public sealed class AwsManagedDatabaseTests
{
    private const string Instance = "aws:rds/instance:Instance";
    private const string Pem = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----";

    [Fact]
    public void What_is_to_be_followed_has_a_log_for_it_after_a_restart_and_no_log_fills_the_disk()
    {
        var group = Plan(new() { Followable = true, StorageGiB = 100 }).Only("aws:rds/parameterGroup:ParameterGroup");

        Assert.Equal("rds.logical_replication", group.Input("parameters[1].name"));
        Assert.Equal("1", group.Input("parameters[1].value"));
        Assert.Equal("pending-reboot", group.Input("parameters[1].applyMethod"));
        Assert.Equal("max_slot_wal_keep_size", group.Input("parameters[2].name"));
        Assert.Equal("25600", group.Input("parameters[2].value"));
    }

    [Fact]
    public void It_stands_in_the_data_subnets_private_encrypted_and_out_of_paid_support()
    {
        var plan = Plan(new());

        var instance = plan.Only(Instance);
        Assert.Equal("False", instance.Input("publiclyAccessible"));
        Assert.Equal("True", instance.Input("storageEncrypted"));
        Assert.Equal("open-source-rds-extended-support-disabled", instance.Input("engineLifecycleSupport"));
        Assert.Equal("rds-ca-rsa2048-g1", instance.Input("caCertIdentifier"));
        Assert.Equal("db.m7g.large", instance.Input("instanceClass"));
        Assert.All(
            plan.Only("aws:rds/subnetGroup:SubnetGroup").References,
            reference => Assert.Contains("network-data-", reference.To, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql, "postgres17", "rds.force_ssl")]
    [InlineData(DatabaseEngine.MySql, "mysql8.4", "require_secure_transport")]
    public void The_server_refuses_connections_without_TLS(DatabaseEngine engine, string family, string parameter)
    {
        var group = Plan(new() { Engine = engine }).Only("aws:rds/parameterGroup:ParameterGroup");

        Assert.Equal(family, group.Input("family"));
        Assert.Equal(parameter, group.Input("parameters[0].name"));
        Assert.Equal("1", group.Input("parameters[0].value"));
    }

    [Fact]
    public void Writers_of_MySQL_may_create_triggers_and_slow_queries_are_written_where_they_are_exported_from()
    {
        var group = Plan(new() { Engine = DatabaseEngine.MySql }).Only("aws:rds/parameterGroup:ParameterGroup");

        Assert.Equal(
            ["require_secure_transport 1", "log_bin_trust_function_creators 1", "slow_query_log 1", "log_output FILE"],
            from index in Enumerable.Range(0, 4)
            select $"{group.Input($"parameters[{index}].name")} {group.Input($"parameters[{index}].value")}");
    }

    [Fact]
    public void Outside_production_the_size_decides_whatever_product_production_names()
    {
        var tweaked = new ManagedDatabaseArgs
        {
            StorageGiB = 400,
            Tweaks = [new AwsDatabaseTweak { InstanceClass = "db.m7g.4xlarge", Iops = 12000 }],
        };
        var production = Plan(tweaked).Only(Instance);
        var preview = Plan(tweaked, EnvironmentKind.Preview).Only(Instance);

        Assert.Equal(("db.m7g.4xlarge", "12000"), (production.Input("instanceClass"), production.Input("iops")));
        Assert.Equal(("db.t4g.medium", null), (preview.Input("instanceClass"), preview.Input("iops")));
    }

    [Fact]
    public void In_production_it_leaves_a_snapshot_whose_name_is_never_used_twice()
    {
        var instance = Plan(new()).Only(Instance);

        Assert.Equal("False", instance.Input("skipFinalSnapshot"));
        Assert.Equal("sample-production-orders-final-{orders-snapshot.hex}", instance.Input("finalSnapshotIdentifier"));
        Assert.Equal("True", Plan(new(), EnvironmentKind.Preview).Only(Instance).Input("skipFinalSnapshot"));
    }

    [Fact]
    public void Its_log_groups_exist_before_it_so_that_logs_end()
    {
        var plan = Plan(new());

        var group = plan.Only("aws:cloudwatch/logGroup:LogGroup", "orders-postgresql");
        Assert.Equal("/aws/rds/instance/sample-production-orders/postgresql", group.Input("name"));
        Assert.Equal("30", group.Input("retentionInDays"));
        Assert.Contains(group.Urn, plan.Only(Instance).DependsOn);
    }

    [Fact]
    public void Nobody_reaches_it_but_its_consumers()
    {
        var plan = Plan(new());
        var group = plan.Only("aws:ec2/securityGroup:SecurityGroup", "orders");

        var rules = plan
            .OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
            .Where(rule => rule.RefersTo(group, "securityGroupId"))
            .ToList();
        Assert.Equal(["report-orders-access", "shop-orders-access"], rules.Select(rule => rule.Name).Order());
        Assert.All(
            rules,
            rule => Assert.Equal(("5432", "5432", null), (rule.Input("fromPort"), rule.Input("toPort"), rule.Input("cidrIpv4"))));
        Assert.DoesNotContain(
            plan.OfType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"),
            rule => rule.RefersTo(group, "securityGroupId"));
    }

    [Fact]
    public void A_task_inside_the_network_sets_up_the_logins_of_all_consumers_before_the_first_of_them_starts()
    {
        var plan = Plan(new());

        var container = plan.Container("orders-grants");
        Assert.Equal(PinnedImage.PostgreSql.OnAmazon, container.At("image"));
        Assert.Contains("GRANT app_writers TO shop_login;", container.At("command[0]")!, StringComparison.Ordinal);
        Assert.Contains("GRANT app_readers TO report_login;", container.At("command[0]")!, StringComparison.Ordinal);
        Assert.Equal(
            [
                "ADMIN_PASSWORD {orders:Instance.masterUserSecrets[0].secretArn}:password::",
                "REPORT_LOGIN_PASSWORD {report:Secret.arn}:orders.PASSWORD::",
                "SHOP_LOGIN_PASSWORD {shop:Secret.arn}:orders.PASSWORD::",
            ],
            container.GetProperty("secrets").EnumerateArray().Select(secret => $"{secret.At("name")} {secret.At("valueFrom")}"));
        Assert.Null(plan.Only("aws:ecs/taskDefinition:TaskDefinition", "orders-grants").Input("taskRoleArn"));

        var run = plan.Only("aws:lambda/invocation:Invocation");
        Assert.Equal("{shop:SecretVersion.versionId}", run.Input("triggers.shop"));
        Assert.Equal("{report:SecretVersion.versionId}", run.Input("triggers.report"));
        Assert.Contains(plan.Only(Instance).Urn, run.DependsOn);
        foreach (var consumer in new[] { "shop", "report" })
            Assert.Contains(run.Urn, plan.Only("aws:ecs/service:Service", consumer).DependsOn);
    }

    [Fact]
    public void However_many_consumers_there_are_a_task_definition_holds_the_scripts_of_their_logins()
    {
        var plan = AwsPlans.Of(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            for (var number = 1; number <= 16; number++) model.Add(new ContainerService($"shop-{number}")).Writes(orders);
        });

        Assert.Equal(["orders-grants", "orders-grants-2"], plan.OfType("aws:lambda/invocation:Invocation").Select(run => run.Name));
        Assert.All(
            plan.OfType("aws:ecs/taskDefinition:TaskDefinition"),
            task => Assert.InRange(task.Input("containerDefinitions")!.Length, 1, 64 * 1024));
    }

    [Fact]
    public void RDS_makes_the_administrators_password_and_nobody_else_knows_it()
    {
        var plan = Plan(new());

        Assert.Equal(("True", null), (plan.Only(Instance).Input("manageMasterUserPassword"), plan.Only(Instance).Input("password")));
        Assert.DoesNotContain(plan.Of("orders"), resource => resource.Type == "random:index/randomPassword:RandomPassword");
    }

    [Fact]
    public void Clients_verify_the_server_by_the_authority_of_its_region()
    {
        var plan = Plan(new());

        Assert.Equal(
            ("verify-full", AwsDatabaseRoots.In("eu-west-3")),
            (Variable(plan, "ORDERS_TLS_MODE"), Variable(plan, "ORDERS_CA")));
        Assert.DoesNotContain(plan.Findings, finding => finding.Component == "orders");
    }

    [Fact]
    public void Another_authority_takes_its_place() => Assert.Equal(
        Pem,
        Variable(Plan(new() { Tweaks = [new AwsDatabaseTweak { CertificateAuthority = Pem }] }), "ORDERS_CA"));

    [Fact]
    public void An_authority_that_fits_into_no_task_is_refused() => Assert.Contains(
        "allowed: 16384 bytes at most",
        AwsPlans.OnlyError(model => model.Add(new ManagedDatabase("orders", new()
        {
            Tweaks = [new AwsDatabaseTweak { CertificateAuthority = string.Concat(Enumerable.Repeat(Pem + "\n", 300)) }],
        }))),
        StringComparison.Ordinal);

    [Fact]
    public void The_authority_of_every_region_is_known_and_is_one_of_RDS()
    {
        Assert.Equal(AwsRegions.All, AwsDatabaseRoots.Regions.Order(StringComparer.Ordinal));
        Assert.All(AwsRegions.All, region =>
        {
            using var certificate = X509Certificate2.CreateFromPem(AwsDatabaseRoots.In(region));
            Assert.Contains($"CN=Amazon RDS {region} Root CA RSA2048 G1", certificate.Subject, StringComparison.Ordinal);
            Assert.True(certificate.NotAfter.Year >= 2061);
        });
    }

    [Fact]
    public void A_version_out_of_standard_support_is_refused_unless_it_is_paid_for()
    {
        var args = new ManagedDatabaseArgs { Engine = DatabaseEngine.MySql, Version = "8.0" };

        Assert.Contains(
            "allowed: 8.4",
            AwsPlans.OnlyError(model => model.Add(new ManagedDatabase("orders", args))),
            StringComparison.Ordinal);
        Assert.Equal(
            "open-source-rds-extended-support",
            Plan(args with { Tweaks = [new AwsDatabaseTweak { ExtendedSupport = true }] }).Only(Instance).Input("engineLifecycleSupport"));
    }

    [Fact]
    public void Queries_are_sampled_only_where_the_class_can()
    {
        Assert.Equal("True", Plan(new()).Only(Instance).Input("performanceInsightsEnabled"));
        Assert.Equal("False", Plan(new() { Size = Size.Nano }).Only(Instance).Input("performanceInsightsEnabled"));
    }

    [Fact]
    public void A_group_of_parameters_that_the_server_still_uses_until_its_maintenance_is_left_there()
    {
        Assert.Equal("True", Plan(new()).Only("aws:rds/parameterGroup:ParameterGroup").Input("skipDestroy"));
        Assert.Equal("False", Plan(new(), EnvironmentKind.Staging).Only("aws:rds/parameterGroup:ParameterGroup").Input("skipDestroy"));
        Assert.Equal(
            "False",
            Plan(new() { Tweaks = [new AwsDatabaseTweak { ApplyImmediately = true }] })
                .Only("aws:rds/parameterGroup:ParameterGroup")
                .Input("skipDestroy"));
    }

    [Fact]
    public void Backups_are_taken_before_maintenance_and_outlive_it_in_production()
    {
        var instance = Plan(new()).Only(Instance);

        Assert.Equal(("02:00-03:00", "sun:03:30-sun:04:30"), (instance.Input("backupWindow"), instance.Input("maintenanceWindow")));
        Assert.Equal(
            ("True", "False", "True"),
            (instance.Input("deletionProtection"), instance.Input("deleteAutomatedBackups"), instance.Input("copyTagsToSnapshot")));
    }

    [Fact]
    public void A_larger_volume_reaches_a_server_whose_volume_may_have_grown_and_is_not_shrunk_back()
    {
        Assert.DoesNotContain("allocatedStorage", Options(new()).IgnoreChanges);
        Assert.Equal("300", Plan(new() { StorageGiB = 300 }).Only(Instance).Input("allocatedStorage"));
    }

    [Theory]
    [InlineData("eu-west-3", Size.Large, "db.m7g.xlarge")]
    [InlineData("eu-west-3", Size.XXLarge, "db.r6g.2xlarge")]
    [InlineData("eu-south-1", Size.Large, "db.m6g.xlarge")]
    [InlineData("eu-south-1", Size.XXLarge, "db.r7g.2xlarge")]
    public void A_size_is_a_class_that_the_region_has(string region, Size size, string expected) =>
        Assert.Equal(expected, In(region, new() { Size = size }).Only(Instance).Input("instanceClass"));

    [Fact]
    public void A_class_that_the_region_lacks_is_refused() => Assert.Contains(
        "AwsDatabaseTweak.InstanceClass is db.r7g.4xlarge; allowed: families that eu-west-3 has",
        AwsPlans.OnlyError(model =>
            model.Add(new ManagedDatabase("orders", new() { Tweaks = [new AwsDatabaseTweak { InstanceClass = "db.r7g.4xlarge" }] }))),
        StringComparison.Ordinal);

    [Fact]
    public void Its_name_is_fixed_so_another_one_comes_only_after_it_has_gone_and_is_waited_for()
    {
        Assert.True(Options(new()).DeleteBeforeReplace);
        Assert.Equal(TimeSpan.FromMinutes(60), Options(new()).CustomTimeouts?.Create);
    }

    [Theory]
    [InlineData(50, 50, null)]
    [InlineData(50, 200, "200")]
    public void A_volume_grows_only_above_its_first_size(int first, int most, string? limit) =>
        Assert.Equal(limit, Plan(new() { StorageGiB = first, MaximumStorageGiB = most }).Only(Instance).Input("maxAllocatedStorage"));

    [Fact]
    public void A_limit_of_growth_that_RDS_would_refuse_is_refused_here() => Assert.Contains(
        "at least a tenth more: 110",
        AwsPlans.OnlyError(model => model.Add(new ManagedDatabase("orders", new() { StorageGiB = 100, MaximumStorageGiB = 105 }))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("order", DatabaseEngine.PostgreSql)]
    [InlineData("user", DatabaseEngine.PostgreSql)]
    [InlineData("groups", DatabaseEngine.MySql)]
    public void A_database_must_not_be_called_by_a_word_that_Amazon_RDS_refuses(string database, DatabaseEngine engine) =>
        Assert.Contains(
            $"Database is '{database}', a word that the engine reserves; allowed: names that are no word of SQL",
            AwsPlans.OnlyError(model => model.Add(new ManagedDatabase("orders", new() { Engine = engine, Database = database }))));

    [Fact]
    public void Operations_per_second_need_a_volume_that_is_large_enough() => Assert.Contains(
        "volumes of 400 GiB and more",
        AwsPlans.OnlyError(model => model.Add(new ManagedDatabase("orders", new() { Tweaks = [new AwsDatabaseTweak { Iops = 12000 }] }))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("db.large", 7, null, "AwsDatabaseTweak.InstanceClass is 'db.large'")]
    [InlineData("db.m7g.4xlarge", 30, null, "AwsDatabaseTweak.QueryInsightsDays is 30")]
    [InlineData("db.m7g.4xlarge", 744, null, "AwsDatabaseTweak.QueryInsightsDays is 744")]
    [InlineData("db.m7g.4xlarge", 7, 64001, "AwsDatabaseTweak.Iops is 64001")]
    public void A_tweak_that_RDS_would_refuse_is_refused_here(string instance, int days, int? iops, string message) => Assert.Contains(
        message,
        AwsPlans.OnlyError(model =>
            model.Add(new ManagedDatabase("orders", new()
            {
                StorageGiB = 400,
                Tweaks = [new AwsDatabaseTweak { InstanceClass = instance, QueryInsightsDays = days, Iops = iops }],
            }))),
        StringComparison.Ordinal);

    private static string? Variable(Plan plan, string name) => plan.Container("shop")
        .GetProperty("environment")
        .EnumerateArray()
        .Single(variable => variable.At("name") == name)
        .At("value");

    [Fact]
    public void A_snapshot_is_read_when_the_instance_is_made_and_never_after()
    {
        var args = new ManagedDatabaseArgs { BeginsFrom = new() { Snapshot = "rds:orders-2026-11-26-03-10" } };

        Assert.Equal("rds:orders-2026-11-26-03-10", Plan(args).Only(Instance).Input("snapshotIdentifier"));
        Assert.Contains("snapshotIdentifier", Options(args).IgnoreChanges);
        Assert.Contains("snapshotIdentifier", Options(new()).IgnoreChanges);
        Assert.Equal("dbadmin", Plan(args).Only(Instance).Input("username"));
        Assert.Contains(
            "the identifier of a snapshot",
            AwsPlans.OnlyError(model => model.Add(new ManagedDatabase("orders", new() { BeginsFrom = new() { Snapshot = "a/b" } }))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_dump_is_loaded_for_longer_than_one_function_may_wait_from_a_bucket_of_any_cloud()
    {
        var plan = AwsPlans.Of(
            model =>
            {
                model.Add(new Bucket("dumps"));
                model.Add(new ManagedDatabase("orders", new() { BeginsFrom = new() { Bucket = "dumps", Dump = "orders.dump" } }));
            },
            settings: settings => settings with { Placement = new Dictionary<string, Cloud> { ["dumps"] = Cloud.Scaleway } });

        var legs = plan.OfType("aws:lambda/invocation:Invocation").Where(leg => leg.Component == "orders-load").ToList();
        Assert.Equal(10, legs.Count);
        Assert.All(legs.Skip(1).Zip(legs), pair => Assert.True(pair.First.RefersTo(pair.Second)));
        Assert.Equal(["orders-load", "orders-load-2"], legs.Take(2).Select(leg => leg.Name));
        Assert.DoesNotContain("goesOn", legs[^1].Input("input"), StringComparison.Ordinal);
        Assert.Equal("200", plan.Only("aws:ecs/taskDefinition:TaskDefinition", "orders-load").Input("ephemeralStorage.sizeInGib"));
        Assert.Contains(plan.OfType("scaleway:iam/apiKey:ApiKey"), key => key.Name.Contains("orders-load", StringComparison.Ordinal));
    }

    private static Plan In(string region, ManagedDatabaseArgs args) => AwsPlans.Of(
        model => model.Add(new ManagedDatabase("orders", args)),
        settings: settings => settings with { Regions = new Dictionary<Cloud, string> { [Cloud.Aws] = region } });

    private static CustomResourceOptions Options(ManagedDatabaseArgs args) =>
        RegisteredOptions.Of(Cloud.Aws, Instance, model => model.Add(new ManagedDatabase("orders", args)))["orders"];

    private static Plan Plan(ManagedDatabaseArgs args, EnvironmentKind environment = EnvironmentKind.Production) => AwsPlans.Of(
        model =>
        {
            var orders = model.Add(new ManagedDatabase("orders", args));
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders);
            model.Add(new ContainerService("report")).Reads(orders);
        },
        environment);
}
