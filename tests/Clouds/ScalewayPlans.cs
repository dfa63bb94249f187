using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Clouds;

/// <summary>Plans on Scaleway.</summary>
internal static class ScalewayPlans
{
    /// <summary>The plan of what is declared; with an error in it the test fails.</summary>
    public static Plan Of(Action<Model> declare, EnvironmentKind environment = EnvironmentKind.Production, Func<StackSettings, StackSettings>? settings = null)
    {
        var plan = Try(declare, environment, settings);
        Assert.True(plan.Errors().Length == 0, plan.Errors());
        return plan;
    }

    /// <summary>The plan of what is declared, whatever is wrong with it.</summary>
    public static Plan Try(Action<Model> declare, EnvironmentKind environment = EnvironmentKind.Production, Func<StackSettings, StackSettings>? settings = null)
    {
        var system = TestSystems.Declare(declare);
        var defaults = TestSettings.For(Cloud.Scaleway, environment, system);
        return Rehearsal.Run(system, settings is null ? defaults : settings(defaults));
    }

    /// <summary>The only error of a plan.</summary>
    public static string OnlyError(Action<Model> declare, EnvironmentKind environment = EnvironmentKind.Production, Func<StackSettings, StackSettings>? settings = null)
    {
        var errors = Try(declare, environment, settings).Errors();
        Assert.NotEmpty(errors);
        Assert.DoesNotContain('\n', errors);
        return errors;
    }
}
