using System.Globalization;
using System.Text.Json.Nodes;
using Infra.Components.Clouds.Aws;
using Infra.Components.Systems;
using Pulumi;
using CloudWatch = Pulumi.Aws.CloudWatch;
using Ecs = Pulumi.Aws.Ecs;
using EcsInputs = Pulumi.Aws.Ecs.Inputs;
using Iam = Pulumi.Aws.Iam;

namespace Infra.Components.Runtimes.Aws;

/// <summary>What differs from one task definition to another: its own container, and everything around it.</summary>
internal sealed record AwsTaskArgs : AwsTaskContainer
{
    /// <summary>The family: the name under which revisions are counted.</summary>
    public required string Family { get; init; }

    /// <summary>How much it gets.</summary>
    public required FargateSize Size { get; init; }

    /// <summary>The role that starts it.</summary>
    public required Iam.Role ExecutionRole { get; init; }

    /// <summary>Its own role; null for a container that calls no service of AWS.</summary>
    public Iam.Role? Role { get; init; }

    /// <summary>Where it logs.</summary>
    public required CloudWatch.LogGroup Logs { get; init; }

    /// <summary>The image's architecture.</summary>
    public CpuArchitecture Architecture { get; init; } = CpuArchitecture.Amd64;

    /// <summary>What runs to its end before its own container starts, in this order, with that one's files.</summary>
    public IReadOnlyList<AwsTaskContainer> Steps { get; init; } = [];

    /// <summary>What runs beside its own container, and starts before it and its steps, in this order.</summary>
    public IReadOnlyList<AwsTaskSidecar> Sidecars { get; init; } = [];

    /// <summary>What ends it when its time is over; null where it has no end, or something else ends it.</summary>
    public AwsTaskTimeout? Timeout { get; init; }

    /// <summary>The size of its disk in GiB; null for Fargate's 20.</summary>
    public int? DiskGiB { get; init; }
}

/// <summary>
/// What asks a task's container how it is: a program of its own image, or a container beside it, over the network that they share, which
/// asks nothing of the image. ECS replaces a task in which it says that the container is not well.
/// </summary>
/// <param name="Command">What asks, as a task definition has it.</param>
/// <param name="Image">An image with BusyBox, in which it runs beside the container; null where it runs in the container itself.</param>
/// <param name="IntervalSeconds">The time between checks.</param>
/// <param name="TimeoutSeconds">How long an answer may take.</param>
/// <param name="GraceSeconds">How long the container may take to start.</param>
internal sealed record AwsTaskCheck(
    IReadOnlyList<string> Command,
    string? Image,
    int IntervalSeconds,
    int TimeoutSeconds,
    int GraceSeconds)
{
    /// <summary>The longest time that an answer may take (Amazon ECS API: HealthCheck).</summary>
    public const int LongestTimeoutSeconds = 60;

    // The same page: how long failures may not count, and how many may follow each other.
    private const int LongestStartSeconds = 300;
    private const int LeastFailures = 3;
    private const int MostFailures = 10;

    /// <summary>How many checks must fail, one after the other: more where starting takes longer than ECS would wait.</summary>
    public int Failures => Math.Clamp(
        LeastFailures + ((GraceSeconds - LongestStartSeconds + IntervalSeconds - 1) / IntervalSeconds),
        LeastFailures,
        MostFailures);

    /// <summary>For how long failures do not count.</summary>
    public int StartSeconds => Math.Min(GraceSeconds, LongestStartSeconds);

    /// <summary>The longest time that a container may take to start.</summary>
    public static int LongestGraceSeconds(int intervalSeconds) =>
        LongestStartSeconds + ((MostFailures - LeastFailures) * intervalSeconds);

    /// <summary>The check as a container's definition has it.</summary>
    public JsonObject HealthCheck => new()
    {
        ["command"] = AwsJson.List(Command),
        ["interval"] = IntervalSeconds,
        ["timeout"] = Math.Min(TimeoutSeconds, LongestTimeoutSeconds),
        ["retries"] = Failures,
        ["startPeriod"] = StartSeconds,
    };

    /// <summary>The check that was asked for; null where it takes an image and none can be fetched.</summary>
    /// <param name="health">How the container shows that it is well.</param>
    /// <param name="port">The port on which it is asked; null where a command is.</param>
    /// <param name="busyBox">An image with BusyBox; null where none can be fetched.</param>
    public static AwsTaskCheck? Of(HealthCheck health, int? port, string? busyBox)
    {
        if (health.Command.Count > 0) return Asked(["CMD", .. health.Command], image: null);
        if (port is not { } asked || busyBox is null) return null;
        return Asked(health.Protocol == HealthProtocol.Http ? Http(asked, health.Path) : Listening(asked), busyBox);

        AwsTaskCheck Asked(IReadOnlyList<string> command, string? image) =>
            new(command, image, health.IntervalSeconds, health.TimeoutSeconds, health.GraceSeconds);
    }

    /// <summary>Asks by HTTP. The first answer counts, wherever it leads.</summary>
    public static IReadOnlyList<string> Http(int port, string path)
    {
        var quoted = path.Replace("'", "%27", StringComparison.Ordinal);
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{quoted}");
        return ["CMD-SHELL", $"wget -S -O /dev/null '{url}' 2>&1 | grep -m 1 HTTP/ | grep -q ' [23][0-9][0-9]'"];
    }

    /// <summary>
    /// Looks whether something listens, as the kernel tells (Linux: <c>/proc/net/tcp</c>, where ports are hexadecimal and 0A is to listen):
    /// not every BusyBox can connect without waiting for an answer.
    /// </summary>
    public static IReadOnlyList<string> Listening(int port) =>
    [
        "CMD-SHELL",
        $"cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -q ':{port:X4} [0-9A-F]*:0000 0A '",
    ];

    /// <summary>What has its result: the container that it asks, or the one that asks beside it.</summary>
    /// <param name="container">The container that it asks.</param>
    public string HolderOf(string container) => Image is null ? container : $"{container}-check";

    /// <summary>The definition of the container beside.</summary>
    /// <param name="container">The container that it asks.</param>
    public JsonObject Definition(string container) => new()
    {
        ["name"] = HolderOf(container),
        ["image"] = Image,
        ["essential"] = true,
        ["entryPoint"] = AwsJson.List(["sleep"]),
        ["command"] = AwsJson.List(["2147483647"]),
        ["user"] = "65534",
        ["stopTimeout"] = 2,
        ["linuxParameters"] = new JsonObject
        {
            ["initProcessEnabled"] = true,
            ["capabilities"] = new JsonObject { ["drop"] = AwsJson.List(["ALL"]) },
        },
        ["healthCheck"] = HealthCheck,
    };
}

/// <summary>
/// What ends a task when its time is over, for which ECS has no word: a container beside the task's own, which is essential as well, so
/// that the task ends with either.
/// </summary>
/// <param name="Image">An image with BusyBox.</param>
/// <param name="Most">How long the task may take.</param>
internal sealed record AwsTaskTimeout(string Image, TimeSpan Most)
{
    /// <summary>The script that it runs: it succeeds when the task ends before it, which it is told, and fails otherwise.</summary>
    public string Script => string.Create(
        CultureInfo.InvariantCulture,
        $"trap 'exit 0' TERM; sleep {Most.TotalSeconds} & wait $!; echo 'Stopped after {Most.TotalMinutes} minutes.' >&2; exit 1");

    /// <summary>The container's definition.</summary>
    /// <param name="container">The container beside which it stands.</param>
    /// <param name="logging">Where it logs.</param>
    public JsonObject Definition(string container, JsonObject logging) => new()
    {
        ["name"] = $"{container}-timeout",
        ["image"] = Image,
        ["essential"] = true,
        ["entryPoint"] = AwsJson.List(["sh", "-c"]),
        ["command"] = AwsJson.List([Script]),
        ["user"] = "65534",
        ["stopTimeout"] = 2,
        ["readonlyRootFilesystem"] = true,
        ["linuxParameters"] = new JsonObject
        {
            ["initProcessEnabled"] = true,
            ["capabilities"] = new JsonObject { ["drop"] = AwsJson.List(["ALL"]) },
        },
        ["logConfiguration"] = logging,
    };
}

/// <summary>Task definitions for Fargate.</summary>
internal static class AwsTask
{
    /// <summary>The longest time that Fargate gives a container to stop (Amazon ECS API: ContainerDefinition).</summary>
    public const int LongestStopSeconds = 120;

    /// <summary>Creates a task definition. Every change makes a new revision.</summary>
    public static Ecs.TaskDefinition Create(
        string name,
        AwsTaskArgs args,
        AwsContext context,
        IReadOnlyDictionary<string, string> tags,
        CustomResourceOptions options)
    {
        var definition = new Ecs.TaskDefinitionArgs
        {
            Family = args.Family,
            Cpu = args.Size.Cpu,
            Memory = args.Size.Memory,
            NetworkMode = "awsvpc",
            RequiresCompatibilities = ["FARGATE"],
            RuntimePlatform = new EcsInputs.TaskDefinitionRuntimePlatformArgs
            {
                CpuArchitecture = args.Architecture == CpuArchitecture.Arm64 ? "ARM64" : "X86_64",
                OperatingSystemFamily = "LINUX",
            },
            ExecutionRoleArn = args.ExecutionRole.Arn,
            ContainerDefinitions = new AwsTaskDefinition(args, context.Region).Containers(),
            Tags = tags.AsInput(),
        };
        if (args.Role is { } role) definition.TaskRoleArn = role.Arn;
        var files = args.Sidecars.Select(sidecar => sidecar.Files).Prepend(args.Files).OfType<AwsTaskFiles>();
        foreach (var volume in files.SelectMany(held => held.Volumes)) definition.Volumes.Add(volume);
        foreach (var volume in args.Volumes) definition.Volumes.Add(volume.Definition);
        if (args.DiskGiB is { } disk) definition.EphemeralStorage = new EcsInputs.TaskDefinitionEphemeralStorageArgs { SizeInGib = disk };
        return new Ecs.TaskDefinition(name, definition, options);
    }
}
