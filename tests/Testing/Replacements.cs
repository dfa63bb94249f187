using System.Text.Json;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Facts;
using Infra.Plans;
using Infra.Rehearsals;

namespace Infra.Tests.Testing;

/// <summary>
/// What a changed declaration replaces of what is deployed, as far as the facts of resource types and their options tell.
/// </summary>
internal static class Replacements
{
    /// <summary>The resources of a declaration that another one changes so that the provider, or an option, makes new ones.</summary>
    public static IReadOnlyList<Replacement> Of(
        Cloud cloud,
        Action<Model> before,
        Action<Model> after,
        EnvironmentKind environment = EnvironmentKind.Production,
        Func<StackSettings, StackSettings>? change = null)
    {
        var deployed = Plan(before).ToDictionary(resource => resource.Urn);
        return
        [
            .. from resource in Plan(after)
               where deployed.ContainsKey(resource.Urn)
               let forcing = Changed(deployed[resource.Urn].Inputs, resource.Inputs).Where(path => Forces(resource, path)).ToList()
               where forcing.Count > 0
               select new Replacement(resource, forcing),
        ];

        IReadOnlyList<PlannedResource> Plan(Action<Model> declare)
        {
            var system = TestSystems.Declare(declare);
            var settings = Fixtures.Of(cloud).SettingsFor(system, environment);
            return Rehearsal.Run(system, change is null ? settings : change(settings)).WithoutErrors().Resources;
        }
    }

    private static bool Forces(PlannedResource resource, string path) =>
        !resource.IgnoreChanges.Any(ignored => Holds(ignored, path))
        && (resource.ReplaceOnChanges.Any(replacing => Holds(replacing, path))
            || FactTables.Of(resource.Type)?.Replaces.Of(path)
                is { When: When.Changed or When.Exchanged or When.Narrowed or When.Sometimes });

    private static bool Holds(string outer, string path) =>
        path.StartsWith(outer, StringComparison.Ordinal) && (path.Length == outer.Length || path[outer.Length] is '.' or '[');

    // Elements of lists one by one, as facts speak of them.
    private static IEnumerable<string> Changed(JsonElement before, JsonElement after, string path = "")
    {
        if (before.ToString() == after.ToString()) yield break;
        if (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object)
        {
            var names = before.EnumerateObject().Concat(after.EnumerateObject()).Select(property => property.Name).Distinct();
            foreach (var name in names)
            {
                var at = path.Length == 0 ? name : $"{path}.{name}";
                foreach (var inner in Changed(Member(before, name), Member(after, name), at)) yield return inner;
            }
        }
        else if (before.ValueKind == JsonValueKind.Array && after.ValueKind == JsonValueKind.Array)
        {
            for (var index = 0; index < Math.Max(before.GetArrayLength(), after.GetArrayLength()); index++)
            {
                foreach (var inner in Changed(Element(before, index), Element(after, index), $"{path}[{index}]")) yield return inner;
            }
        }
        else
        {
            yield return path;
        }
    }

    private static JsonElement Member(JsonElement element, string name) => element.TryGetProperty(name, out var found) ? found : default;

    private static JsonElement Element(JsonElement element, int index) => index < element.GetArrayLength() ? element[index] : default;
}

/// <summary>A resource that is replaced.</summary>
/// <param name="Resource">The new one.</param>
/// <param name="Properties">The properties whose change makes it.</param>
internal sealed record Replacement(PlannedResource Resource, IReadOnlyList<string> Properties);
