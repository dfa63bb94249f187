using System.Text.Json.Nodes;
using Pulumi;
using EcsInputs = Pulumi.Aws.Ecs.Inputs;

namespace Infra.Components.Runtimes.Aws;

/// <summary>A volume of a task, which its steps have as well.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Where the container mounts it.</param>
/// <param name="Directory">The directory of a file system that it is; null for a part of the task's own disk.</param>
internal sealed record AwsTaskVolume(string Name, string Path, AwsTaskDirectory? Directory)
{
    /// <summary>The volume as a task definition has it.</summary>
    public EcsInputs.TaskDefinitionVolumeArgs Definition
    {
        get
        {
            var volume = new EcsInputs.TaskDefinitionVolumeArgs { Name = InTask };
            if (Directory is not { } directory) return volume;
            volume.EfsVolumeConfiguration = new EcsInputs.TaskDefinitionVolumeEfsVolumeConfigurationArgs
            {
                FileSystemId = directory.FileSystem,
                TransitEncryption = "ENABLED",
                AuthorizationConfig = new EcsInputs.TaskDefinitionVolumeEfsVolumeConfigurationAuthorizationConfigArgs
                {
                    AccessPointId = directory.AccessPoint,
                    Iam = "ENABLED",
                },
            };
            return volume;
        }
    }

    /// <summary>How the container mounts it.</summary>
    public JsonNode Mounted => AwsTaskDefinition.Mount(InTask, Path, readOnly: false);

    private string InTask => $"volume-{Name}";
}

/// <summary>A directory of a file system, entered over TLS by an access point on behalf of the task's role.</summary>
/// <param name="FileSystem">The file system's id.</param>
/// <param name="AccessPoint">The id of the access point that leads to the directory.</param>
internal sealed record AwsTaskDirectory(Output<string> FileSystem, Output<string> AccessPoint);
