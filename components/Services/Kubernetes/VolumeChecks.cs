using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Systems;

namespace Infra.Components.Services.Kubernetes;

/// <summary>What clusters lack of what services are promised of their volumes.</summary>
internal static class VolumeChecks
{
    private static readonly Rule BackupRule = Rule.Notable("volume-backup", "Volumes of services are backed up");
    private static readonly Rule EncryptionRule = Rule.Notable("volume-encryption", "Volumes of services are encrypted at rest");

    private static readonly Gap Backups = new("backups of volumes", "Nothing makes snapshots of a service's volumes by itself.")
    {
        Rule = BackupRule,
    };

    private static readonly Gap Encryption = new(
        "encryption of volumes",
        "Nothing says that the disks of the cloud's own clusters are encrypted at rest.")
    {
        Rule = EncryptionRule,
    };

    private static readonly Gap Zones = new(
        "volumes in several zones",
        "A volume stands in one zone, and its service with it. It grows where its storage class lets it.");

    /// <summary>What a given cluster lacks.</summary>
    public static IReadOnlyList<Gap> OfGivenCluster { get; } = [Backups, VolumeEncryption.Gap, Zones];

    /// <summary>What a cluster lacks that a cloud makes.</summary>
    public static IReadOnlyList<Gap> OfOwnCluster { get; } = [Backups, Encryption, Zones];

    /// <summary>Reports a service with volumes.</summary>
    public static void Check(ContainerService service, CloudChecks checks)
    {
        if (service.Args.Volumes.Count == 0) return;
        if (checks.Cloud == Cloud.Kubernetes) VolumeEncryption.Check(service, checks);
        else CheckDisks(service, checks);
        var days = service.Args.Volumes.Max(volume => volume.BackupDays);
        if (days == 0) return;
        checks.Lacks(
            Backups,
            service,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Volumes are to be backed up for {days} days, and nothing in the cluster makes snapshots by itself."),
            "Copy the files into a bucket by the image's own means or by hand, and set BackupDays to 0");
    }

    private static void CheckDisks(ContainerService service, CloudChecks checks) => checks.Lacks(
        Encryption,
        service,
        $"Its data is {service.Args.DataClass.ToString().ToLowerInvariant()}, and nothing says that {checks.Cloud.Name()} encrypts the "
        + "disks of its clusters.",
        "Let the image encrypt what it writes",
        service.Args.DataClass is DataClass.Confidential or DataClass.Personal ? Severity.Error : Severity.Info);
}
