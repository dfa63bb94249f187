using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;

namespace Infra.Tests.Testing;

/// <summary>Plans on Google Cloud.</summary>
internal static class GcpPlans
{
    /// <summary>Plans what a test declares.</summary>
    public static Plan Plan(
        Action<Model> declare,
        EnvironmentKind environment = EnvironmentKind.Production,
        Func<StackSettings, StackSettings>? settings = null) =>
        TestSystems.Plan(Cloud.Gcp, declare, environment, settings);

    /// <summary>Plans, and demands that nothing is wrong.</summary>
    public static Plan Good(
        Action<Model> declare,
        EnvironmentKind environment = EnvironmentKind.Production,
        Func<StackSettings, StackSettings>? settings = null) =>
        Plan(declare, environment, settings).WithoutErrors();

    /// <summary>The only error of a plan.</summary>
    public static Finding Refusal(Action<Model> declare, Func<StackSettings, StackSettings>? settings = null) =>
        Plan(declare, settings: settings).OnlyError();

    /// <summary>Settings with one component on another cloud.</summary>
    public static Func<StackSettings, StackSettings> Placing(string component, Cloud cloud) =>
        settings => settings with { Placement = new Dictionary<string, Cloud> { [component] = cloud } };
}
