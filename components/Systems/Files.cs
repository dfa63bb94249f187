using System.Text.RegularExpressions;
using Infra.Components.Checks;

namespace Infra.Components.Systems;

/// <summary>
/// Files that a container finds, by their absolute path: <c>["/etc/app/app.conf"] = Text.FromRepository("stacks/files/app.conf")</c>.
/// Several services may start from the same ones; each has copies of its own.
/// </summary>
public sealed partial class Files : Texts
{
    // As much as keys of config maps take where every character of it is written as two.
    private const int LongestPath = 120;

    // Where the system itself, or every program, writes (Google Cloud documentation, Cloud Run: disallowed paths of secrets).
    private static readonly string[] Reserved = ["/dev", "/proc", "/sys", "/tmp"];

    /// <summary>None yet.</summary>
    public Files()
        : base([])
    {
    }

    /// <summary>The same as others; a file that is set again replaces theirs.</summary>
    /// <param name="others">The others, the later ones first in precedence.</param>
    public Files(params IEnumerable<KeyValuePair<string, Text>>[] others)
        : base(others)
    {
    }

    /// <summary>The directory of a file.</summary>
    internal static string DirectoryOf(string path) => path.LastIndexOf('/') is var end and > 0 ? path[..end] : "/";

    /// <summary>Whether a path lies below a directory.</summary>
    internal static bool IsBelow(string path, string directory) =>
        path.StartsWith(directory == "/" ? directory : $"{directory}/", StringComparison.Ordinal);

    /// <summary>Reports a path that no cloud takes.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="path">The path.</param>
    /// <param name="what">What shall be there.</param>
    /// <param name="guard">Where it is reported.</param>
    /// <returns>Whether it is a path at all.</returns>
    internal static bool CheckPath(string argument, string path, string what, Guard guard)
    {
        if (!FilePath().IsMatch(path) || path.Length > LongestPath)
        {
            guard.Refuse(
                argument,
                $"'{path}'",
                $"absolute paths of {LongestPath} characters at most, such as /etc/app/app.conf, of names of letters, digits, dots, "
                + "hyphens and underscores, without . and .. and without a / at the end");
            return false;
        }

        if (Reserved.FirstOrDefault(reserved => path == reserved || IsBelow(path, reserved)) is { } taken)
            guard.Refuse(argument, $"'{path}'", $"paths outside {taken}, which containers have from the system", $"Move the {what}");
        return true;
    }

    /// <summary>Reports paths that no cloud takes, and files without content.</summary>
    internal void Check(string argument, Guard guard)
    {
        foreach (var (path, text) in this)
        {
            if (!CheckPath(argument, path, "file", guard)) continue;
            if (Keys.FirstOrDefault(other => IsBelow(path, other)) is { } above)
                guard.Refuse(argument, $"'{path}'", $"paths that are not below '{above}', which is a file itself", "Move one of them");
            guard.Require(
                text.Literal != "",
                argument,
                $"an empty '{path}'",
                "files with content: Google Cloud keeps no empty secret",
                $"Give '{path}' a line, such as a comment");
        }
    }

    /// <summary>The same files of the components that take the place of others.</summary>
    internal Files Referring(References references)
    {
        var files = new Files();
        foreach (var (path, text) in this) files[path] = text.Referring(references);
        return files;
    }

    /// <inheritdoc/>
    internal override Texts Copy() => new Files(this);

    [GeneratedRegex(@"^(/\.?[A-Za-z0-9_-][A-Za-z0-9._-]*)+\z")]
    private static partial Regex FilePath();
}
