using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>What a managed database promises on every cloud. A cloud whose server cannot refuse connections without TLS says so.</summary>
public abstract class ManagedDatabaseContract(CloudFixture cloud, bool refusesPlainText = true)
{
    private static readonly string[] Keys = ["HOST", "PORT", "DATABASE", "USERNAME", "PASSWORD", "CA", "TLS_MODE", "URL"];

    protected CloudFixture Cloud => cloud;

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void Its_host_port_and_database_are_known(DatabaseEngine engine)
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new ManagedDatabase("orders", new() { Engine = engine })));

        var outputs = plan.Component("orders", ComponentKind.ManagedDatabase).Outputs;
        Assert.All(["host", "port", "database"], key => Assert.NotEmpty(outputs.At(key)!));
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void Its_consumers_see_the_same_variables_everywhere(DatabaseEngine engine)
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model, engine));

        var variables = cloud.VariablesOf(plan, "shop");
        Assert.Equal(Keys.Select(key => "ORDERS_" + key).Order(), variables.Keys.Where(name => name.StartsWith("ORDERS_", StringComparison.Ordinal)).Order());
        Assert.Equal(["ORDERS_PASSWORD", "ORDERS_URL"], variables.Where(variable => variable.Value.IsSecret).Select(variable => variable.Key).Order());
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void Every_consumer_has_a_login_of_its_own(DatabaseEngine engine)
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model, engine));

        var logins = new[] { "shop", "report" }.Select(consumer => cloud.VariablesOf(plan, consumer)["ORDERS_USERNAME"].Value).ToList();
        Assert.Equal(2, logins.Distinct().Count());
        Assert.DoesNotContain(null, logins);
    }

    [Fact]
    public void It_does_not_change_when_a_consumer_comes_or_goes()
    {
        var alone = cloud.PlanWithoutErrors(model => model.Add(new ManagedDatabase("orders")));
        var used = cloud.PlanWithoutErrors(model => Declare(model, DatabaseEngine.PostgreSql));

        Assert.Equal(
            alone.Resources.Where(resource => resource.Component == "orders").Select(resource => $"{resource.Urn} {resource.Inputs}"),
            used.Resources.Where(resource => resource.Component == "orders").Select(resource => $"{resource.Urn} {resource.Inputs}"));
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void It_is_encrypted_where_it_lies_and_on_the_way(DatabaseEngine engine)
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new ManagedDatabase("orders", new() { Engine = engine })));

        Assert.True(cloud.IsEncryptedAtRest(plan, "orders"));
        Assert.Equal(refusesPlainText, cloud.RefusesPlainText(plan, "orders"));
        Assert.Equal(!refusesPlainText, plan.Findings.Any(finding => finding.Component == "orders" && finding.Rule.EndsWith("-transport", StringComparison.Ordinal)));
    }

    [Fact]
    public void It_is_protected_against_deletion_in_production_only()
    {
        Assert.True(cloud.StoreOf(cloud.PlanWithoutErrors(model => model.Add(new ManagedDatabase("orders"))), "orders").Protect);
        Assert.False(cloud.StoreOf(cloud.PlanWithoutErrors(model => model.Add(new ManagedDatabase("orders")), EnvironmentKind.Preview), "orders").Protect);
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void It_survives_the_loss_of_a_machine_in_production_only(DatabaseEngine engine)
    {
        void Database(Model model) => model.Add(new ManagedDatabase("orders", new() { Engine = engine }));

        Assert.True(cloud.IsHighlyAvailable(cloud.PlanWithoutErrors(Database), "orders"));
        Assert.False(cloud.IsHighlyAvailable(cloud.PlanWithoutErrors(Database, EnvironmentKind.Staging), "orders"));
    }

    [Fact]
    public void It_keeps_backups_for_the_days_it_promises() =>
        Assert.InRange(cloud.BackupDays(cloud.PlanWithoutErrors(model => model.Add(new ManagedDatabase("orders", new() { BackupDays = 21 }))), "orders"), 21, 35);

    [Fact]
    public void Every_size_plans()
    {
        foreach (var size in Enum.GetValues<Size>())
            cloud.PlanWithoutErrors(model => model.Add(new ManagedDatabase("orders", new() { Size = size })));
    }

    [Fact]
    public void A_version_that_no_cloud_has_is_refused_with_the_versions_allowed()
    {
        var plan = cloud.Plan(model => model.Add(new ManagedDatabase("orders", new() { Version = "9.6" })));

        var finding = Assert.Single(plan.Findings, finding => finding.Severity == Severity.Error);
        Assert.Equal("orders", finding.Component);
        Assert.Contains("9.6", finding.Message, StringComparison.Ordinal);
        Assert.Contains("15, 16, 17", finding.Message, StringComparison.Ordinal);
        Assert.Empty(plan.Resources);
    }

    [Fact]
    public void A_consumer_without_a_link_may_nothing()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            Declare(model, DatabaseEngine.PostgreSql);
            model.Add(new ContainerService("stranger", new() { Port = 8080 }));
        });

        Assert.DoesNotContain(cloud.GrantsOf(plan, "stranger"), grant => grant.Contains("orders", StringComparison.Ordinal));
        Assert.Contains(cloud.GrantsOf(plan, "shop"), grant => grant.Contains("orders", StringComparison.Ordinal));
    }

    private static void Declare(Model model, DatabaseEngine engine)
    {
        var orders = model.Add(new ManagedDatabase("orders", new() { Engine = engine }));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders);
        model.Add(new ContainerService("report")).Reads(orders);
    }
}
