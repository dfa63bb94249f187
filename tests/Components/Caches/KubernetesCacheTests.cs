using Infra.Components.Caches;
using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Caches;

public sealed class KubernetesCacheTests
{
    private const string Release = "kubernetes:helm.sh/v3:Release";

    [Fact]
    public void It_speaks_tls_only_and_asks_everyone_for_a_login()
    {
        var release = KubernetesPlans.Good(model => model.Add(new Cache("sessions"))).Only(Release, "sessions");

        Assert.Equal("true", release.Input("values.tls.enabled"), ignoreCase: true);
        Assert.Equal("true", release.Input("values.auth.enabled"), ignoreCase: true);
        Assert.Equal("-@all +ping", release.Input("values.auth.aclUsers.default.permissions"));
    }

    [Fact]
    public void Readers_and_writers_have_different_logins()
    {
        var plan = KubernetesPlans.Good(model =>
        {
            var sessions = model.Add(new Cache("sessions"));
            model.Add(new ContainerService("shop")).Writes(sessions);
            model.Add(new ContainerService("report")).Reads(sessions);
        });

        Assert.Equal("writer", plan.Only("kubernetes:apps/v1:Deployment", "shop").VariablesOf()["SESSIONS_USERNAME"]);
        Assert.Equal("reader", plan.Only("kubernetes:apps/v1:Deployment", "report").VariablesOf()["SESSIONS_USERNAME"]);
        Assert.DoesNotContain(
            "+@write",
            plan.Only(Release, "sessions").Input("values.auth.aclUsers.reader.permissions"),
            StringComparison.Ordinal);
    }

    // Rules are read from left to right, and INFO is among the dangerous commands.
    [Theory]
    [InlineData("reader")]
    [InlineData("writer")]
    public void Everyone_may_ask_how_it_is(string login)
    {
        var permissions = KubernetesPlans.Good(model => model.Add(new Cache("sessions")))
            .Only(Release, "sessions")
            .Input($"values.auth.aclUsers.{login}.permissions")!
            .Split(' ');

        Assert.True(Array.LastIndexOf(permissions, "+info") > Array.LastIndexOf(permissions, "-@dangerous"));
    }

    [Fact]
    public void What_no_volume_can_change_takes_a_new_cache_that_production_refuses()
    {
        var options = RegisteredOptions.Of(Cloud.Kubernetes, Release, model => model.Add(new Cache("sessions")))["sessions"];

        Assert.Equal(["values.replica", "values.dataStorage.className"], options.ReplaceOnChanges);
        Assert.True(options.DeleteBeforeReplace);
        Assert.True(options.Protect);
        Assert.Equal(
            "Delete",
            KubernetesPlans.Good(model => model.Add(new Cache("sessions")))
                .Only(Release, "sessions")
                .Input("values.replica.persistentVolumeClaimRetentionPolicy.whenDeleted"));
    }

    [Fact]
    public void Consumers_that_share_a_login_are_told_so()
    {
        var plan = KubernetesPlans.Good(model =>
        {
            var sessions = model.Add(new Cache("sessions"));
            model.Add(new ContainerService("shop")).Writes(sessions);
            model.Add(new ContainerService("worker")).Writes(sessions);
        });

        Assert.Contains(
            "shop, worker",
            Assert.Single(plan.Findings, finding => finding.Rule.Id == "cache-login").Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_replica_that_does_not_take_over_is_reported()
    {
        var production = KubernetesPlans.Good(model => model.Add(new Cache("sessions")));
        var staging = KubernetesPlans.Good(model => model.Add(new Cache("sessions")), EnvironmentKind.Staging);

        Assert.Equal("1", production.Only(Release, "sessions").Input("values.replica.replicas"));
        Assert.Contains(production.Findings, finding => finding.Rule.Id == "cache-high-availability");
        Assert.Null(staging.Only(Release, "sessions").Input("values.replica"));
        Assert.DoesNotContain(staging.Findings, finding => finding.Rule.Id == "cache-high-availability");
    }

    [Fact]
    public void It_forgets_what_it_is_told_to_when_its_promised_memory_is_full()
    {
        var release = KubernetesPlans.Good(model =>
            model.Add(new Cache("sessions", new() { Size = Size.Medium, Eviction = Eviction.None }))).Only(Release, "sessions");

        Assert.Contains("maxmemory 6144mb", release.Input("values.valkeyConfig"), StringComparison.Ordinal);
        Assert.Contains("maxmemory-policy noeviction", release.Input("values.valkeyConfig"), StringComparison.Ordinal);
        Assert.Equal("7680Mi", release.Input("values.resources.limits.memory"));
    }

    [Fact]
    public void Its_address_is_known_before_it_is_built()
    {
        var plan = KubernetesPlans.Good(model => model.Add(new Cache("sessions")));

        Assert.Equal("sessions.sample-production.svc.cluster.local", plan.Component("sessions").Outputs.At("host"));
        Assert.Equal("sessions", plan.Only(Release, "sessions").Input("values.fullnameOverride"));
    }
}
