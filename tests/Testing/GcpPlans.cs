using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Xunit;

namespace Infra.Tests.Testing;

/// <summary>Plans on Google Cloud.</summary>
internal static class GcpPlans
{
    /// <summary>Plans what a test declares.</summary>
    public static Plan Plan(Action<Model> declare, EnvironmentKind environment = EnvironmentKind.Production, Func<StackSettings, StackSettings>? settings = null)
    {
        var system = TestSystems.Declare(declare);
        var complete = TestSettings.For(Cloud.Gcp, environment, system);
        return Rehearsal.Run(system, settings is null ? complete : settings(complete));
    }

    /// <summary>Plans, and demands that nothing is wrong.</summary>
    public static Plan Good(Action<Model> declare, EnvironmentKind environment = EnvironmentKind.Production, Func<StackSettings, StackSettings>? settings = null)
    {
        var plan = Plan(declare, environment, settings);
        Assert.Equal("", plan.Errors());
        return plan;
    }

    /// <summary>The only error of a plan.</summary>
    public static Finding Refusal(Action<Model> declare, Func<StackSettings, StackSettings>? settings = null) =>
        Assert.Single(Plan(declare, settings: settings).Findings, finding => finding.Severity == Severity.Error);

    /// <summary>Settings with one component on another cloud.</summary>
    public static Func<StackSettings, StackSettings> Placing(string component, Cloud cloud) =>
        settings => settings with { Placement = new Dictionary<string, Cloud> { [component] = cloud } };
}
