using Infra.Components.Placements;
using Infra.Rehearsals;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Clouds;

public sealed class GcpCloudTests
{
    [Fact]
    public void Familink_stands_on_Google_Cloud()
    {
        var system = new Familink();

        var plan = Rehearsal.Run(system, TestSettings.For(Cloud.Gcp, system: system));

        Assert.Equal("", plan.Errors());
        Assert.All(plan.Components, component => Assert.Equal(Cloud.Gcp, component.Cloud));
    }

    [Fact]
    public void Unknown_outputs_register_the_same_resources()
    {
        var system = new Familink();
        var settings = TestSettings.For(Cloud.Gcp, system: system);

        var known = Rehearsal.Run(system, settings);
        var unknown = Rehearsal.RunUnknown(system, settings);

        Assert.Equal("", unknown.Findings.Errors());
        Assert.Equal(known.Resources.Select(resource => resource.Urn).Concat(known.Components.Select(component => component.Urn)).Order(), unknown.Urns.Order());
    }
}
