using System.Text;
using System.Text.Json;
using Infra.Plans;
using Xunit;

namespace Infra.Tests.Testing;

/// <summary>
/// Plans held as readable text beside the tests. To accept a change, run the tests with <c>UPDATE_SNAPSHOTS=1</c> and read the difference
/// before you commit it: it is what would change for what is deployed.
/// </summary>
internal static class Snapshot
{
    // Of a list of names.
    private const int Width = 130;

    /// <summary>Compares a plan with the snapshot of that name.</summary>
    public static void Matches(string name, Plan plan) =>
        Matches(Path.Combine("tests", "Infra", "Stacks", "Snapshots", $"{name}.txt"), Render(plan));

    /// <summary>Compares a text with the file at a path of the repository.</summary>
    public static void Matches(string file, string actual)
    {
        var path = Path.Combine(Repository.Root, file);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{path} is missing: run the tests with UPDATE_SNAPSHOTS=1.");
        Assert.Equal(File.ReadAllText(path), actual);
    }

    /// <summary>
    /// A plan as text. Each type stands once, with the names of its resources, then with every value of every input and the names that have
    /// it: a new input with one value is one line for each type, however many resources have it. Names, paths and values are sorted, so
    /// that the snapshot of one SDK is the snapshot of the other: they may order members differently.
    /// </summary>
    internal static string Render(Plan plan)
    {
        var labels = Labels(plan);
        var text = new StringBuilder($"stack {plan.Stack}\n");
        foreach (var kind in plan.Components.GroupBy(component => TypeOf(component.Urn)).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            Append(text, $"component {kind.Key}", [.. kind.Select(component => (component.Name, Gives(component)))]);
        }

        foreach (var type in plan.Resources.GroupBy(resource => resource.Type).OrderBy(type => type.Key, StringComparer.Ordinal))
        {
            Append(text, type.Key, [.. type.Select(resource => (Name(resource.Urn), Facts(resource)))]);
        }

        text.Append('\n');
        foreach (var finding in plan.Findings)
        {
            text.Append($"{finding.Severity} {finding.Rule.Id} {finding.Component}: {finding.Message}\n");
        }

        return text.ToString();

        string Name(string urn) => labels.GetValueOrDefault(urn, urn);

        IEnumerable<string> Gives(PlannedComponent component) =>
        [
            $"{component.Backing}: {component.RunsOn}{(component.Product is { } product ? $", {product}" : "")}",
            .. Leaves(component.Arguments).Select(argument => $"with {argument}"),
            .. Leaves(component.Outputs),
        ];

        IEnumerable<string> Facts(PlannedResource resource) =>
        [
            .. resource.Parent is { } parent ? [$"in {TypeOf(parent)} {Name(parent)}"] : Array.Empty<string>(),
            .. resource.Protect ? ["protected"] : Array.Empty<string>(),
            .. resource.RetainOnDelete ? ["retained"] : Array.Empty<string>(),
            .. resource.DeleteBeforeReplace ? ["deleted before it is replaced"] : Array.Empty<string>(),
            .. resource.IgnoreChanges.Select(path => $"ignores changes of {path}"),
            .. resource.ReplaceOnChanges.Select(path => $"replaced on changes of {path}"),
            .. resource.CustomTimeouts.Select(timeout => $"may take {timeout.Value} to {timeout.Key}"),
            .. resource.Aliases.Select(urn => $"was {urn}"),
            .. resource.DependsOn.Select(urn => $"after {TypeOf(urn)} {Name(urn)}"),
            .. Leaves(resource.Inputs),
        ];
    }

    // A resource is called by its name, and by all of its URN where another of its type has the same name in another component.
    private static Dictionary<string, string> Labels(Plan plan)
    {
        var urns = plan.Components.Select(component => component.Urn).Concat(plan.Resources.Select(resource => resource.Urn)).Distinct();
        return urns.GroupBy(urn => (Type: TypeOf(urn), Name: NameOf(urn)))
            .SelectMany(same => same.Select(urn => (urn, same.Count() == 1 ? same.Key.Name : urn)))
            .ToDictionary();
    }

    private static string NameOf(string urn) => urn.Split("::", 4)[3];

    private static string TypeOf(string urn) => urn.Split("::", 4)[2].Split('$')[^1];

    private static void Append(StringBuilder text, string type, IReadOnlyList<(string Name, IEnumerable<string> Facts)> members)
    {
        text.Append($"\n{type}\n");
        foreach (var line in Wrapped(members.Select(member => member.Name))) text.Append($"    {line}\n");
        var facts = members
            .SelectMany(member => member.Facts.Distinct().Select(fact => (Fact: fact, member.Name)))
            .GroupBy(fact => fact.Fact, fact => fact.Name);
        foreach (var fact in facts.OrderBy(fact => fact.Key, StringComparer.Ordinal))
        {
            text.Append("  ").Append(fact.Key);
            var lines = fact.Count() == members.Count ? ["all"] : Wrapped(fact);
            if (lines is [var only] && fact.Key.Length + only.Length < Width) text.Append($"  ({only})\n");
            else text.Append('\n').AppendJoin("", lines.Select(line => $"    {line}\n"));
        }
    }

    // Names beside each other, as many as a line holds.
    private static List<string> Wrapped(IEnumerable<string> names)
    {
        var lines = new List<string>();
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            if (lines.Count > 0 && lines[^1].Length + name.Length < Width) lines[^1] += $", {name}";
            else lines.Add(name);
        }

        return lines;
    }

    private static List<string> Leaves(JsonElement element)
    {
        var lines = new List<string>();
        Collect("", element, lines);
        return lines;
    }

    private static void Collect(string path, JsonElement element, List<string> lines)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Collect(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value, lines);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray()) Collect($"{path}[{index++}]", item, lines);
                break;
            default:
                lines.Add($"{path} = {element.ToString().Replace("\n", "\\n", StringComparison.Ordinal)}");
                break;
        }
    }
}
