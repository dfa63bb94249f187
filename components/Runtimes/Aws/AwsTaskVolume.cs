using System.Text.Json.Nodes;
using Pulumi;
using EcsInputs = Pulumi.Aws.Ecs.Inputs;

namespace Infra.Components.Runtimes.Aws;

/// <summary>A volume of a task: a directory of a file system, entered over TLS by an access point on behalf of the task's role.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Where the container mounts it.</param>
/// <param name="FileSystem">The file system's id.</param>
/// <param name="AccessPoint">The id of the access point that leads to the directory.</param>
internal sealed record AwsTaskVolume(string Name, string Path, Output<string> FileSystem, Output<string> AccessPoint)
{
    /// <summary>The volume as a task definition has it.</summary>
    public EcsInputs.TaskDefinitionVolumeArgs Definition => new()
    {
        Name = InTask,
        EfsVolumeConfiguration = new EcsInputs.TaskDefinitionVolumeEfsVolumeConfigurationArgs
        {
            FileSystemId = FileSystem,
            TransitEncryption = "ENABLED",
            AuthorizationConfig = new EcsInputs.TaskDefinitionVolumeEfsVolumeConfigurationAuthorizationConfigArgs
            {
                AccessPointId = AccessPoint,
                Iam = "ENABLED",
            },
        },
    };

    /// <summary>How the container mounts it.</summary>
    public JsonNode Mounted => AwsTaskDefinition.Mount(InTask, Path, readOnly: false);

    private string InTask => $"volume-{Name}";
}
