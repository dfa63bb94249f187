using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Settings;
using Infra.Stacks;

namespace Infra.Tests.Testing;

/// <summary>The stack files of this repository.</summary>
internal static class RepositoryStacks
{
    private const string Components = "infra:components: {";

    /// <summary>The text of a stack file with further lines; arguments of components join those that it has.</summary>
    public static string With(string text, string lines)
    {
        var parts = lines.Split('\n', 2);
        if (parts[0] is not ['i', ..] || !parts[0].StartsWith(Components, StringComparison.Ordinal)) return $"{text}  {lines}\n";
        var entries = parts[0][Components.Length..^1].Trim();
        var block = entries.StartsWith("database: {", StringComparison.Ordinal) && entries.Contains("}, ", StringComparison.Ordinal)
            ? entries.Replace("}, ", "}\n    ", StringComparison.Ordinal)
            : entries;
        text = text.Replace("  infra:components:\n", $"  infra:components:\n    {block}\n", StringComparison.Ordinal);
        return parts.Length == 1 ? text : $"{text}{parts[1]}\n";
    }

    /// <summary>The settings of a stack, on a hypothetical cloud where it is another than the stack's own.</summary>
    public static StackSettings Settings(string stack, Cloud? cloud = null)
    {
        var findings = new Findings();
        return StackFolder.Around(Repository.Root)!.Settings(stack, Systems.All.Select(system => system.Name), findings, cloud)
            ?? throw new InvalidOperationException(findings.All.Errors());
    }
}
