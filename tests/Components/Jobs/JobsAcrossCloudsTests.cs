using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Jobs;

/// <summary>Services wait for the jobs that prepare their database wherever the two stand.</summary>
public sealed class JobsAcrossCloudsTests
{
    [Theory]
    [MemberData(nameof(CloudPairs.All), MemberType = typeof(CloudPairs))]
    public void A_service_on_another_cloud_starts_when_the_job_has_succeeded(Cloud home, Cloud abroad)
    {
        var plan = Plan(home, abroad, "shop");

        Assert.True(plan.ComesAfter(Fixtures.Of(abroad).StartOf(plan, "shop"), Fixtures.Of(home).RunOf(plan, "schema")));
    }

    [Theory]
    [MemberData(nameof(CloudPairs.All), MemberType = typeof(CloudPairs))]
    public void A_service_at_home_starts_when_a_job_on_another_cloud_has_succeeded(Cloud home, Cloud abroad)
    {
        var plan = Plan(home, abroad, "schema");

        Assert.True(plan.ComesAfter(Fixtures.Of(home).StartOf(plan, "shop"), Fixtures.Of(abroad).RunOf(plan, "schema")));
    }

    // The database stands at home, and so does whoever is not named.
    private static Plan Plan(Cloud home, Cloud abroad, string emigrant)
    {
        var system = TestSystems.Declare(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new Job("schema")).Writes(orders);
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders);
        });
        var settings = Fixtures.Of(home).SettingsFor(system, EnvironmentKind.Production);
        var settingsAbroad = Fixtures.Of(abroad).SettingsFor(system, EnvironmentKind.Production);
        return Rehearsal.Run(system, settings with
        {
            Location = Location.All.Single(location => location.Name == "paris"),
            Placement = new Dictionary<string, Cloud> { [emigrant] = abroad },
            Accounts = home == Cloud.Kubernetes ? settings.Accounts : settingsAbroad.Accounts,
        }).WithoutErrors();
    }
}
