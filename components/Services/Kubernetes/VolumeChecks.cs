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

    private static readonly Rule SpeedRule = Rule.Info("kubernetes-volume-speed", "Fast volumes have a faster class in the given cluster");

    private static readonly Gap Speed = new(
        "fast volumes",
        "Fast volumes are faster where the stack file names a storage class for them.")
    {
        Rule = SpeedRule,
    };

    private static readonly Gap Backups = new(
        "backups of volumes",
        "Volumes of services are backed up where the stack file names the cluster's class of snapshots.")
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

    private static readonly Gap Snapshots = new(
        "backups of volumes elsewhere",
        "Backups of volumes are snapshots in the same cluster and zone, of each volume by itself, and go with the stack's namespace.");

    /// <summary>What a given cluster lacks.</summary>
    public static IReadOnlyList<Gap> OfGivenCluster { get; } = [Speed, Backups, Snapshots, VolumeEncryption.Gap, Zones];

    /// <summary>What a cluster lacks that a cloud makes.</summary>
    public static IReadOnlyList<Gap> OfOwnCluster { get; } = [Snapshots, Encryption, Zones];

    /// <summary>Reports a service with volumes.</summary>
    public static void Check(ContainerService service, CloudChecks checks)
    {
        if (service.Args.Volumes.Count == 0) return;
        if (checks.Cloud != Cloud.Kubernetes)
        {
            VolumeEncryption.CheckOwn(Encryption, checks.Cloud.Name(), service, "Let the image encrypt what it writes", checks);
            return;
        }

        VolumeEncryption.Check(service, checks);
        CheckSpeed(service, checks);
        if (GivenClusterContext.AccountOf(checks.Settings).SnapshotClass is not null) return;
        var days = service.Args.Volumes.Max(volume => volume.BackupDays);
        if (days == 0) return;
        checks.Lacks(
            Backups,
            service,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Volumes are to be backed up for {days} days, and nothing says by which class the cluster makes snapshots."),
            "Name a VolumeSnapshotClass in infra:accounts.kubernetes.snapshotClass, or copy the files into a bucket by the image's own "
            + "means and set BackupDays to 0");
    }

    private static void CheckSpeed(ContainerService service, CloudChecks checks)
    {
        var chosen = service.Args.Tweak<KubernetesServiceTweak>()?.StorageClass
            ?? GivenClusterContext.AccountOf(checks.Settings).FastStorageClass;
        if (chosen is not null || service.Args.Volumes.All(volume => volume.Speed == VolumeSpeed.General)) return;
        checks.Lacks(
            Speed,
            service,
            "Speed of a volume is Fast, and nothing says which storage class of the cluster is: it gets the usual one.",
            "Name a faster one in infra:accounts.kubernetes.fastStorageClass before the volume is made, because none changes its class");
    }
}
