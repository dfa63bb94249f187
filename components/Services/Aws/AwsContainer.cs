using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Identities;
using Infra.Components.Identities.Aws;
using Infra.Components.Jobs;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Registries;
using Infra.Components.Registries.Aws;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;
using Pulumi;
using CloudWatch = Pulumi.Aws.CloudWatch;
using Ecs = Pulumi.Aws.Ecs;
using Iam = Pulumi.Aws.Iam;

namespace Infra.Components.Services.Aws;

/// <summary>
/// What services and jobs on AWS have in common: logs, the rights of the role that starts the container, and the task definition.
/// </summary>
internal static class AwsContainer
{
    // Of a task (Amazon ECS documentation: ephemeral storage of Fargate tasks).
    private const int LargestDiskGiB = 200;

    // Where a step leaves what it fetches for the container.
    private static readonly AwsTaskVolume Fetched = new("fetched", FetchedObject.Directory, Directory: null);

    /// <summary>The kinds of foundation that a container needs beside it.</summary>
    public static IReadOnlyList<ComponentKind> Beside { get; } =
    [
        PrivateNetworkKind.Instance,
        ContainerRegistryKind.Instance,
        RuntimeKind.Instance,
        ServiceIdentityKind.Instance,
    ];

    /// <summary>
    /// The image that checks what no load balancer checks, writes files, and ends what takes too long; null where none can be
    /// fetched.
    /// </summary>
    public static string? BusyBoxImage(ContainerArgs container, Egress egress) =>
        container.Tweak<AwsServiceTweak>()?.BusyBoxImage ?? (egress == Egress.None ? null : PinnedImage.BusyBox.OnAmazon);

    /// <summary>Creates them as the consumer's children.</summary>
    /// <param name="grantee">The service or job with everything that its links gave it.</param>
    /// <param name="identity">Who it is to AWS.</param>
    /// <param name="consumer">The service or job as it is declared.</param>
    /// <param name="family">The family of its task definitions.</param>
    /// <param name="ports">The ports on which it listens, and what it gets there; null for none.</param>
    /// <param name="stopSeconds">How long it may finish its work.</param>
    /// <param name="check">What checks that it is well; null where something else does, or nothing.</param>
    /// <param name="volumes">Its volumes, if any.</param>
    /// <param name="timeout">What ends it when its time is over; null where something else does, or nothing.</param>
    public static Ecs.TaskDefinition Create(
        AwsGrantee grantee,
        AwsServiceIdentity identity,
        Consumer consumer,
        string family,
        IReadOnlyList<(int Port, string Transport)>? ports = null,
        int stopSeconds = 30,
        AwsTaskCheck? check = null,
        IReadOnlyList<AwsTaskVolume>? volumes = null,
        AwsTaskTimeout? timeout = null)
    {
        var (container, context) = (consumer.Container, grantee.Context);
        var (tweak, equipment) = (container.Tweak<AwsServiceTweak>(), grantee.Equipment);
        var logs = new CloudWatch.LogGroup(
            grantee.Name,
            new() { NamePrefix = context.LogPrefix(grantee.Name), RetentionInDays = context.LogDays, Tags = grantee.Tags.AsInput() },
            grantee.Child());
        var busyBox = BusyBoxImage(container, context.Get<AwsPrivateNetwork>().Egress);
        var sidecars = container.Sidecars.Select(sidecar => SidecarOf(sidecar, consumer, grantee, busyBox)).ToList();
        var files = FilesOf(equipment, grantee.Name, "files", busyBox);
        var needsBusyBox = files is not null || timeout is not null || check is { Image: not null }
            || sidecars.Exists(sidecar => sidecar.Files is not null || sidecar.Check is { Image: not null });
        var images = context.Blueprint.Settings.ImagesOf(consumer)
            .Select(image => image.Image)
            .Distinct()
            .Select(image => AwsImage.Of(image, context))
            .ToList();
        grantee.Grants.AddRange(images.Select(image => image.Login?.Version).OfType<Resource>().Distinct());
        if (needsBusyBox) images.Add(AwsImage.Of(busyBox!, registry: null));
        var starting = Starting(logs, grantee.ReadSecrets);
        grantee.Grants.Add(new Iam.RolePolicy(
            $"{grantee.Name}-execution",
            new() { Role = identity.ExecutionRole.Name, Policy = Statement.Document([.. starting, .. AwsImage.Pull(images)]) },
            grantee.Child()));
        var own = AwsImage.Of(consumer, context);
        var task = new AwsTaskArgs
        {
            Container = grantee.Name,
            Family = family,
            Image = own.Reference,
            Login = own.Login?.Secret.Arn,
            Size = tweak is { CpuUnits: { } cpu, MemoryMiB: { } memory } ? new(cpu, memory) : FargateSize.Of(container.ReplicaCapacity),
            Architecture = container.Architecture,
            ExecutionRole = identity.ExecutionRole,
            Role = identity.RoleWithRights,
            Logs = logs,
            EntryPoint = container.EntryPoint,
            Command = container.Command,
            User = container.UserAndGroup,
            Environment = equipment.Environment,
            Secrets = equipment.SecretEnvironment,
            Ports = ports ?? [],
            StopSeconds = stopSeconds,
            Check = check,
            Files = files,
            Volumes = [.. volumes ?? [], .. container.Fetched is null ? [] : new[] { Fetched }],
            Sidecars = sidecars,
            Timeout = timeout,
            DiskGiB = tweak?.DiskGiB ?? (container.Fetched is null ? null : LargestDiskGiB),
        };
        return AwsTask.Create(
            grantee.Name,
            task with { Steps = [.. container.Steps.Select(step => StepOf(step, task, AwsImage.Of(consumer, step.Name, context)))] },
            context,
            grantee.Tags,
            grantee.Child());
    }

    /// <summary>The containers of a job's task of which it is of no consequence how they end.</summary>
    public static IEnumerable<string> BesideOf(Job job, Egress egress) =>
        job.Args.Sidecars.SelectMany(sidecar => CheckOf(sidecar, BusyBoxImage(job.Args, egress)) is { } check
            ? new[] { sidecar.Name, check.HolderOf(sidecar.Name) }.Distinct()
            : [sidecar.Name]);

    // What runs to its end before a container has what that one has.
    private static AwsTaskContainer StepOf(InitStep step, AwsTaskArgs task, AwsImage image) => new()
    {
        Container = step.Name,
        Image = image.Reference,
        Login = image.Login?.Secret.Arn,
        EntryPoint = step.EntryPoint,
        Command = step.Command,
        // What it fetches lies in a part of the task's disk, which is root's.
        User = task.Volumes.Contains(Fetched) ? "0" : step.User?.ToString(CultureInfo.InvariantCulture) ?? task.User,
        Environment = task.Environment,
        Secrets = task.Secrets,
        Files = task.Files,
        Volumes = task.Volumes,
    };

    private static AwsTaskSidecar SidecarOf(Sidecar sidecar, Consumer consumer, AwsGrantee grantee, string? busyBox)
    {
        var (equipment, image) = (grantee.EquipmentOf(sidecar.Name), AwsImage.Of(consumer, sidecar.Name, grantee.Context));
        return new()
        {
            Container = sidecar.Name,
            Image = image.Reference,
            Login = image.Login?.Secret.Arn,
            EntryPoint = sidecar.EntryPoint,
            Command = sidecar.Command,
            User = sidecar.User?.ToString(CultureInfo.InvariantCulture),
            Environment = equipment.Environment,
            Secrets = equipment.SecretEnvironment,
            Check = CheckOf(sidecar, busyBox),
            Files = FilesOf(equipment, sidecar.Name, $"{sidecar.Name}-files", busyBox),
            Capacity = sidecar.Capacity,
            IsEssential = consumer is ContainerService,
        };
    }

    private static AwsTaskCheck? CheckOf(Sidecar sidecar, string? busyBox) => sidecar.HealthCheck is { } health
        ? AwsTaskCheck.Of(health, sidecar.CheckedPort, busyBox)
        : null;

    private static AwsTaskFiles? FilesOf(AwsEquipment equipment, string container, string volume, string? busyBox) =>
        equipment.Directories.Count == 0
            ? null
            : new($"{container}-files", volume, busyBox!, equipment.Directories, equipment.SecretFiles);

    /// <summary>What the role that starts a container may do: write its logs and read exactly its secrets.</summary>
    /// <param name="logs">Where it logs.</param>
    /// <param name="secrets">The ARNs of its secrets.</param>
    public static IEnumerable<Statement> Starting(CloudWatch.LogGroup logs, IReadOnlyList<Output<string>> secrets)
    {
        yield return new() { Actions = ["logs:CreateLogStream", "logs:PutLogEvents"], Resources = [Output.Format($"{logs.Arn}:*")] };
        if (secrets.Count > 0) yield return new() { Actions = ["secretsmanager:GetSecretValue"], Resources = secrets };
    }
}
