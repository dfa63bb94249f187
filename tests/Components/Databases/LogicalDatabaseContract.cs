using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>What a further database of a server promises on every cloud.</summary>
public abstract class LogicalDatabaseContract(CloudFixture cloud)
{
    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void A_consumer_of_two_databases_of_a_server_has_a_login_in_each(DatabaseEngine engine)
    {
        var variables = cloud.VariablesOf(cloud.PlanWithoutErrors(model => Declare(model, engine)), "shop");

        Assert.Equal(variables["ORDERS_HOST"].Value, variables["ARCHIVE_HOST"].Value);
        Assert.Equal(variables["ORDERS_PORT"].Value, variables["ARCHIVE_PORT"].Value);
        Assert.Equal(variables["ORDERS_CA"].Value, variables["ARCHIVE_CA"].Value);
        Assert.Equal(variables["ORDERS_TLS_MODE"].Value, variables["ARCHIVE_TLS_MODE"].Value);
        Assert.NotEqual(variables["ORDERS_DATABASE"].Value, variables["ARCHIVE_DATABASE"].Value);
        Assert.NotEqual(variables["ORDERS_USERNAME"].Value, variables["ARCHIVE_USERNAME"].Value);
        Assert.True(variables["ARCHIVE_PASSWORD"].IsSecret);
    }

    [Fact]
    public void A_login_of_one_database_is_never_called_as_that_of_another_consumer()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new ContainerService("shop")).Writes(model.Add(new LogicalDatabase("archive", new() { Server = orders })));
            model.Add(new ContainerService("shop-archive")).Writes(orders);
        });

        Assert.NotEqual(
            cloud.VariablesOf(plan, "shop")["ARCHIVE_USERNAME"].Value,
            cloud.VariablesOf(plan, "shop-archive")["ORDERS_USERNAME"].Value);
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void Its_server_does_not_change_when_it_comes_or_goes(DatabaseEngine engine)
    {
        void Alone(Model model) => model.Add(new ContainerService("report")).Reads(
            model.Add(new ManagedDatabase("orders", new() { Engine = engine })));

        Assert.Equal(
            Own(cloud.PlanWithoutErrors(Alone), "orders"),
            Own(cloud.PlanWithoutErrors(model => Declare(model, engine)), "orders"));
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void It_does_not_change_when_a_consumer_comes_or_goes(DatabaseEngine engine)
    {
        void Unused(Model model) => model.Add(new LogicalDatabase(
            "archive",
            new() { Server = model.Add(new ManagedDatabase("orders", new() { Engine = engine })) }));

        Assert.Equal(
            Own(cloud.PlanWithoutErrors(Unused), "archive"),
            Own(cloud.PlanWithoutErrors(model => Declare(model, engine)), "archive"));
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void What_could_drop_it_is_protected_in_production_only(DatabaseEngine engine)
    {
        Assert.All(Holding(EnvironmentKind.Production), resource => Assert.True(resource.Protect, resource.Urn));
        Assert.DoesNotContain(Holding(EnvironmentKind.Preview), resource => resource.Protect);

        // A job that made it in SQL takes nothing with it when it goes.
        IEnumerable<PlannedResource> Holding(EnvironmentKind environment) => cloud
            .PlanWithoutErrors(model => Declare(model, engine), environment)
            .Of("archive")
            .Where(resource => resource.TypeName is "Database" or "DatabaseInstance");
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void It_has_no_resource_that_could_drop_it_but_those_that_are_known(DatabaseEngine engine)
    {
        var held = cloud.PlanWithoutErrors(model => Declare(model, engine)).Of("archive").Where(resource => resource.Name == "archive");

        Assert.Equal(
            (cloud.Cloud, engine) switch
            {
                (Cloud.Gcp, _) => ["gcp:sql/database:Database"],
                (Cloud.Ovh, _) => ["ovh:CloudProjectDatabase/databaseInstance:DatabaseInstance"],
                (Cloud.Scaleway, DatabaseEngine.MySql) => ["scaleway:databases/database:Database"],
                (Cloud.Kubernetes, DatabaseEngine.PostgreSql) => ["kubernetes:postgresql.cnpg.io/v1:Database"],
                _ => Array.Empty<string>(),
            },
            held.Where(resource => resource.IsCustom).Select(resource => resource.Type));
    }

    [Fact]
    public void It_is_there_before_its_logins_are()
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model, DatabaseEngine.PostgreSql));
        var made = plan.Of("archive").Select(resource => resource.Urn).ToHashSet();
        var script = cloud.GrantScriptOf(plan, "archive");

        Assert.True(
            script.IndexOf("CREATE DATABASE \"archive\"", StringComparison.Ordinal)
                is >= 0 and var at && at < script.IndexOf("ALTER ROLE", StringComparison.Ordinal)
            || plan.Resources.Any(run => run.Name == "archive-grants" && run.DependsOn.Any(made.Contains)));
        Assert.Contains("ON DATABASE \"archive\" TO archive_writers;", script, StringComparison.Ordinal);
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

        Assert.Equal(cloud.Cloud, Rehearsal.Run(system, settings).Placement["archive"]);

        settings = settings with { Placement = new Dictionary<string, Cloud> { ["orders"] = cloud.Cloud, ["archive"] = other } };
        var finding = Assert.Single(Rehearsal.Run(system, settings).Findings, finding => finding.Rule.Id == "reference-cloud");
        Assert.Equal("archive", finding.Component);
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void Another_name_is_another_database_and_the_server_stays(DatabaseEngine engine)
    {
        void Named(Model model, string name) => model.Add(new ContainerService("shop")).Writes(model.Add(new LogicalDatabase(
            "archive",
            new() { Server = model.Add(new ManagedDatabase("orders", new() { Engine = engine })), Database = name })));

        Assert.DoesNotContain(
            Replacements.Of(cloud.Cloud, model => Named(model, "archive"), model => Named(model, "attic")),
            replacement => replacement.Resource.Component == "orders");
    }

    [Fact]
    public void What_is_declared_without_a_name_is_called_as_its_component()
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new ContainerService("shop")).Writes(model.Add(new LogicalDatabase(
            "order-archive",
            new() { Server = model.Add(new ManagedDatabase("orders")) }))));

        var called = cloud.VariablesOf(plan, "shop")["ORDER_ARCHIVE_DATABASE"].Value;
        Assert.True(called is "order_archive" || called!.StartsWith("{order-archive.", StringComparison.Ordinal), called);
        Assert.Contains("ON DATABASE \"order_archive\"", cloud.GrantScriptOf(plan, "order-archive"), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_search_path_is_made_and_set_for_every_login()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var archive = model.Add(new LogicalDatabase(
                "archive",
                new() { Server = model.Add(new ManagedDatabase("orders")), SearchPath = ["sales", "tools"] }));
            model.Add(new ContainerService("shop")).Writes(archive);
            model.Add(new ContainerService("report")).Reads(archive);
        });

        var script = cloud.GrantScriptOf(plan, "archive");
        Assert.Contains("CREATE SCHEMA IF NOT EXISTS \"sales\" AUTHORIZATION archive_writers;", script, StringComparison.Ordinal);
        Assert.Equal(
            2,
            script.Split("SET search_path = \"sales\", \"tools\", \"public\";").Length - 1);
    }

    [Theory]
    [InlineData("app")]
    [InlineData("archive")]
    public void Two_databases_of_a_server_have_different_names(string name)
    {
        var plan = cloud.Plan(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new LogicalDatabase("archive", new() { Server = orders }));
            model.Add(new LogicalDatabase("attic", new() { Server = orders, Database = name }));
        });

        var finding = Assert.Single(plan.Findings, finding => finding.Rule.Id == "logical-database-name");
        Assert.Equal("attic", finding.Component);
        Assert.Contains($"'{name}'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_extension_that_the_cloud_lacks_is_refused_with_where_the_server_could_stand()
    {
        var plan = cloud.Plan(model => model.Add(new LogicalDatabase(
            "archive",
            new() { Server = model.Add(new ManagedDatabase("orders")), Extensions = ["hll"] })));

        var own = cloud.Plan(model => model.Add(new ManagedDatabase("orders", new() { Extensions = ["hll"] })));
        var finding = plan.Findings.SingleOrDefault(finding => finding.Rule.Id == "database-extensions");
        Assert.Equal(own.Findings.Any(finding => finding.Rule.Id == "database-extensions"), finding is not null);
        if (finding is not null) Assert.Contains("or place 'orders' on aws", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_writes_to_it_runs_before_the_services_that_use_it()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var archive = model.Add(new LogicalDatabase("archive", new() { Server = model.Add(new ManagedDatabase("orders")) }));
            model.Add(new Job("schema")).Writes(archive);
            model.Add(new ContainerService("shop")).Writes(archive);
        });

        var jobs = plan.Of("schema").Select(resource => resource.Urn).ToHashSet();
        Assert.Contains(cloud.StartOf(plan, "shop").DependsOn, jobs.Contains);
    }

    private static void Declare(Model model, DatabaseEngine engine)
    {
        var orders = model.Add(new ManagedDatabase("orders", new() { Engine = engine }));
        var archive = model.Add(new LogicalDatabase("archive", new() { Server = orders }));
        model.Add(new ContainerService("shop")).Writes(orders).Writes(archive);
        model.Add(new ContainerService("report")).Reads(orders);
    }

    private static List<string> Own(Plan plan, string component) =>
    [
        .. plan.Of(component)
            .Select(resource => $"{resource.Urn} {resource.Protect} {resource.Inputs} {string.Join(' ', resource.DependsOn)}"),
    ];
}
