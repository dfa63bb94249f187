using Infra.Components.Caches;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Caches;

/// <summary>What a cache promises on every cloud. A cloud whose cache has no replica that takes over, no encryption at rest or no large sizes says so.</summary>
public abstract class CacheContract(CloudFixture cloud, bool replicaTakesOver, bool isEncryptedAtRest = true, Size largest = Size.XXLarge)
{
    private static readonly string[] Keys = ["HOST", "PORT", "USERNAME", "PASSWORD", "CA", "TLS_MODE", "URL"];

    protected CloudFixture Cloud => cloud;

    [Fact]
    public void Its_host_and_port_are_known()
    {
        var outputs = cloud.PlanWithoutErrors(model => model.Add(new Cache("sessions"))).Component("sessions", ComponentKind.Cache).Outputs;

        Assert.All(["host", "port"], key => Assert.NotEmpty(outputs.At(key)!));
    }

    [Fact]
    public void Its_consumers_see_the_same_variables_everywhere()
    {
        var variables = cloud.VariablesOf(cloud.PlanWithoutErrors(Declare), "shop");

        Assert.Equal(Keys.Select(key => "SESSIONS_" + key).Order(), variables.Keys.Where(name => name.StartsWith("SESSIONS_", StringComparison.Ordinal)).Order());
        Assert.Equal(["SESSIONS_PASSWORD", "SESSIONS_URL"], variables.Where(variable => variable.Value.IsSecret).Select(variable => variable.Key).Order());
        Assert.Equal("require", variables["SESSIONS_TLS_MODE"].Value);
    }

    [Fact]
    public void It_does_not_change_when_a_consumer_comes_or_goes()
    {
        var alone = cloud.PlanWithoutErrors(model => model.Add(new Cache("sessions")));
        var used = cloud.PlanWithoutErrors(Declare);

        Assert.Equal(
            alone.Resources.Where(resource => resource.Component == "sessions").Select(resource => $"{resource.Urn} {resource.Inputs}"),
            used.Resources.Where(resource => resource.Component == "sessions").Select(resource => $"{resource.Urn} {resource.Inputs}"));
    }

    [Fact]
    public void It_is_encrypted_where_it_lies_and_on_the_way()
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new Cache("sessions")));

        Assert.Equal(isEncryptedAtRest, cloud.IsEncryptedAtRest(plan, "sessions"));
        Assert.Equal(!isEncryptedAtRest, plan.Findings.Any(finding => finding.Component == "sessions" && finding.Rule.EndsWith("-encryption", StringComparison.Ordinal)));
        Assert.True(cloud.RefusesPlainText(plan, "sessions"));
    }

    [Fact]
    public void It_is_protected_against_deletion_in_production_only()
    {
        Assert.True(cloud.StoreOf(cloud.PlanWithoutErrors(model => model.Add(new Cache("sessions"))), "sessions").Protect);
        Assert.False(cloud.StoreOf(cloud.PlanWithoutErrors(model => model.Add(new Cache("sessions")), EnvironmentKind.Preview), "sessions").Protect);
    }

    [Fact]
    public void It_has_a_replica_in_production_only_or_the_cloud_says_that_it_cannot()
    {
        var production = cloud.PlanWithoutErrors(model => model.Add(new Cache("sessions")));

        Assert.Equal(replicaTakesOver, cloud.IsHighlyAvailable(production, "sessions"));
        if (!replicaTakesOver) Assert.Contains(production.Findings, finding => finding is { Severity: Severity.Warning, Component: "sessions" });
        Assert.False(cloud.IsHighlyAvailable(cloud.PlanWithoutErrors(model => model.Add(new Cache("sessions")), EnvironmentKind.Staging), "sessions"));
    }

    [Fact]
    public void Every_size_and_eviction_plans_or_the_cloud_says_which_it_has()
    {
        foreach (var size in Enum.GetValues<Size>())
        {
            var plan = cloud.Plan(model => model.Add(new Cache("sessions", new() { Size = size })));
            Assert.Equal(size > largest, plan.Findings.Any(finding => finding is { Severity: Severity.Error, Component: "sessions" } && finding.Message.Contains(largest.ToString(), StringComparison.Ordinal)));
            Assert.Equal(size > largest, plan.HasErrors);
        }

        foreach (var eviction in Enum.GetValues<Eviction>()) cloud.PlanWithoutErrors(model => model.Add(new Cache("sessions", new() { Eviction = eviction })));
    }

    [Fact]
    public void A_consumer_without_a_link_may_nothing()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            Declare(model);
            model.Add(new ContainerService("stranger", new() { Port = 8080 }));
        });

        Assert.DoesNotContain(cloud.GrantsOf(plan, "stranger"), grant => grant.Contains("sessions", StringComparison.Ordinal));
        Assert.Contains(cloud.GrantsOf(plan, "shop"), grant => grant.Contains("sessions", StringComparison.Ordinal));
    }

    private static void Declare(Model model)
    {
        var sessions = model.Add(new Cache("sessions"));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(sessions);
        model.Add(new ContainerService("report")).Reads(sessions);
    }
}
