using Infra.Components.Caches;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Caches;

/// <summary>What a cache promises on every cloud beside what every store does. Where a cloud does not keep it, its gaps say so.</summary>
public abstract class CacheContract(CloudFixture cloud)
{
    [Fact]
    public void Its_consumers_must_use_TLS()
    {
        var plan = cloud.PlanWithoutErrors(model =>
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new Cache("sessions"))));

        var variables = cloud.VariablesOf(plan, "shop");
        Assert.Contains(
            variables["SESSIONS_TLS_MODE"].Value,
            CacheKind.Instance.ConnectionKeys.Single(key => key.Name == "TLS_MODE").Words);
    }

    [Fact]
    public void It_has_a_replica_in_production_only_or_the_cloud_says_that_it_cannot()
    {
        var production = cloud.PlanWithoutErrors(model => model.Add(new Cache("sessions")));
        var staging = cloud.PlanWithoutErrors(model => model.Add(new Cache("sessions")), EnvironmentKind.Staging);
        var gap = GapIn("high availability");

        Assert.Equal(gap is null, cloud.IsHighlyAvailable(production, "sessions"));
        Assert.Equal(
            gap is not null,
            production.Findings.Any(finding => finding.Component == "sessions" && finding.Rule.Id == gap?.Rule!.Id));
        Assert.False(cloud.IsHighlyAvailable(staging, "sessions"));
    }

    [Fact]
    public void Every_size_and_eviction_plans_or_the_cloud_says_which_it_has()
    {
        var largest = GapIn("caches above 16 GiB") is null ? Size.XXLarge : Size.Large;
        foreach (var size in Enum.GetValues<Size>())
        {
            var plan = cloud.Plan(model => model.Add(new Cache("sessions", new() { Size = size })));
            var refusals = plan.Findings.Where(finding => finding is { Severity: Severity.Error, Component: "sessions" });
            Assert.Equal(size > largest, refusals.Any(refusal => refusal.Message.Contains(largest.ToString(), StringComparison.Ordinal)));
            Assert.Equal(size > largest, plan.HasErrors);
        }

        foreach (var eviction in Enum.GetValues<Eviction>())
        {
            cloud.PlanWithoutErrors(model => model.Add(new Cache("sessions", new() { Eviction = eviction })));
        }
    }

    private Gap? GapIn(string promise) =>
        CloudIndex.Of(cloud.Cloud).Find(CacheKind.Instance)!.Gaps.SingleOrDefault(gap => gap.Promise == promise);
}
