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

    /// <summary>What a file says; where it cannot be read, the file with the reason.</summary>
    /// <param name="path">Where it is, from the repository's root.</param>
    public static TextPart Read(string path)
    {
        if (Root.Value is not { } root) return Refuse("lies in no repository: no folder around the program has a Pulumi.yaml");
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(path) || path.Split('/').Contains(".."))
            return Refuse($"is no path from the repository's root; allowed: {Allowed}");
        try
        {
            var file = new FileInfo(Path.Combine(root, path));
            if (!file.Exists) return Refuse($"does not exist; allowed: {Allowed}");
            // A link has a length of its own; pipes and devices have none, and would be read for ever.
            var length = new FileInfo(file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName).Length;
            if (length == 0) return Refuse($"is empty, or no regular file; allowed: {Allowed}");
            if (length > MostBytes) return Refuse($"has {length} bytes; allowed: {MostBytes} at most");
            var text = Encoding.GetString(File.ReadAllBytes(file.FullName));
            return text.Contains('\0', StringComparison.Ordinal)
                ? Refuse("holds a character 0; allowed: text")
                : new TextPart.Literal(text);
        }
        catch (DecoderFallbackException)
        {
            return Refuse("is not in UTF-8; allowed: text in UTF-8");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Refuse($"cannot be read ({exception.GetType().Name}); allowed: {Allowed}");
        }

        TextPart.RepositoryFile Refuse(string problem) => new(path, problem);
    }
}
