using System.Text.Json;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Xunit;

namespace Infra.Tests.Testing;

/// <summary>Plans on AWS.</summary>
internal static class AwsPlans
{
    /// <summary>The plan of what is declared; with an error in it the test fails.</summary>
    public static Plan Of(Action<Model> declare, EnvironmentKind environment = EnvironmentKind.Production, Func<StackSettings, StackSettings>? settings = null)
    {
        var plan = Try(declare, environment, settings);
        Assert.Equal("", plan.Errors());
        return plan;
    }

    /// <summary>The plan of what is declared, whatever is wrong with it.</summary>
    public static Plan Try(Action<Model> declare, EnvironmentKind environment = EnvironmentKind.Production, Func<StackSettings, StackSettings>? settings = null)
    {
        var system = TestSystems.Declare(declare);
        var defaults = TestSettings.For(Cloud.Aws, environment, system);
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

    /// <summary>The container of a task definition.</summary>
    public static JsonElement Container(this Plan plan, string task) =>
        plan.Only("aws:ecs/taskDefinition:TaskDefinition", task).JsonInput("containerDefinitions")!.Value[0];

    /// <summary>The statements of a policy, a line each.</summary>
    public static IReadOnlyList<string> Statements(this PlannedResource policy) => [.. policy.JsonInput("policy")!.Value
        .GetProperty("Statement")
        .EnumerateArray()
        .Select(statement => $"{statement.GetProperty("Effect")} {string.Join(" ", Texts(statement.GetProperty("Action")))} on {string.Join(" ", Texts(statement.GetProperty("Resource")))}")];

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(text => text.GetString());
}
