using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;

namespace Infra.Tests.Testing;

/// <summary>Plans on Scaleway.</summary>
internal static class ScalewayPlans
{
    /// <summary>The plan of what is declared; with an error in it the test fails.</summary>
    public static Plan Of(
        Action<Model> declare,
        EnvironmentKind environment = EnvironmentKind.Production,
        Func<StackSettings, StackSettings>? settings = null) =>
        Try(declare, environment, settings).WithoutErrors();

    /// <summary>The plan of what is declared, whatever is wrong with it.</summary>
    public static Plan Try(
        Action<Model> declare,
        EnvironmentKind environment = EnvironmentKind.Production,
        Func<StackSettings, StackSettings>? settings = null) =>
        TestSystems.Plan(Cloud.Scaleway, declare, environment, settings);

    /// <summary>The only error of a plan.</summary>
    public static string OnlyError(
        Action<Model> declare,
        EnvironmentKind environment = EnvironmentKind.Production,
        Func<StackSettings, StackSettings>? settings = null) =>
        new[] { Try(declare, environment, settings).OnlyError() }.Errors();
}
