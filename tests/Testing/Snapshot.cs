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
    /// <summary>Compares a plan with the snapshot of that name.</summary>
    public static void Matches(string name, Plan plan) => Matches(Path.Combine("tests", "Stacks", "Snapshots", $"{name}.txt"), Render(plan));

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

    // Sorted by path, so that the snapshot of one SDK is the snapshot of the other: they may order members differently.
    private static string Render(Plan plan)
    {
        var text = new StringBuilder();
        foreach (var component in plan.Components) text.Append($"component {component.Urn}\n  {component.Backing}: {component.RunsOn}\n").Append(Leaves(component.Outputs));
        foreach (var resource in plan.Resources)
        {
            text.Append('\n').Append(resource.Urn).Append(resource.Protect ? " (protected)\n" : "\n").Append(Leaves(resource.Inputs));
            foreach (var urn in resource.DependsOn) text.Append("  after ").Append(urn).Append('\n');
        }

        text.Append('\n');
        foreach (var finding in plan.Findings) text.Append($"{finding.Severity} {finding.Rule} {finding.Component}: {finding.Message}\n");
        return text.ToString();
    }

    private static string Leaves(JsonElement element)
    {
        var lines = new List<string>();
        Collect("", element, lines);
        lines.Sort(StringComparer.Ordinal);
        return string.Concat(lines.Select(line => $"  {line}\n"));
    }

    private static void Collect(string path, JsonElement element, List<string> lines)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject()) Collect(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value, lines);
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
