using System.Text.Json;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;

namespace Infra.Tests.Testing;

/// <summary>Plans on AWS.</summary>
internal static class AwsPlans
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
        TestSystems.Plan(Cloud.Aws, declare, environment, settings);

    /// <summary>The only error of a plan.</summary>
    public static string OnlyError(
        Action<Model> declare,
        EnvironmentKind environment = EnvironmentKind.Production,
        Func<StackSettings, StackSettings>? settings = null) =>
        new[] { Try(declare, environment, settings).OnlyError() }.Errors();

    /// <summary>The container of a task definition.</summary>
    public static JsonElement Container(this Plan plan, string task) =>
        plan.Only("aws:ecs/taskDefinition:TaskDefinition", task).JsonInput("containerDefinitions")!.Value[0];

    /// <summary>The statements of a policy, a line each.</summary>
    public static IReadOnlyList<string> Statements(this PlannedResource policy) => [.. policy.JsonInput("policy")!.Value
        .GetProperty("Statement")
        .EnumerateArray()
        .Select(statement =>
            $"{statement.GetProperty("Effect")} {string.Join(" ", Texts(statement.GetProperty("Action")))} on "
            + $"{string.Join(" ", Texts(statement.GetProperty("Resource")))}")];

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(text => text.GetString());
}
