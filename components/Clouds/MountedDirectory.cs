using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>A directory that is mounted into a container with its files, and hides what the image has there.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Contents">The files in it, and in those below it.</param>
internal sealed record MountedDirectory(string Path, IReadOnlyList<ContainerValue> Contents)
{
    private static readonly Rule Hidden = Rule.Info("file-directory", "The directory of a file hides nothing of its container's image");

    // What every image has, or whoever runs in it: the Filesystem Hierarchy Standard, and where distributions keep what they trust.
    private static readonly HashSet<string> OfSystem =
    [
        "/", "/bin", "/boot", "/etc", "/etc/alternatives", "/etc/pki", "/etc/pki/tls", "/etc/ssl", "/etc/ssl/certs", "/home", "/lib",
        "/lib64", "/opt", "/root", "/run", "/sbin", "/srv", "/usr", "/usr/bin", "/usr/lib", "/usr/lib64", "/usr/local", "/usr/local/bin",
        "/usr/local/lib", "/usr/local/sbin", "/usr/sbin", "/usr/share", "/usr/share/ca-certificates", "/usr/local/share",
        "/usr/local/share/ca-certificates", "/var", "/var/cache", "/var/lib", "/var/log", "/var/run", "/var/tmp",
    ];

    /// <summary>What a cloud lacks that mounts directories and no files.</summary>
    public static Gap Gap { get; } = new(
        "single files",
        "Of a directory in which a file is put, the container sees the files that are put there, and nothing of its image.")
    {
        Rule = Hidden,
    };

    /// <summary>A file's path in the directory.</summary>
    public string Inside(ContainerValue file) => file.Name[(Path.Length + 1)..];

    /// <summary>
    /// The directories of some files, in alphabetical order. What is below another one belongs to it: nothing can be mounted into what can
    /// only be read.
    /// </summary>
    public static IReadOnlyList<MountedDirectory> Of(IReadOnlyList<ContainerValue> files)
    {
        var paths = DirectoriesOf(files.Select(file => file.Name));
        return
        [
            .. paths.Select(path => new MountedDirectory(path, [.. files.Where(file => Files.IsBelow(file.Name, path))])),
        ];
    }

    /// <summary>The directory by which a file is mounted.</summary>
    /// <param name="file">The file.</param>
    /// <param name="files">All files of its container.</param>
    public static string Of(string file, IEnumerable<string> files) => DirectoriesOf(files).First(path => Files.IsBelow(file, path));

    /// <summary>Reports directories that images need, and that the others hide what an image has there.</summary>
    /// <param name="consumer">The service or job.</param>
    /// <param name="files">The files of one of its containers.</param>
    /// <param name="checks">Where findings go.</param>
    /// <param name="refused">The rule of what the cloud refuses.</param>
    public static void Check(Consumer consumer, IReadOnlyCollection<string> files, CloudChecks checks, Rule refused)
    {
        var paths = DirectoriesOf(files);
        foreach (var path in paths.Where(OfSystem.Contains))
        {
            var file = files.First(file => Files.DirectoryOf(file) == path);
            var end = file.LastIndexOf('/');
            checks.Guard(consumer, refused).Refuse(
                nameof(ContainerArgs.Files),
                $"'{file}'",
                $"files in directories of their own, because {checks.Cloud.Name()} hides what else the image has in {path}",
                $"Put it into a directory below, such as {file[..end].TrimEnd('/')}/{checks.Settings.System}{file[end..]}");
        }

        var own = paths.Where(path => !OfSystem.Contains(path)).ToList();
        if (own.Count == 0) return;
        checks.Lacks(
            Gap,
            consumer,
            $"Files are put into {string.Join(", ", own)}, where {checks.Cloud.Name()} hides what the image has.",
            "Use directories in which it has nothing that it needs");
    }

    private static List<string> DirectoriesOf(IEnumerable<string> files)
    {
        var all = files.Select(Files.DirectoryOf).Distinct().Order(StringComparer.Ordinal).ToList();
        return [.. all.Where(path => !all.Exists(other => Files.IsBelow(path, other) && path != other))];
    }
}
