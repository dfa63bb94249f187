namespace Infra.CommandLine;

/// <summary>Writes a document where a path leads: to a file as a whole or not at all, and through a device or a pipe.</summary>
internal static class DocumentFile
{
    // Longer chains of links are circles.
    private const int MaximumLinks = 40;

    /// <summary>
    /// Writes a document. A file is replaced only once the new one is complete, and keeps its mode; of a link, what it leads to is.
    /// </summary>
    public static void Write(string path, Action<Stream> write)
    {
        var target = Followed(Path.GetFullPath(path));
        if (Directory.Exists(target)) throw new IOException("it is a folder.");
        if (IsSystem(target) || File.Exists(target))
        {
            // Neither a device nor a pipe is there to be replaced. Only opening tells a pipe from a file, and opens it once.
            using var existing = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            if (IsSystem(target) || !existing.CanSeek)
            {
                write(existing);
                return;
            }
        }

        Replace(target, write);
    }

    private static void Replace(string target, Action<Stream> write)
    {
        var folder = Path.GetDirectoryName(target) ?? throw new IOException("it is a folder.");
        if (!Directory.Exists(folder)) throw new IOException($"the folder '{folder}' does not exist.");

        // In the same folder, because a file is moved in one step only within a volume.
        var draft = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():n}");
        try
        {
            using (var stream = File.Create(draft)) write(stream);
            if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(draft, File.GetUnixFileMode(target));
            File.Move(draft, target, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // What lies below these is never a file of anyone's, and its links may lead to what has no path.
    private static bool IsSystem(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);

    private static string Followed(string path)
    {
        for (var links = 0; !IsSystem(path) && new FileInfo(path).LinkTarget is { } next; links++)
        {
            if (links == MaximumLinks) throw new IOException("its links lead in a circle.");
            path = Path.GetFullPath(next, Path.GetDirectoryName(path)!);
        }

        return path;
    }
}
