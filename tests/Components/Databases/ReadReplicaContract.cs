using Infra.Changes;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Databases.Aws;
using Infra.Components.Jobs;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>What a replica of a server promises on every cloud.</summary>
public abstract class ReadReplicaContract(CloudFixture cloud)
{
    // Ignored where it is another cloud's: there, a server with a replica and the same without one differ by the replica alone.
    private static readonly Tweak[] Kept = [new AwsDatabaseTweak { OwnPassword = true }];

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void Who_reads_from_it_enters_elsewhere_than_at_the_server_unless_the_cloud_says_so(DatabaseEngine engine)
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model, engine));
        var (at, from) = (cloud.VariablesOf(plan, "shop"), cloud.VariablesOf(plan, "report"));

        var says = plan.Findings.Any(finding => finding.Rule.Id == "read-replica-machine-of-its-own" && finding.Component == "reports");
        Assert.Equal(!HasMachine(engine), says);
        Assert.Equal(
            HasMachine(engine) || cloud.Cloud == Cloud.Kubernetes,
            (at["ORDERS_HOST"].Value, at["ORDERS_PORT"].Value) != (from["REPORTS_HOST"].Value, from["REPORTS_PORT"].Value));
        Assert.Equal(at["ORDERS_DATABASE"].Value!.Length > 0, from["REPORTS_DATABASE"].Value!.Length > 0);
        Assert.True(from["REPORTS_PASSWORD"].IsSecret);
        Assert.True(from["REPORTS_URL"].IsSecret);
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void A_consumer_of_a_server_and_its_replica_has_a_login_for_each_and_the_replicas_only_reads(DatabaseEngine engine)
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model, engine));
        var variables = cloud.VariablesOf(plan, "shop");

        Assert.NotEqual(variables["ORDERS_USERNAME"].Value, variables["REPORTS_USERNAME"].Value);
        var grants = string.Join('\n', cloud.GrantsOf(plan, "shop"));
        Assert.DoesNotContain("reports_writers", grants, StringComparison.Ordinal);
        if (engine == DatabaseEngine.PostgreSql)
            Assert.Contains("GRANT app_readers TO shop__reports_login;", cloud.GrantScriptOf(plan, "reports"), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_logins_are_made_on_the_server()
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model, DatabaseEngine.PostgreSql));

        var runs = plan.Resources.Where(resource => resource.Name == "reports-grants" && resource.TypeName is "TaskDefinition" or "Job");
        Assert.All(
            runs.Where(run => run.Name == "reports-grants"),
            run => Assert.DoesNotContain(run.References, reference => plan.Of("reports").Any(own => own.Urn == reference.To)));
    }

    [Fact]
    public void Nobody_writes_to_it()
    {
        var plan = cloud.Plan(model => model.Add(new ContainerService("shop")).Writes(
            model.Add(new ReadReplica("reports", new() { Of = model.Add(new ManagedDatabase("orders")) }))));

        Assert.Contains(
            plan.Findings,
            finding => finding.Component == "shop" && finding.Message.Contains("'reports'", StringComparison.Ordinal));
        Assert.True(plan.HasErrors);
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void Nothing_is_lost_refused_or_replaced_when_it_comes_or_goes(DatabaseEngine engine)
    {
        var (without, with) = (
            cloud.PlanWithoutErrors(model => model.Add(new ContainerService("shop")).Writes(Server(model, engine))),
            cloud.PlanWithoutErrors(model =>
            {
                var orders = Server(model, engine);
                model.Add(new ReadReplica("reports", new() { Of = orders }));
                model.Add(new ContainerService("shop")).Writes(orders);
            }));

        foreach (var (before, after) in new[] { (without, with), (with, without) })
        {
            // Its logs go with it, as those of everything that goes.
            var changes = Comparison.Of(PlanDocument.Of(before), PlanDocument.Of(after)).Components
                .SelectMany(component => component.Resources)
                .Where(resource => !resource.Type.EndsWith(":LogGroup", StringComparison.Ordinal))
                .ToList();
            Assert.DoesNotContain(changes, resource => resource.Effect is Effect.DataLost or Effect.Refused or Effect.Collides);
            Assert.DoesNotContain(
                changes,
                resource => resource.Operation == Operation.Replace && !resource.Type.EndsWith(":Job", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void It_is_deletable_in_production_too(DatabaseEngine engine)
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model, engine));

        Assert.All(plan.Of("reports"), resource =>
        {
            Assert.False(resource.Protect, resource.Urn);
            Assert.NotEqual("True", resource.Input("deletionProtection"));
            Assert.NotEqual("PREVENT", resource.Input("deletionPolicy"));
        });
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void It_does_not_change_when_a_consumer_comes_or_goes(DatabaseEngine engine)
    {
        void Used(Model model, params IEnumerable<string> consumers)
        {
            var reports = model.Add(new ReadReplica("reports", new() { Of = Server(model, engine) }));
            foreach (var consumer in consumers) model.Add(new ContainerService(consumer)).Reads(reports);
        }

        Assert.Equal(
            Own(cloud.PlanWithoutErrors(model => Used(model, "report")), "reports"),
            Own(cloud.PlanWithoutErrors(model => Used(model, "report", "audit")), "reports"));
    }

    [Fact]
    public void It_has_the_size_that_is_asked_for_and_the_servers_where_none_is()
    {
        if (cloud.Cloud is Cloud.Scaleway or Cloud.Ovh) return;
        var (server, same, larger) = (Machine(null, "orders"), Machine(null, "reports"), Machine(Size.Large, "reports"));

        Assert.Equal(server, same);
        Assert.NotEqual(server, larger);

        string? Machine(Size? size, string component) => cloud
            .PlanWithoutErrors(model => model.Add(new ReadReplica("reports", new() { Of = Server(model), Size = size })))
            .Of(component)
            .Select(resource => resource.Input("instanceClass")
                ?? resource.Input("settings.tier")
                ?? resource.Input("spec.resources.requests.memory"))
            .First(found => found is not null);
    }

    [Fact]
    public void A_smaller_size_than_the_servers_is_refused()
    {
        var plan = cloud.Plan(model => model.Add(new ReadReplica("reports", new() { Of = Server(model), Size = Size.Small })));

        var finding = Assert.Single(plan.Findings, finding => finding.Rule.Id == "read-replica-arguments");
        Assert.Contains("Size is Small; allowed: Medium, Large", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_consumers_read_another_database_of_the_server_where_it_says_so()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var orders = Server(model);
            var archive = model.Add(new LogicalDatabase("archive", new() { Server = orders }));
            model.Add(new ContainerService("report")).Reads(
                model.Add(new ReadReplica("reports", new() { Of = orders, Database = archive })));
        });

        Assert.Equal("archive", cloud.VariablesOf(plan, "report")["REPORTS_DATABASE"].Value);
        Assert.Contains("ON DATABASE \"archive\"", cloud.GrantScriptOf(plan, "reports"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_reads_from_it_starts_after_the_job_that_prepares_the_server()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var orders = Server(model);
            model.Add(new Job("schema")).Writes(orders);
            model.Add(new ContainerService("report")).Reads(model.Add(new ReadReplica("reports", new() { Of = orders })));
        });

        var jobs = plan.Of("schema").Select(resource => resource.Urn).ToHashSet();
        Assert.Contains(cloud.StartOf(plan, "report").DependsOn, jobs.Contains);
    }

    [Fact]
    public void It_is_as_sensitive_as_its_server()
    {
        var system = TestSystems.Declare(model => model.Add(new ReadReplica("reports", new()
        {
            Of = model.Add(new ManagedDatabase("orders", new() { DataClass = DataClass.Personal })),
        })));

        var plan = Rehearsal.Run(system, cloud.SettingsFor(system, EnvironmentKind.Production));
        Assert.Equal("Personal", plan.Component("reports").Arguments.GetProperty("dataClass").ToString(), ignoreCase: true);
    }

    [Fact]
    public void A_database_of_another_server_is_refused()
    {
        var plan = cloud.Plan(model =>
        {
            var archive = model.Add(new LogicalDatabase("archive", new() { Server = model.Add(new ManagedDatabase("stock")) }));
            model.Add(new ReadReplica("reports", new() { Of = Server(model), Database = archive }));
        });

        var finding = Assert.Single(plan.Findings, finding => finding.Rule.Id == "read-replica-arguments");
        Assert.Contains("'archive', which stands on 'stock'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_stands_wherever_its_server_does()
    {
        var other = cloud.Cloud == Cloud.Aws ? Cloud.Gcp : Cloud.Aws;
        var system = TestSystems.Declare(model => Declare(model, DatabaseEngine.PostgreSql));
        var settings = cloud.SettingsFor(system, EnvironmentKind.Production) with
        {
            Cloud = other,
            Placement = new Dictionary<string, Cloud> { ["orders"] = cloud.Cloud },
        };

        Assert.Equal(cloud.Cloud, Rehearsal.Run(system, settings).Placement["reports"]);
    }

    private bool HasMachine(DatabaseEngine engine) =>
        cloud.Cloud != Cloud.Ovh && (cloud.Cloud != Cloud.Kubernetes || engine == DatabaseEngine.PostgreSql);

    private static void Declare(Model model, DatabaseEngine engine)
    {
        var orders = Server(model, engine);
        var reports = model.Add(new ReadReplica("reports", new() { Of = orders }));
        model.Add(new ContainerService("shop")).Writes(orders).Reads(reports);
        model.Add(new ContainerService("report")).Reads(reports);
    }

    private static ManagedDatabase Server(Model model, DatabaseEngine engine = DatabaseEngine.PostgreSql) =>
        model.Add(new ManagedDatabase("orders", new() { Engine = engine, Tweaks = Kept }));

    private static List<string> Own(Plan plan, string component) =>
    [
        .. plan.Of(component)
            .Select(resource => $"{resource.Urn} {resource.Protect} {resource.Inputs} {string.Join(' ', resource.DependsOn)}"),
    ];
}
