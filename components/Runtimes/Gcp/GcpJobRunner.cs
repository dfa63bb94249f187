using System.Globalization;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Random;
using CloudRun = Pulumi.Gcp.CloudRunV2;

namespace Infra.Components.Runtimes.Gcp;

/// <summary>What a Cloud Run job runs.</summary>
internal sealed record GcpJobRun
{
    /// <summary>The image.</summary>
    public required Output<string> Image { get; init; }

    /// <summary>What runs instead of the image's entry point; empty for the image's own.</summary>
    public IReadOnlyList<string> EntryPoint { get; init; } = [];

    /// <summary>What runs instead of the image's command, which the entry point receives; empty for the image's own.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The environment.</summary>
    public required IReadOnlyList<GcpVariable> Variables { get; init; }

    /// <summary>The directories that are mounted.</summary>
    public IReadOnlyList<GcpDirectory> Directories { get; init; } = [];

    /// <summary>The bucket that is mounted, to be read, where a file of it is wanted; null for none.</summary>
    public Output<string>? Bucket { get; init; }

    /// <summary>The size.</summary>
    public required Size Size { get; init; }

    /// <summary>Its memory in MiB; null for the size's.</summary>
    public int? MemoryMiB { get; init; }

    /// <summary>The service account.</summary>
    public required Output<string> Account { get; init; }

    /// <summary>The network.</summary>
    public required GcpPrivateNetwork Network { get; init; }

    /// <summary>The tag by which firewall rules know it.</summary>
    public required string NetworkTag { get; init; }

    /// <summary>How long one attempt may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>How often a failed attempt is repeated.</summary>
    public required int Retries { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}

/// <summary>Cloud Run jobs: those that run when they change, while the update waits, and those that others start.</summary>
internal static class GcpJobRunner
{
    // Volumes of files are called after them.
    private const string BucketVolume = "bucket";

    // Twice as many digits, which with the job's name must stay below 63.
    private const int TokenBytes = 4;

    // Pulling the image and reporting the end, beyond the attempts themselves.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Creates a job that runs once whenever what it runs changes: the job is ready only when the execution has succeeded (Cloud Run API:
    /// <c>runExecutionToken</c>). A token that was used before starts nothing, so every change makes one that never was: also one that
    /// brings an earlier image or intent back.
    /// </summary>
    public static (CloudRun.Job Job, Output<string> RunId) Run(
        string name,
        GcpContext context,
        GcpJobRun run,
        CustomResourceOptions options)
    {
        var token = new RandomId(
            $"{name}-run",
            new() { ByteLength = TokenBytes, Keepers = StateOf(run) },
            context.Values.Random(new() { Parent = options.Parent })).Hex;
        var wait = (run.Timeout * (run.Retries + 1)) + Slack;
        options.CustomTimeouts = new() { Create = wait, Update = wait };
        var args = JobOf(run, context);
        args.RunExecutionToken = token;
        var job = new CloudRun.Job(name, args, options);
        return (job, Output.Format($"{job.Name}-{token}"));
    }

    /// <summary>Creates a job that somebody else starts.</summary>
    public static CloudRun.Job Create(string name, GcpContext context, GcpJobRun run, CustomResourceOptions options) =>
        new(name, JobOf(run, context), options);

    private static CloudRun.JobArgs JobOf(GcpJobRun run, GcpContext context) => new()
    {
        Project = context.Project,
        Location = context.Region,
        DeletionProtection = false,
        DeletionPolicy = "DELETE",
        Labels = run.Labels.Input(),
        Template = new CloudRun.Inputs.JobTemplateArgs
        {
            TaskCount = 1,
            Parallelism = 1,
            Template = new CloudRun.Inputs.JobTemplateTemplateArgs
            {
                ServiceAccount = run.Account,
                ExecutionEnvironment = CloudRunSize.SecondGeneration,
                MaxRetries = run.Retries,
                Timeout = string.Create(CultureInfo.InvariantCulture, $"{run.Timeout.TotalSeconds}s"),
                VpcAccess = new CloudRun.Inputs.JobTemplateTemplateVpcAccessArgs
                {
                    Egress = "ALL_TRAFFIC",
                    NetworkInterfaces =
                    {
                        new CloudRun.Inputs.JobTemplateTemplateVpcAccessNetworkInterfaceArgs
                        {
                            Network = run.Network.Network.Name,
                            Subnetwork = run.Network.Workloads.Name,
                            Tags = { run.NetworkTag },
                        },
                    },
                },
                Containers =
                {
                    new CloudRun.Inputs.JobTemplateTemplateContainerArgs
                    {
                        Image = run.Image,
                        Commands = run.EntryPoint.ToList(),
                        Args = run.Arguments.ToList(),
                        Envs = run.Variables.Select(Variable).ToList(),
                        VolumeMounts = run.Directories
                            .Select(directory => (directory.Volume, directory.Path))
                            .Concat(run.Bucket is null ? [] : [(BucketVolume, FetchedObject.Directory)])
                            .Select(mounted => new CloudRun.Inputs.JobTemplateTemplateContainerVolumeMountArgs
                            {
                                Name = mounted.Item1,
                                MountPath = mounted.Item2,
                            })
                            .ToList(),
                        Resources = new CloudRun.Inputs.JobTemplateTemplateContainerResourcesArgs
                        {
                            Limits = CloudRunSize.Limits(ContainerArgs.Promise(run.Size, run.MemoryMiB)),
                        },
                    },
                },
                Volumes = run.Directories.Select(Volume).Concat(run.Bucket is { } bucket ? [Mounted(bucket)] : []).ToList(),
            },
        },
    };

    // All that makes it run again: secrets by the names of their versions, which change whenever they do.
    private static InputMap<string> StateOf(GcpJobRun run)
    {
        var state = new InputMap<string>
        {
            ["image"] = run.Image,
            ["command"] = string.Join('\n', run.EntryPoint.Concat(run.Arguments)),
            ["size"] = run.Size.ToString(),
            ["timeout"] = run.Timeout.ToString(),
            ["retries"] = run.Retries.ToString(CultureInfo.InvariantCulture),
        };
        if (run.MemoryMiB is { } memory) state.Add("memory", memory.ToString(CultureInfo.InvariantCulture));
        foreach (var variable in run.Variables) state.Add($"environment.{variable.Name}", variable.State);
        foreach (var directory in run.Directories)
        {
            foreach (var file in directory.Files) state.Add($"file.{directory.Path}/{file.Path}", file.State);
        }

        return state;
    }

    private static CloudRun.Inputs.JobTemplateTemplateVolumeArgs Volume(GcpDirectory directory) => new()
    {
        Name = directory.Volume,
        Secret = new CloudRun.Inputs.JobTemplateTemplateVolumeSecretArgs
        {
            Secret = directory.SecretId,
            DefaultMode = CloudRunSize.FileMode,
            Items = directory.Files
                .Select(file => new CloudRun.Inputs.JobTemplateTemplateVolumeSecretItemArgs { Path = file.Path, Version = file.Version })
                .ToList(),
        },
    };

    private static CloudRun.Inputs.JobTemplateTemplateVolumeArgs Mounted(Output<string> bucket) => new()
    {
        Name = BucketVolume,
        Gcs = new CloudRun.Inputs.JobTemplateTemplateVolumeGcsArgs
        {
            Bucket = bucket,
            ReadOnly = true,

            // An object has slashes in its key without there being directories of them.
            MountOptions = ["implicit-dirs"],
        },
    };

    private static CloudRun.Inputs.JobTemplateTemplateContainerEnvArgs Variable(GcpVariable variable) => variable.Secret is { } secret
        ? new()
        {
            Name = variable.Name,
            ValueSource = new CloudRun.Inputs.JobTemplateTemplateContainerEnvValueSourceArgs
            {
                SecretKeyRef = new CloudRun.Inputs.JobTemplateTemplateContainerEnvValueSourceSecretKeyRefArgs
                {
                    Secret = secret.SecretId,
                    Version = secret.Version,
                },
            },
        }
        : new() { Name = variable.Name, Value = variable.Value! };
}
