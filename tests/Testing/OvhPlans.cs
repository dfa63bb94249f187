using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Xunit;

namespace Infra.Tests.Testing;

/// <summary>Plans on OVHcloud, in Paris unless a test says otherwise.</summary>
internal static class OvhPlans
{
    /// <summary>A place with a single zone.</summary>
    public const string SingleZone = "gravelines";

    /// <summary>Plans what a test declares.</summary>
    public static Plan Plan(
        Action<Model> declare,
        EnvironmentKind environment = EnvironmentKind.Production,
        string place = "paris",
        Func<StackSettings, StackSettings>? settings = null)
    {
        var system = TestSystems.Declare(declare);
        var given = TestSettings.For(Cloud.Ovh, environment, system) with { Location = Location.All.Single(location => location.Name == place) };
        return Rehearsal.Run(system, settings is null ? given : settings(given));
    }

    /// <summary>Plans, and demands that nothing is wrong.</summary>
    public static Plan Good(Action<Model> declare, EnvironmentKind environment = EnvironmentKind.Production, string place = "paris", Func<StackSettings, StackSettings>? settings = null)
    {
        var plan = Plan(declare, environment, place, settings);
        Assert.Equal("", plan.Errors());
        return plan;
    }

    /// <summary>The message of the only error.</summary>
    public static string OnlyError(Action<Model> declare, EnvironmentKind environment = EnvironmentKind.Production, string place = "paris", Func<StackSettings, StackSettings>? settings = null) =>
        Assert.Single(Plan(declare, environment, place, settings).Findings, finding => finding.Severity == Severity.Error).Message;
}
