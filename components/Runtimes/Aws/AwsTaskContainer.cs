using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Runtimes.Aws;

/// <summary>A container of a task.</summary>
internal record AwsTaskContainer
{
    /// <summary>Its name, and the prefix of its log streams.</summary>
    public required string Container { get; init; }

    /// <summary>The image's full reference.</summary>
    public required Output<string> Image { get; init; }

    /// <summary>The ARN of the secret by which ECS logs in where the image lies; null where it need not, or has a role for it.</summary>
    public Output<string>? Login { get; init; }

    /// <summary>What runs instead of the image's entry point; empty for the image's own.</summary>
    public IReadOnlyList<string> EntryPoint { get; init; } = [];

    /// <summary>What runs instead of the image's command; empty for the image's own.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The user, and its group behind a colon; null for the image's own.</summary>
    public string? User { get; init; }

    /// <summary>Variables that hold no secret.</summary>
    public IReadOnlyDictionary<string, Output<string>> Environment { get; init; } = new SortedDictionary<string, Output<string>>();

    /// <summary>Variables that do, by reference.</summary>
    public IReadOnlyDictionary<string, Output<string>> Secrets { get; init; } = new SortedDictionary<string, Output<string>>();

    /// <summary>The ports on which it listens, if any, and what it gets there: <c>tcp</c> or <c>udp</c>.</summary>
    public IReadOnlyList<(int Port, string Transport)> Ports { get; init; } = [];

    /// <summary>How long it may finish its work after it is told to stop; what is more than Fargate gives is cut.</summary>
    public int StopSeconds { get; init; } = 30;

    /// <summary>What checks that it is well; null where something else does.</summary>
    public AwsTaskCheck? Check { get; init; }

    /// <summary>Its files; null where it has none.</summary>
    public AwsTaskFiles? Files { get; init; }

    /// <summary>Its volumes. Default: none.</summary>
    public IReadOnlyList<AwsTaskVolume> Volumes { get; init; } = [];
}

/// <summary>A container beside a task's own.</summary>
internal sealed record AwsTaskSidecar : AwsTaskContainer
{
    /// <summary>What it gets of the task's size.</summary>
    public required Capacity Capacity { get; init; }

    /// <summary>
    /// Whether the task ends with it, so that another one is started. Of a job only its own container's end says how it went.
    /// </summary>
    public required bool IsEssential { get; init; }
}
