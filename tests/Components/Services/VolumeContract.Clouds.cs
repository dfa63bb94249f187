using Infra.Plans;
using Infra.Tests.Testing;

namespace Infra.Tests.Services;

public sealed class VolumesOnAws() : VolumeContract(new AwsFixture())
{
    protected override string Holder => "aws:efs/fileSystem:FileSystem";

    protected override bool IsBackedUp(Plan plan) =>
        plan.Only("aws:efs/backupPolicy:BackupPolicy").Input("backupPolicy.status") == "ENABLED";

    protected override IEnumerable<string> WritableOf(Plan plan, string service)
    {
        var task = plan.Only("aws:ecs/taskDefinition:TaskDefinition", service);
        var encrypted = task.Inputs.TryGetProperty("volumes", out var volumes)
            ? volumes.EnumerateArray()
                .Where(volume => volume.At("efsVolumeConfiguration.transitEncryption") == "ENABLED"
                    && volume.At("efsVolumeConfiguration.authorizationConfig.iam") == "ENABLED")
                .Select(volume => volume.At("name"))
                .ToList()
            : [];
        var container = task.JsonInput("containerDefinitions")!.Value[0];
        return container.TryGetProperty("mountPoints", out var mounts)
            ? mounts.EnumerateArray()
                .Where(mount => mount.At("readOnly") == "False" && encrypted.Contains(mount.At("sourceVolume")))
                .Select(mount => mount.At("containerPath")!)
            : [];
    }
}

public sealed class VolumesOnScaleway() : VolumesInCluster(new ScalewayFixture());

public sealed class VolumesOnOvh() : VolumesInCluster(new OvhFixture());

public sealed class VolumesOnKubernetes() : VolumesInCluster(new KubernetesFixture());

public abstract class VolumesInCluster(CloudFixture cloud) : VolumeContract(cloud)
{
    protected override string Holder => "kubernetes:core/v1:PersistentVolumeClaim";

    protected override bool IsBackedUp(Plan plan) =>
        plan.OfType("kubernetes:batch/v1:CronJob").Any(job => job.Name == "shop-snapshots");

    protected override IEnumerable<string> WritableOf(Plan plan, string service)
    {
        var pod = plan.Only("kubernetes:apps/v1:Deployment", service).Inputs
            .GetProperty("spec").GetProperty("template").GetProperty("spec");
        var claimed = pod.GetProperty("volumes").EnumerateArray()
            .Where(volume => volume.TryGetProperty("persistentVolumeClaim", out _))
            .Select(volume => volume.At("name"))
            .ToList();
        return pod.GetProperty("containers")[0].GetProperty("volumeMounts").EnumerateArray()
            .Where(mount => claimed.Contains(mount.At("name")) && !mount.TryGetProperty("readOnly", out _))
            .Select(mount => mount.At("mountPath")!);
    }
}
