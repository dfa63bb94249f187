using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Settings;

/// <summary>The folder of stack files.</summary>
/// <param name="path">Where it is.</param>
internal sealed class StackFolder(string path)
{
    private const string Prefix = "Pulumi.";
    private const string Suffix = ".yaml";

    /// <summary>
    /// The folder of the project around a directory: the nearest one upwards that holds a <c>Pulumi.yaml</c>; null where there is none.
    /// </summary>
    public static StackFolder? Around(string directory) =>
        RepositoryFiles.Around(directory) is { } project ? new StackFolder(Path.Combine(project, "stacks")) : null;

    /// <summary>The project's folder, in which it stands.</summary>
    public string Project => Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>Where a file of it is.</summary>
    public string PathOf(string file) => Path.Combine(path, file);

    /// <summary>The name of a stack's file.</summary>
    public static string FileOf(string stack) => Prefix + stack + Suffix;

    /// <summary>The names of the stacks that have a file, in alphabetical order.</summary>
    public IReadOnlyList<string> Stacks { get; } = Directory.Exists(path)
        ? [.. Directory.EnumerateFiles(path, $"{Prefix}*{Suffix}")
            .Select(file => Path.GetFileName(file)[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The stack that someone means who names its file, as shells complete it, rather than the stack.</summary>
    public string NameOf(string stackOrFile)
    {
        if (stackOrFile.Contains('\0', StringComparison.Ordinal)) return stackOrFile;
        var file = Path.GetFileName(stackOrFile);
        var isInFolder = file == stackOrFile || Path.GetDirectoryName(Path.GetFullPath(stackOrFile)) == Path.GetFullPath(path);
        return isInFolder
            && file.Length > Prefix.Length + Suffix.Length
            && file.StartsWith(Prefix, StringComparison.Ordinal)
            && file.EndsWith(Suffix, StringComparison.Ordinal)
                ? file[Prefix.Length..^Suffix.Length]
                : stackOrFile;
    }

    /// <summary>The configuration in a stack's file; null, with a finding, where it cannot be read.</summary>
    public JsonObject? Configuration(string stack, Findings findings) =>
        StackFile.Read(PathOf(FileOf(stack)), $"stacks/{FileOf(stack)}", findings);

    /// <summary>A stack's settings; null, with findings, where there is no such stack or something is wrong in its file.</summary>
    public StackSettings? Settings(
        string stack,
        IEnumerable<string> systems,
        Findings findings,
        Cloud? cloud = null,
        DateOnly today = default)
    {
        if (!Stacks.Contains(stack))
        {
            var existing = Stacks.Count == 0 ? "none yet" : string.Join(", ", Stacks);
            findings.Report(
                SettingRules.Stack,
                null,
                $"There is no stack '{stack}'; stacks that exist: {existing}.{Spelling.Suggestion(stack, Stacks)} A stack exists once "
                + $"stacks/{FileOf(stack)} does.");
            return null;
        }

        return Configuration(stack, findings) is { } configuration
            ? SettingsReader.Read(stack, configuration, systems, findings, cloud, today)
            : null;
    }
}
