using System.Diagnostics;

namespace Infra.Changes;

/// <summary>A commit of the project's repository.</summary>
/// <param name="project">The project's folder.</param>
/// <param name="name">The revision, as it was asked for.</param>
/// <param name="commit">The commit.</param>
internal sealed class GitRevision(string project, string name, string commit)
{
    // What a plan follows from besides the stack file; pages and tests have no part in it.
    private static readonly string[] Program =
    [
        ".", ":(exclude,glob)**/*.md", ":(exclude)stacks/Pulumi.*.yaml", ":(exclude)tests", ":(exclude)docs", ":(exclude)benchmarks",
    ];

    /// <summary>The revision with its commit, in words.</summary>
    public string Words => name.StartsWith(commit[..7], StringComparison.Ordinal)
        ? $"revision {name}"
        : $"revision {name} ({commit[..10]})";

    /// <summary>Finds a revision; null where git knows none of that name, or there is no git.</summary>
    public static GitRevision? Find(string project, string name)
    {
        var found = Git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", $"{name}^{{commit}}");
        return found.ExitCode == 0 ? new(project, name, found.Output.Trim()) : null;
    }

    /// <summary>Whether the program was the same then as it is in the project's folder now, whatever the stack files say.</summary>
    public bool HasSameProgram() =>
        Git(project, ["diff", "--quiet", commit, "--", .. Program]).ExitCode == 0
        && Git(project, ["ls-files", "--others", "--exclude-standard", "--", .. Program]) is { ExitCode: 0, Output: "" };

    /// <summary>What a file of the project said then; null where there was none.</summary>
    public string? Text(string file)
    {
        var shown = Git(project, "show", $"{commit}:./{file}");
        return shown.ExitCode == 0 ? shown.Output : null;
    }

    /// <summary>The plan of a stack, worked out by the program of that time, which is built in a temporary folder.</summary>
    /// <param name="stack">The stack.</param>
    /// <returns>The document; null where there is none, with what was said instead.</returns>
    public (byte[]? Document, string Messages) Plan(string stack)
    {
        var folder = Directory.CreateTempSubdirectory("infra-diff-");
        var tree = Path.Combine(folder.FullName, "tree");
        try
        {
            var added = Git(project, "worktree", "add", "--quiet", "--detach", tree, commit);
            if (added.ExitCode != 0) return (null, added.Messages);
            var prefix = Git(project, "rev-parse", "--show-prefix").Output.Trim();
            var document = Path.Combine(folder.FullName, "plan.json");
            var run = Run(Path.Combine(tree, prefix, "run"), tree, ["plan", stack, "--json", "--output", document]);
            return File.Exists(document) ? (File.ReadAllBytes(document), run.Messages) : (null, run.Messages);
        }
        finally
        {
            Git(project, "worktree", "remove", "--force", tree);
            if (folder.Exists) folder.Delete(recursive: true);
        }
    }

    private static (int ExitCode, string Output, string Messages) Git(string project, params IEnumerable<string> arguments) =>
        Run("git", project, ["-C", project, .. arguments]);

    private static (int ExitCode, string Output, string Messages) Run(string file, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            // Both are read at once: a process that has filled the one would otherwise wait for ever for the other to be read.
            var messages = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, messages.GetAwaiter().GetResult().Trim());
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            return (-1, "", $"{file} cannot be run: {exception.Message}");
        }
    }
}
