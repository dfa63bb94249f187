using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Composition;
using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>What a managed database promises on every cloud beside what every store does.</summary>
public abstract class ManagedDatabaseContract(CloudFixture cloud)
{
    // Which input says when it is maintained, what it says of Wednesday at 22 o'clock, and the rule of what a cloud does not keep of it.
    private static readonly Dictionary<Cloud, (string? Input, string? Chosen, string? Rule)> Maintained = new()
    {
        [Cloud.Aws] = ("maintenanceWindow", "wed:22:00-wed:23:00", null),
        [Cloud.Gcp] = ("settings.maintenanceWindow", """{"day":3,"hour":22,"updateTrack":"stable"}""", null),
        [Cloud.Scaleway] = (null, null, "scaleway-database-maintenance"),
        [Cloud.Ovh] = ("maintenanceTime", "22:00:00", "ovh-managed-database-maintenance-day"),
        [Cloud.Kubernetes] = (null, null, "kubernetes-database-maintenance"),
    };

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
        Assert.InRange(
            cloud.BackupDays(
                cloud.PlanWithoutErrors(model => model.Add(new ManagedDatabase("orders", new() { BackupDays = 21 }))),
                "orders"),
            21,
            35);

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
    public void An_extension_is_made_by_the_administrator_with_what_it_requires_before_any_consumer_starts()
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new ContainerService("shop")).Writes(
            model.Add(new ManagedDatabase("orders", new() { Extensions = ["vector", "earthdistance"] }))));

        var script = cloud.GrantScriptOf(plan, "orders");
        Assert.Equal(
            ["cube", "earthdistance", "vector"],
            script.Split('\n')
                .Where(line => line.StartsWith("CREATE EXTENSION IF NOT EXISTS", StringComparison.Ordinal))
                .Select(line => line.Split('"')[1]));
    }

    [Fact]
    public void An_extension_that_the_cloud_lacks_is_refused_with_the_clouds_that_have_it()
    {
        foreach (var extension in new[] { "hll", "lo", "postgis_raster", "seg" })
        {
            var plan = cloud.Plan(model => model.Add(new ManagedDatabase("orders", new() { Extensions = [extension] })));
            var finding = plan.Findings.SingleOrDefault(finding => finding.Rule.Id == "database-extensions");
            var gap = CloudIndex.Of(cloud.Cloud).Find(ManagedDatabaseKind.Instance)!.Gaps
                .SingleOrDefault(gap => gap.Rule?.Id == "database-extensions");

            Assert.Equal(finding is not null, gap?.Remark.Contains(extension, StringComparison.Ordinal) == true);
            if (finding is null) continue;
            Assert.Contains($"'{extension}'", finding.Message, StringComparison.Ordinal);
            Assert.Contains("or place 'orders' on aws", finding.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql, "deadlock_timeout", "2000")]
    [InlineData(DatabaseEngine.MySql, "max_allowed_packet", "134217728")]
    public void A_parameter_reaches_the_server_in_the_units_that_its_cloud_counts_in(DatabaseEngine engine, string name, string value)
    {
        var parameters = new Dictionary<string, string> { [name] = value };
        var plan = cloud.PlanWithoutErrors(model =>
            model.Add(new ManagedDatabase("orders", new() { Engine = engine, Parameters = parameters })));

        // Scaleway counts packets in MiB.
        Assert.Contains(cloud.ParametersOf(plan, "orders"), set => set.Name == name && set.Value == value
            || (cloud.Cloud, set.Name, set.Value) == (Cloud.Scaleway, "max_allowed_packet", "128"));
    }

    [Fact]
    public void A_parameter_that_the_cloud_does_not_let_one_set_is_refused_with_the_clouds_that_do()
    {
        foreach (var parameter in DatabaseParameters.Of(DatabaseEngine.PostgreSql))
        {
            var value = string.Create(CultureInfo.InvariantCulture, $"{Math.Min(parameter.Maximum, 1 << 20)}");
            var plan = cloud.Plan(model => model.Add(
                new ManagedDatabase("orders", new() { Parameters = new Dictionary<string, string> { [parameter.Name] = value } })));
            var gap = CloudIndex.Of(cloud.Cloud).Find(ManagedDatabaseKind.Instance)!.Gaps
                .SingleOrDefault(gap => gap.Rule?.Id == "database-parameters");
            var lacks = plan.Findings.SingleOrDefault(finding =>
                finding.Rule.Id == "database-parameters" && finding.Message.Contains("cannot be set on", StringComparison.Ordinal));

            Assert.Equal(lacks is not null, gap?.Remark.Contains(parameter.Name, StringComparison.Ordinal) == true);
            if (lacks is not null) Assert.Contains("or place 'orders' on aws", lacks.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void It_is_maintained_in_the_hour_that_was_chosen_or_a_finding_says_what_happens_instead(DatabaseEngine engine)
    {
        var window = new MaintenanceWindow { Day = Weekday.Wednesday, Hour = 22 };
        var plan = cloud.PlanWithoutErrors(model =>
            model.Add(new ManagedDatabase("orders", new() { Engine = engine, MaintenanceWindow = window })));
        var (input, chosen, rule) = Maintained[cloud.Cloud];

        if (input is not null) Assert.Equal(chosen, cloud.StoreOf(plan, "orders").Input(input));
        Assert.Equal(
            rule is null ? [] : [rule],
            plan.Findings
                .Select(finding => finding.Rule.Id)
                .Where(id => id.Contains("-maintenance", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_hour_that_no_day_has_is_refused()
    {
        var plan = cloud.Plan(model =>
            model.Add(new ManagedDatabase("orders", new() { MaintenanceWindow = new() { Hour = 24 } })));

        Assert.Contains("24", plan.OnlyError().Message, StringComparison.Ordinal);
    }

    private static void Declare(Model model, DatabaseEngine engine)
    {
        var orders = model.Add(new ManagedDatabase("orders", new() { Engine = engine }));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders);
        model.Add(new ContainerService("report")).Reads(orders);
    }
}
