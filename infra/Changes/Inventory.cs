using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Infra.Components.Systems;
using Infra.Facts;
using Infra.Plans;
using Infra.Rehearsals;

namespace Infra.Changes;

/// <summary>
/// What a stack holds that an update could take away: stores, networks, everything that is protected, and the arguments that name what is
/// written to. Of each resource it has the inputs that its provider or its cloud does not change, and nothing else. The stack exports it,
/// so that the next update can compare; it holds no secret value.
/// </summary>
internal static class Inventory
{
    /// <summary>The inventory of a plan: for each component that has one, the end of its URN and a JSON text.</summary>
    public static ImmutableDictionary<string, string> Of(Plan plan)
    {
        var prefix = Prefix(plan.Stack);
        var held = plan.Resources.Where(IsHeld).ToLookup(resource => resource.ComponentUrn);
        return plan.Components
            .DistinctBy(component => component.Urn)
            .Select(component => (component.Urn, Text: Text(component, [.. held[component.Urn]], prefix)))
            .Where(entry => entry.Text is not null)
            .ToImmutableDictionary(entry => entry.Urn[prefix.Length..], entry => entry.Text!);
    }

    /// <summary>
    /// What deploying a plan does to what an inventory holds. Components that are new, that go, or that stand on another cloud are not
    /// compared; nor is what this program cannot read.
    /// </summary>
    public static PlanChanges Compare(IReadOnlyDictionary<string, string> deployed, Plan plan)
    {
        var (before, after) = (Read(deployed, plan), Read(Of(plan), plan));
        var known = before.Components.Select(component => component.Urn).ToHashSet();
        return Comparison.Of(before, after with
        {
            Components = [.. after.Components.Where(component => known.Contains(component.Urn))],
            Resources = [.. after.Resources.Where(resource => known.Contains(resource.Parent!))],
        });
    }

    // Names are cut where they are the same for all.
    private static string Prefix(string stack) => $"urn:pulumi:{stack}::{Rehearsal.Project}::";

    private static bool IsHeld(PlannedResource resource) =>
        resource is { IsCustom: true, IsRegistered: true, IsProvider: false }
        && (resource.Protect || FactTables.Of(resource.Type)?.LastingWith(resource.Inputs) is Lasting.Data or Lasting.Place);

    private static string? Text(PlannedComponent component, IReadOnlyList<PlannedResource> held, string prefix)
    {
        var arguments = component.Kind.LastingArguments
            .Concat(component.Kind.RisingArguments)
            .Where(name => component.Arguments.TryGetProperty(name, out _))
            .ToList();
        if (held.Count == 0 && arguments.Count == 0) return null;
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("arguments");
            foreach (var name in arguments)
            {
                json.WritePropertyName(name);
                component.Arguments.GetProperty(name).WriteTo(json);
            }

            json.WriteEndObject();
            json.WriteStartObject("resources");
            foreach (var resource in held.DistinctBy(resource => resource.Urn))
            {
                json.WriteStartObject(resource.Urn[prefix.Length..]);
                if (resource.Protect) json.WriteBoolean("protect", true);
                if (resource.RetainOnDelete) json.WriteBoolean("retainOnDelete", true);
                json.WritePropertyName("inputs");
                if (Fixed("", resource.Inputs, resource) is { } inputs) inputs.WriteTo(json);
                else json.WriteRawValue("{}");
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // What of a value cannot be changed; null for nothing.
    private static JsonElement? Fixed(string path, JsonElement value, PlannedResource resource)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject()
                    .Select(member => (member.Name, Value: Fixed(Inside(path, member.Name), member.Value, resource)))
                    .Where(member => member.Value is not null)
                    .ToDictionary(member => member.Name, member => member.Value);
                return members.Count == 0 ? null : JsonSerializer.SerializeToElement(members);
            case JsonValueKind.Array:
                var items = value.EnumerateArray().Select((item, index) => Fixed($"{path}[{index}]", item, resource)).ToList();
                var count = items.FindLastIndex(item => item is not null) + 1;
                return count == 0 ? null : JsonSerializer.SerializeToElement(items.Take(count));
            default:
                return IsFixed(path, resource) ? value : null;
        }
    }

    private static string Inside(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static bool IsFixed(string path, PlannedResource resource) =>
        (FactTables.Of(resource.Type) is { } facts
            && (facts.Replaces.Of(path) is not null || facts.Refuses.Of(path) is not null || IsCondition(path, facts)))
        || resource.ReplaceOnChanges.Any(replacing => Comparison.Covers(replacing, path));

    private static bool IsCondition(string path, TypeFacts facts) =>
        new[] { facts.Replaces, facts.Refuses, facts.Ignores }.Any(changes => changes.Any(change => change.Given?.Input == path));

    private static PlanDocument Read(IReadOnlyDictionary<string, string> inventory, Plan plan)
    {
        var prefix = Prefix(plan.Stack);
        var planned = plan.Components.DistinctBy(component => component.Urn).ToDictionary(component => component.Urn);
        var now = plan.Resources.DistinctBy(resource => resource.Urn).ToDictionary(resource => resource.Urn);
        var components = new List<DocumentedComponent>();
        var resources = new List<DocumentedResource>();
        foreach (var (tail, text) in inventory.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (!planned.TryGetValue(prefix + tail, out var component) || Parsed(text) is not { } held) continue;
            components.Add(new()
            {
                Name = component.Name,
                Kind = component.Kind.Name,
                Cloud = component.Cloud.Name(),
                Urn = component.Urn,
                Arguments = held.Arguments,
            });
            resources.AddRange(held.Resources.EnumerateObject().Select(resource =>
                Resource(prefix + resource.Name, resource.Value, component.Urn, now.GetValueOrDefault(prefix + resource.Name))));
        }

        // In the order of construction: whatever a resource refers to comes before it.
        var order = plan.Resources.Select((resource, index) => (resource.Urn, index)).DistinctBy(pair => pair.Urn).ToDictionary();
        return new()
        {
            Stack = plan.Stack,
            Components = components,
            Resources = [.. resources.OrderBy(resource => order.GetValueOrDefault(resource.Urn, int.MaxValue))],
            Errors = [],
            Outputs = JsonElement.Parse("{}"),
        };
    }

    private static (JsonElement Arguments, JsonElement Resources)? Parsed(string text)
    {
        try
        {
            var root = JsonElement.Parse(text);
            var (arguments, resources) = (root.GetProperty("arguments"), root.GetProperty("resources"));
            return arguments.ValueKind == JsonValueKind.Object
                && resources.EnumerateObject().All(resource =>
                    resource.Name.Split("::") is [.., _, _] && resource.Value.GetProperty("inputs").ValueKind == JsonValueKind.Object)
                ? (arguments, resources)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // Another program wrote it.
        }
    }

    private static DocumentedResource Resource(string urn, JsonElement held, string component, PlannedResource? now)
    {
        var parts = urn.Split("::");
        return new()
        {
            Type = parts[^2][(parts[^2].LastIndexOf('$') + 1)..],
            Name = parts[^1],
            Urn = urn,
            Parent = component,
            Provider = null,
            Protect = held.TryGetProperty("protect", out _),
            RetainOnDelete = held.TryGetProperty("retainOnDelete", out _),
            Inputs = held.GetProperty("inputs"),
            References = now?.References ?? [],
            Aliases = now?.Aliases ?? [],
            DeleteBeforeReplace = now?.DeleteBeforeReplace ?? false,
            IgnoreChanges = now?.IgnoreChanges ?? [],
            ReplaceOnChanges = now?.ReplaceOnChanges ?? [],
        };
    }
}
