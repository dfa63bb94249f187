using Infra.Components.Buckets;
using Infra.Components.Composition;
using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>What a database begins from, on every cloud.</summary>
public abstract class DatabaseOriginContract(CloudFixture cloud)
{
    private const string Loader = "orders-load";
    private const string Snapshot = "shop-production/orders-1a2b3c4d";

    private static readonly DatabaseOrigin Dump = new() { Bucket = "dumps", Dump = "2026/orders.dump" };

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void A_dump_is_loaded_by_a_job_that_writes_to_the_database_and_reads_from_the_bucket(DatabaseEngine engine)
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model, engine, Dump));

        var variables = cloud.VariablesOf(plan, Loader);
        Assert.True(variables["DATABASE_PASSWORD"].IsSecret);
        Assert.NotEqual(cloud.VariablesOf(plan, "shop")["ORDERS_USERNAME"].Value, variables["DATABASE_USERNAME"].Value);
        Assert.Equal("/fetched/2026/orders.dump", variables["DUMP_FILE"].Value);
        var script = cloud.WordsOf(plan, Loader).EntryPoint[^1];
        Assert.Contains(engine == DatabaseEngine.PostgreSql ? "pg_restore" : "mysql", script, StringComparison.Ordinal);
        Assert.Contains("loaded_from_dump", script, StringComparison.Ordinal);
    }

    [Fact]
    public void The_dump_is_fetched_before_it_is_loaded_or_its_bucket_is_mounted()
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model, DatabaseEngine.PostgreSql, Dump));

        if (cloud.Cloud == Cloud.Gcp)
        {
            var job = plan.Only("gcp:cloudrunv2/job:Job", Loader);
            var bucket = plan.Only("gcp:storage/bucket:Bucket", "dumps");
            Assert.True(job.RefersTo(bucket, "template.template.volumes[0].gcs.bucket"));
            Assert.Equal("True", job.Input("template.template.volumes[0].gcs.readOnly"));
            Assert.Equal("/fetched", job.Input("template.template.containers[0].volumeMounts[0].mountPath"));
            return;
        }

        var containers = cloud.ContainersOf(plan, Loader);
        var fetch = containers["fetch"];
        Assert.False(fetch.GoesOn);
        Assert.Contains("--aws-sigv4", fetch.Words, StringComparison.Ordinal);
        Assert.Contains("curlimages/curl@sha256:", fetch.Image, StringComparison.Ordinal);

        // Both see the same directory, and nobody else does.
        var workload = cloud.WorkloadOf(plan, Loader).Inputs.ToString();
        Assert.Equal(2, workload.Split("\"/fetched\"").Length - 1 + workload.Split("\\u0022/fetched\\u0022").Length - 1
            + workload.Split("\\\"/fetched\\\"").Length - 1);
    }

    [Fact]
    public void Nobody_else_uses_the_database_before_it_is_loaded()
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model, DatabaseEngine.PostgreSql, Dump));

        var loaded = cloud.RunOf(plan, Loader);
        Assert.True(plan.ComesAfter(cloud.RunOf(plan, "migration"), loaded));
        Assert.True(plan.ComesAfter(cloud.StartOf(plan, "shop"), loaded));
        Assert.False(plan.ComesAfter(cloud.StartOf(plan, "stranger"), loaded));
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void A_further_database_of_a_server_begins_from_a_dump_of_its_own(DatabaseEngine engine)
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            model.Add(new Bucket("dumps"));
            var server = model.Add(new ManagedDatabase("orders", new() { Engine = engine }));
            var archive = model.Add(new LogicalDatabase("archive", new() { Server = server, BeginsFrom = Dump }));
            model.Add(new ContainerService("shop")).Writes(server);
            model.Add(new ContainerService("report")).Reads(archive);
        });

        var variables = cloud.VariablesOf(plan, "archive-load");
        Assert.NotEqual(cloud.VariablesOf(plan, "shop")["ORDERS_DATABASE"].Value, variables["DATABASE_DATABASE"].Value);
        Assert.True(plan.ComesAfter(cloud.StartOf(plan, "report"), cloud.RunOf(plan, "archive-load")));
        Assert.False(plan.ComesAfter(cloud.StartOf(plan, "shop"), cloud.RunOf(plan, "archive-load")));
    }

    [Fact]
    public void A_snapshot_is_a_whole_servers()
    {
        var plan = cloud.Plan(model => model.Add(new LogicalDatabase("archive", new()
        {
            Server = model.Add(new ManagedDatabase("orders")),
            BeginsFrom = new() { Snapshot = Snapshot },
        })));

        Assert.Contains("a snapshot brings back a whole server", plan.OnlyError().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Declared_in_another_order_it_comes_first_all_the_same()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var database = new ManagedDatabase("orders", new() { BeginsFrom = Dump });
            model.Add(new Job("migration")).Writes(database);
            model.Add(database);
            model.Add(new Bucket("dumps"));
        });

        Assert.True(plan.ComesAfter(cloud.RunOf(plan, "migration"), cloud.RunOf(plan, Loader)));
    }

    [Fact]
    public void Once_it_is_loaded_the_stack_file_may_say_nothing_of_it_and_nothing_else_changes()
    {
        // What sets up the logins sets up one more.
        string[] Of(DatabaseOrigin? origin) =>
        [
            .. cloud.PlanWithoutErrors(model => Declare(model, DatabaseEngine.PostgreSql, origin)).Of("orders")
                .Where(resource => !resource.Name.StartsWith("orders-grants", StringComparison.Ordinal))
                .Select(resource => $"{resource.Urn} {resource.Inputs}"),
        ];

        Assert.Equal(Of(null), Of(Dump));
        Assert.Equal(Of(null), Of(Dump with { Dump = "another.dump" }));
        Assert.All(
            Replacements.Of(
                cloud.Cloud,
                model => Declare(model, DatabaseEngine.PostgreSql, Dump),
                model => Declare(model, DatabaseEngine.PostgreSql, null)),
            replacement => Assert.StartsWith("orders-grants", replacement.Resource.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_dump_without_a_bucket_of_the_system_is_refused_with_those_that_there_are()
    {
        var plan = cloud.Plan(model => Declare(model, DatabaseEngine.PostgreSql, Dump with { Bucket = "dump" }));

        var finding = plan.OnlyError();
        Assert.Equal(("database-origin", "orders"), (finding.Rule.Id, finding.Component));
        Assert.Contains("'dump'", finding.Message, StringComparison.Ordinal);
        Assert.Contains("dumps", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_component_that_is_called_as_the_job_is_refused()
    {
        var plan = cloud.Plan(model =>
        {
            Declare(model, DatabaseEngine.PostgreSql, Dump);
            model.Add(new ContainerService(Loader));
        });

        Assert.Equal(("database-origin", Loader), (plan.OnlyError().Rule.Id, plan.OnlyError().Component));
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void A_snapshot_is_restored_or_refused_with_what_works_instead(DatabaseEngine engine)
    {
        var snapshot = cloud.Cloud == Cloud.Aws ? "shop-production-orders-final-1a2b3c4d" : Snapshot;
        var plan = cloud.Plan(model => Declare(model, engine, new() { Snapshot = snapshot }));
        var gap = CloudIndex.Of(cloud.Cloud).Find(ManagedDatabaseKind.Instance)!.Gaps
            .SingleOrDefault(gap => gap.Rule?.Id == "database-snapshot");

        if (cloud.Cloud == Cloud.Aws || (cloud.Cloud == Cloud.Kubernetes && engine == DatabaseEngine.PostgreSql))
        {
            plan.WithoutErrors();
            Assert.Contains(snapshot.Split('/')[^1], cloud.StoreOf(plan, "orders").Inputs.ToString(), StringComparison.Ordinal);
            return;
        }

        var finding = plan.OnlyError();
        Assert.NotNull(gap);
        Assert.Equal("database-snapshot", finding.Rule.Id);
        Assert.Contains(gap.Remark, finding.Message, StringComparison.Ordinal);
        Assert.Contains("Dump the database", finding.Message, StringComparison.Ordinal);
    }

    private static void Declare(Model model, DatabaseEngine engine, DatabaseOrigin? origin)
    {
        model.Add(new Bucket("dumps"));
        var database = model.Add(new ManagedDatabase("orders", new() { Engine = engine, BeginsFrom = origin }));
        model.Add(new Job("migration")).Writes(database);
        model.Add(new ContainerService("shop")).Writes(database);
        model.Add(new ContainerService("stranger"));
    }
}
