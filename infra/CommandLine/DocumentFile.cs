namespace Infra.CommandLine;

/// <summary>Writes a document to a file as a whole or not at all.</summary>
internal static class DocumentFile
{
    /// <summary>Writes a document. A file of that name is replaced only once the new one is complete.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target);
        if (Directory.Exists(target) || folder is null) throw new IOException("it is a folder.");
        if (!Directory.Exists(folder)) throw new IOException($"the folder '{folder}' does not exist.");

        // In the same folder, because a file is moved in one step only within a volume.
        var draft = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():n}");
        try
        {
            using (var stream = File.Create(draft)) write(stream);
            File.Move(draft, target, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
