using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Identities;
using Infra.Components.Identities.Aws;
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
    /// <param name="container">Its arguments.</param>
    /// <param name="image">Its image.</param>
    /// <param name="family">The family of its task definitions.</param>
    /// <param name="ports">The ports on which it listens, and what it gets there; null for none.</param>
    /// <param name="stopSeconds">How long it may finish its work.</param>
    /// <param name="check">What checks that it is well; null where something else does, or nothing.</param>
    /// <param name="volumes">Its volumes, if any.</param>
    /// <param name="timeout">What ends it when its time is over; null where something else does, or nothing.</param>
    public static Ecs.TaskDefinition Create(
        AwsGrantee grantee,
        AwsServiceIdentity identity,
        ContainerArgs container,
        AwsImage image,
        string family,
        IReadOnlyList<(int Port, string Transport)>? ports = null,
        int stopSeconds = 30,
        AwsTaskCheck? check = null,
        IReadOnlyList<AwsTaskVolume>? volumes = null,
        AwsTaskTimeout? timeout = null)
    {
        var tweak = container.Tweak<AwsServiceTweak>();
        var logs = new CloudWatch.LogGroup(
            grantee.Name,
            new()
            {
                NamePrefix = grantee.Context.LogPrefix(grantee.Name),
                RetentionInDays = grantee.Context.LogDays,
                Tags = grantee.Tags.AsInput(),
            },
            grantee.Child());
        var starting = Starting(logs, grantee.ReadSecrets);
        var files = grantee.Directories.Count == 0
            ? null
            : new AwsTaskFiles(
                BusyBoxImage(container, grantee.Context.Get<AwsPrivateNetwork>().Egress)!,
                grantee.Directories,
                grantee.SecretFiles);
        var pullBeside = (check?.Image ?? timeout?.Image ?? files?.Image) is { } beside ? AwsImage.Of(beside, registry: null).Pull() : [];
        grantee.Grants.Add(new Iam.RolePolicy(
            $"{grantee.Name}-execution",
            new() { Role = identity.ExecutionRole.Name, Policy = Statement.Document([.. starting, .. image.Pull(), .. pullBeside]) },
            grantee.Child()));
        return AwsTask.Create(
            grantee.Name,
            new()
            {
                Container = grantee.Name,
                Family = family,
                Image = image.Reference,
                Size = tweak is { CpuUnits: { } cpu, MemoryMiB: { } memory } ? new(cpu, memory) : FargateSize.Of(container.Capacity),
                Architecture = container.Architecture,
                ExecutionRole = identity.ExecutionRole,
                Role = identity.RoleWithRights,
                Logs = logs,
                EntryPoint = container.EntryPoint,
                Command = container.Command,
                User = container.UserAndGroup,
                Environment = grantee.Environment,
                Secrets = grantee.SecretEnvironment,
                Ports = ports ?? [],
                StopSeconds = stopSeconds,
                Check = check,
                Files = files,
                Volumes = volumes ?? [],
                Timeout = timeout,
                DiskGiB = tweak?.DiskGiB,
            },
            grantee.Context,
            grantee.Tags,
            grantee.Child());
    }

    /// <summary>What the role that starts a container may do: write its logs and read exactly its secrets.</summary>
    /// <param name="logs">Where it logs.</param>
    /// <param name="secrets">The ARNs of its secrets.</param>
    public static IEnumerable<Statement> Starting(CloudWatch.LogGroup logs, IReadOnlyList<Output<string>> secrets)
    {
        yield return new() { Actions = ["logs:CreateLogStream", "logs:PutLogEvents"], Resources = [Output.Format($"{logs.Arn}:*")] };
        if (secrets.Count > 0) yield return new() { Actions = ["secretsmanager:GetSecretValue"], Resources = secrets };
    }
}
