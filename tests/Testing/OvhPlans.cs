using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;

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
        Func<StackSettings, StackSettings>? settings = null) => TestSystems.Plan(Cloud.Ovh, declare, environment, defaults =>
        {
            var given = defaults with { Location = Location.All.Single(location => location.Name == place) };
            return settings is null ? given : settings(given);
        });

    /// <summary>Plans, and demands that nothing is wrong.</summary>
    public static Plan Good(
        Action<Model> declare,
        EnvironmentKind environment = EnvironmentKind.Production,
        string place = "paris",
        Func<StackSettings, StackSettings>? settings = null) =>
        Plan(declare, environment, place, settings).WithoutErrors();

    /// <summary>The message of the only error.</summary>
    public static string OnlyError(
        Action<Model> declare,
        EnvironmentKind environment = EnvironmentKind.Production,
        string place = "paris",
        Func<StackSettings, StackSettings>? settings = null) =>
        Plan(declare, environment, place, settings).OnlyError().Message;
}
