using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Pulumi;
using EcsInputs = Pulumi.Aws.Ecs.Inputs;

namespace Infra.Components.Runtimes.Aws;

/// <summary>
/// A container that writes the files of another one before that one starts: Fargate has none to give. What they hold stands in its
/// environment, what is secret by reference. Both share a volume for each directory, which the other container can only read; ECS
/// starts that one only after this one has succeeded.
/// </summary>
/// <param name="Container">What it is called.</param>
/// <param name="Volume">What its volumes are called, before their number.</param>
/// <param name="Image">An image with BusyBox.</param>
/// <param name="Directories">The directories with their files.</param>
/// <param name="Secrets">How a definition refers to the files that are secret, by path.</param>
internal sealed record AwsTaskFiles(
    string Container,
    string Volume,
    string Image,
    IReadOnlyList<MountedDirectory> Directories,
    IReadOnlyDictionary<string, Output<string>> Secrets)
{
    // Root writes into directories that images give to others, too; it needs nothing else of what Docker grants.
    private static readonly string[] DroppedCapabilities =
    [
        "AUDIT_WRITE", "CHOWN", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID",
        "SYS_CHROOT",
    ];

    // Whatever a text holds, the shell never reads it: it is an argument, from a variable. One that is missing fails the task.
    private const string Function = """
        set -eu
        umask 022
        write() {
          mkdir -p "${1%/*}"
          printf '%s' "$2" > "$1"
          chmod 444 "$1"
        }
        """;

    private IReadOnlyList<ContainerValue> Files { get; } = [.. Directories.SelectMany(directory => directory.Contents)];

    /// <summary>The script that it runs.</summary>
    public string Script => string.Join('\n', [Function, .. Files.Select((file, index) => $"write '{file.Name}' \"${NameOf(index)}\"")]);

    /// <summary>The task's volumes.</summary>
    public IEnumerable<EcsInputs.TaskDefinitionVolumeArgs> Volumes =>
        Directories.Select((_, index) => new EcsInputs.TaskDefinitionVolumeArgs { Name = VolumeOf(index) });

    /// <summary>What the definitions need to know.</summary>
    public Output<ImmutableArray<string>> Contents =>
        Output.All(Files.Select(file => Secrets.TryGetValue(file.Name, out var secret) ? secret : file.Value));

    /// <summary>The container's definition.</summary>
    /// <param name="contents">What it needs to know.</param>
    /// <param name="logging">Where it logs.</param>
    public JsonObject Definition(IReadOnlyList<string> contents, JsonObject logging)
    {
        var (environment, secrets) = (new JsonArray(), new JsonArray());
        for (var index = 0; index < Files.Count; index++)
        {
            var isSecret = Secrets.ContainsKey(Files[index].Name);
            (isSecret ? secrets : environment).Add(new JsonObject
            {
                ["name"] = NameOf(index),
                [isSecret ? "valueFrom" : "value"] = contents[index],
            });
        }

        return new()
        {
            ["name"] = Container,
            ["image"] = Image,
            ["essential"] = false,
            ["entryPoint"] = AwsJson.List(["sh", "-c"]),
            ["command"] = AwsJson.List([Script]),
            ["user"] = "0",
            ["environment"] = environment,
            ["secrets"] = secrets,
            ["readonlyRootFilesystem"] = true,
            ["linuxParameters"] = new JsonObject
            {
                ["capabilities"] = new JsonObject { ["drop"] = AwsJson.List(DroppedCapabilities) },
            },
            ["mountPoints"] = new JsonArray([.. Mounts(readOnly: false)]),
            ["logConfiguration"] = logging,
        };
    }

    /// <summary>How a container mounts them.</summary>
    public IEnumerable<JsonNode> Mounts(bool readOnly) =>
        Directories.Select((directory, index) => AwsTaskDefinition.Mount(VolumeOf(index), directory.Path, readOnly));

    private string VolumeOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{Volume}-{index + 1}");

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"FILE_{index + 1}");
}
