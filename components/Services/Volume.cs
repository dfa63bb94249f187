using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Services;

/// <summary>What a volume promises of its speed.</summary>
public enum VolumeSpeed
{
    /// <summary>What is usual on the cloud.</summary>
    General,

    /// <summary>The most reads and writes a second that the cloud's disks for clusters give: for search engines, logs and stores.</summary>
    Fast,
}

/// <summary>
/// A directory of a service that outlives its replicas, for images that keep files and know no bucket. It belongs to one replica at a
/// time; of a set, each member has its own.
/// </summary>
public sealed partial record Volume
{
    // What disks of every cloud can have (Scaleway documentation, Block Storage: from 5 GB; OVHcloud documentation: 10 GB to 4 TB).
    internal const int SmallestGiB = 10;
    private const int Largest = 4000;

    /// <summary>
    /// Its name, unique in its service: 2 to 20 characters of a–z, 0–9 and single hyphens. Its files stay with the names of the service and
    /// the volume; under another one there is another volume, which is empty. Default: <c>data</c>.
    /// </summary>
    public string Name { get; init; } = "data";

    /// <summary>
    /// The absolute path of the directory, such as <c>/var/lib/app</c>, which hides what the image has there. Another path shows the same
    /// files. Default: none, it must be given.
    /// </summary>
    public string Path { get; init; } = "";

    /// <summary>Its size in GiB, 10 to 4000, which may be raised later and never lowered. Default: 10.</summary>
    public int SizeGiB { get; init; } = 10;

    /// <summary>
    /// How fast it answers. Another one is another volume, which is empty: production refuses it. Default: as is usual on the cloud.
    /// </summary>
    public VolumeSpeed Speed { get; init; } = VolumeSpeed.General;

    /// <summary>For how many days its daily backups are kept, 0 to 35; 0 for none. Default: 14.</summary>
    public int BackupDays { get; init; } = 14;

    /// <summary>It in words.</summary>
    internal string Told => string.Create(
        CultureInfo.InvariantCulture,
        $"{Path} {SizeGiB} GiB{(Speed == VolumeSpeed.Fast ? ", fast" : "")}, "
        + $"{(BackupDays == 0 ? "no backups" : $"backups {BackupDays} days")}");

    /// <summary>Reports volumes that no cloud takes, or that stand in each other's way.</summary>
    /// <param name="volumes">The volumes of a service.</param>
    /// <param name="args">The service's arguments.</param>
    /// <param name="guard">Where it is reported.</param>
    internal static void Check(IReadOnlyList<Volume> volumes, ContainerServiceArgs args, Guard guard)
    {
        if (volumes.Count == 0) return;
        const string argument = nameof(ContainerServiceArgs.Volumes);
        guard.Require(
            args.Scaling.AtMostOne || args.HasMembers,
            argument,
            "given to a service of which several replicas may run that nobody tells apart",
            "services of one replica, or of members by name, because a volume belongs to one at a time",
            "Set Scaling.AtMostOne to true, or Scaling.Members to the number of those that have volumes of their own");
        guard.Require(
            args.User is not null,
            argument,
            "given without User",
            "both, because a volume belongs to the user that writes to it",
            "Set User to the number of the image's user");
        foreach (var name in volumes.GroupBy(volume => volume.Name).Where(same => same.Count() > 1).Select(same => same.Key))
            guard.Refuse(argument, $"'{name}' twice", "every name once", "Rename one of them");
        foreach (var (volume, index) in volumes.Select((volume, index) => (volume, index))) Check(volume, index, volumes, args, guard);
    }

    private static void Check(Volume volume, int index, IReadOnlyList<Volume> volumes, ContainerServiceArgs args, Guard guard)
    {
        var at = $"{nameof(ContainerServiceArgs.Volumes)}[{index}]";
        guard.Matches(
            $"{at}.{nameof(Name)}",
            volume.Name,
            NameForm(),
            "2 to 20 characters of a-z, 0-9 and single hyphens, starting with a letter and not ending with a hyphen");
        guard.InRange($"{at}.{nameof(SizeGiB)}", volume.SizeGiB, SmallestGiB, Largest, "GiB");
        guard.OneOf($"{at}.{nameof(Speed)}", volume.Speed, Enum.GetValues<VolumeSpeed>());
        guard.InRange($"{at}.{nameof(BackupDays)}", volume.BackupDays, 0, 35, "days");
        if (!Files.CheckPath($"{at}.{nameof(Path)}", volume.Path, "directory", guard)) return;
        var others = volumes.Take(index).Select(other => other.Path).Concat(args.Files.Keys);
        if (others.FirstOrDefault(other => Meets(volume.Path, other)) is { } met)
        {
            guard.Refuse(
                $"{at}.{nameof(Path)}",
                $"'{volume.Path}' beside '{met}'",
                "directories of their own, none of which lies in another, and no file in one",
                "Move one of them");
        }
    }

    private static bool Meets(string path, string other) => path == other || Files.IsBelow(path, other) || Files.IsBelow(other, path);

    [GeneratedRegex(@"^(?=.{2,20}\z)[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex NameForm();
}
