using System.Text;

namespace Infra.Components.Systems;

/// <summary>The files of the repository that texts are read from.</summary>
internal static class RepositoryFiles
{
    // More than any cloud gives a container in a file (Kubernetes documentation: ConfigMaps).
    private const int MostBytes = 1024 * 1024;

    private const string Allowed = "a file of the repository, such as stacks/files/nginx.conf";

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // As commands find their project: around the program, or around the directory in which they run.
    private static readonly Lazy<string?> Root = new(() => Around(AppContext.BaseDirectory) ?? Around(Environment.CurrentDirectory));

    /// <summary>
    /// The folder of the project around a directory: the nearest one upwards that holds a <c>Pulumi.yaml</c>; null where there is none.
    /// </summary>
    public static string? Around(string directory)
    {
        for (var candidate = new DirectoryInfo(directory); candidate is not null; candidate = candidate.Parent)
        {
            if (File.Exists(Path.Combine(candidate.FullName, "Pulumi.yaml"))) return candidate.FullName;
        }

        return null;
    }

    /// <summary>What a file says, with its insertions; where it cannot be read, the file with the reason.</summary>
    /// <param name="file">The file.</param>
    public static IReadOnlyList<TextPart> Read(TextPart.RepositoryFile file)
    {
        var path = file.Path;
        if (Root.Value is not { } root) return Refuse("lies in no repository: no folder around the program has a Pulumi.yaml");
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(path) || path.Split('/').Contains(".."))
            return Refuse($"is no path from the repository's root; allowed: {Allowed}");
        try
        {
            var found = new FileInfo(Path.Combine(root, path));
            if (!found.Exists) return Refuse($"does not exist; allowed: {Allowed}");
            // A link has a length of its own; pipes and devices have none, and would be read for ever.
            var length = new FileInfo(found.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? found.FullName).Length;
            if (length == 0) return Refuse($"is empty, or no regular file; allowed: {Allowed}");
            if (length > MostBytes) return Refuse($"has {length} bytes; allowed: {MostBytes} at most");
            var text = Encoding.GetString(File.ReadAllBytes(found.FullName));
            if (text.Contains('\0', StringComparison.Ordinal)) return Refuse("holds a character 0; allowed: text");
            var lost = file.Insertions.Keys.FirstOrDefault(mark => mark.Length == 0 || !text.Contains(mark, StringComparison.Ordinal));
            return lost is null
                ? Insert(text, file.Insertions)
                : Refuse($"does not hold '{lost}', in whose place something is to be inserted; allowed: marks that are there");
        }
        catch (DecoderFallbackException)
        {
            return Refuse("is not in UTF-8; allowed: text in UTF-8");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Refuse($"cannot be read ({exception.GetType().Name}); allowed: {Allowed}");
        }

        IReadOnlyList<TextPart> Refuse(string problem) => [file with { Problem = problem }];
    }

    // What is inserted is not searched again; of two marks at one place the longer one is meant.
    private static List<TextPart> Insert(string text, Variables insertions)
    {
        var marks = insertions.Keys.OrderByDescending(mark => mark.Length).ToList();
        var (parts, start) = (new List<TextPart>(), 0);
        for (var at = 0; at < text.Length && marks.Count > 0; at++)
        {
            if (marks.Find(mark => string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0) is not { } found) continue;
            if (at > start) parts.Add(new TextPart.Literal(text[start..at]));
            parts.AddRange(insertions[found].Parts);
            start = at + found.Length;
            at = start - 1;
        }

        if (start < text.Length) parts.Add(new TextPart.Literal(text[start..]));
        return parts;
    }
}
