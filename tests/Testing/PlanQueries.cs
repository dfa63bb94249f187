using System.Globalization;
using System.Text.Json;
using Infra.Components.Checks;
using Infra.Components.Identities;
using Infra.Components.Systems;
using Infra.Plans;
using Xunit;

namespace Infra.Tests.Testing;

/// <summary>Questions that tests ask a plan.</summary>
internal static class PlanQueries
{
    /// <summary>The resources of a type, such as <c>aws:s3/bucket:Bucket</c>.</summary>
    public static IReadOnlyList<PlannedResource> OfType(this Plan plan, string type) =>
        [.. plan.Resources.Where(resource => resource.Type == type)];

    /// <summary>The resources of a component, and of the identity of that name.</summary>
    public static IReadOnlyList<PlannedResource> Of(this Plan plan, string component) =>
        [.. plan.Resources.Where(resource => resource.Component == component)];

    /// <summary>The only resource of a type, or of a type and name; fails with what the plan holds instead.</summary>
    public static PlannedResource Only(this Plan plan, string type, string? name = null)
    {
        var found = plan.OfType(type).Where(resource => name is null || resource.Name == name).ToList();
        return found is [var only]
            ? only
            : throw new InvalidOperationException(
                $"{found.Count} resources are {type} {name}. The plan holds:\n"
                + $"{string.Join('\n', plan.Resources.Select(resource => $"{resource.Type} {resource.Name}"))}\n{plan.Errors()}");
    }

    /// <summary>The component of a name; of a service, not its identity, unless the kind says so.</summary>
    public static PlannedComponent Component(this Plan plan, string name, ComponentKind? kind = null) => plan.Components.Single(component =>
        component.Name == name && (kind is null ? component.Kind != ServiceIdentityKind.Instance : component.Kind == kind));

    /// <summary>
    /// An input by its path, such as <c>spec.ports[0].port</c>, as it reads in the plan; null when there is none. Objects and lists read as
    /// JSON.
    /// </summary>
    public static string? Input(this PlannedResource resource, string path) => Text(Find(resource.Inputs, path));

    /// <summary>An input that is JSON text, parsed; null when there is none.</summary>
    public static JsonElement? JsonInput(this PlannedResource resource, string path) =>
        resource.Input(path) is { } text ? JsonElement.Parse(text) : null;

    /// <summary>A part of a JSON value by its path; null when there is none.</summary>
    public static string? At(this JsonElement element, string path) => Text(Find(element, path));

    /// <summary>Whether an input uses an output of another resource.</summary>
    public static bool RefersTo(this PlannedResource resource, PlannedResource target, string? path = null) =>
        resource.References.Any(reference => reference.To == target.Urn && (path is null || reference.Path == path));

    /// <summary>
    /// Whether a resource is made only when another one is there: it waits for it or uses its outputs, or something between does.
    /// </summary>
    public static bool ComesAfter(this Plan plan, PlannedResource resource, PlannedResource other)
    {
        var resources = plan.Resources.ToDictionary(candidate => candidate.Urn);
        var known = new HashSet<string>();
        var open = new Stack<PlannedResource>([resource]);
        while (open.TryPop(out var next))
        {
            foreach (var urn in next.DependsOn.Concat(next.References.Select(reference => reference.To)))
            {
                if (urn == other.Urn) return true;
                if (known.Add(urn) && resources.TryGetValue(urn, out var before)) open.Push(before);
            }
        }

        return false;
    }

    /// <summary>The same plan, with nothing wrong; otherwise the test fails and shows what is.</summary>
    public static Plan WithoutErrors(this Plan plan)
    {
        Assert.True(plan.Errors().Length == 0, plan.Errors());
        return plan;
    }

    /// <summary>The only error of a plan.</summary>
    public static Finding OnlyError(this Plan plan) => Assert.Single(plan.Findings, finding => finding.Severity == Severity.Error);

    /// <summary>
    /// The errors as text, one per line; empty when there are none. Compare it with <c>""</c>: a failing test then shows them.
    /// </summary>
    public static string Errors(this Plan plan) => plan.Findings.Errors();

    /// <summary>The errors as text, one per line.</summary>
    public static string Errors(this IEnumerable<Finding> findings) => string.Join(
        '\n',
        findings
            .Where(finding => finding.Severity == Severity.Error)
            .Select(finding => $"{finding.Rule.Id} {finding.Component}: {finding.Message}"));

    private static JsonElement? Find(JsonElement element, string path)
    {
        foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step[0] == '[')
            {
                var index = int.Parse(step.AsSpan(1, step.Length - 2), CultureInfo.InvariantCulture);
                if (element.ValueKind != JsonValueKind.Array || index >= element.GetArrayLength()) return null;
                element = element[index];
            }
            else if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element))
            {
                return null;
            }
        }

        return element;
    }

    private static string? Text(JsonElement? element) => element is { } found ? found.ToString() : null;
}
