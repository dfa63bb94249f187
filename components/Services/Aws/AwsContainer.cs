using Infra.Components.Clouds.Aws;
using Infra.Components.Identities.Aws;
using Infra.Components.Registries.Aws;
using Infra.Components.Runtimes.Aws;
using Pulumi;
using CloudWatch = Pulumi.Aws.CloudWatch;
using Ecs = Pulumi.Aws.Ecs;
using Iam = Pulumi.Aws.Iam;

namespace Infra.Components.Services.Aws;

/// <summary>What services and jobs on AWS have in common: logs, the rights of the role that starts the container, and the task definition.</summary>
internal static class AwsContainer
{
    /// <summary>Creates them as the consumer's children.</summary>
    /// <param name="consumer">The service or job with everything that its links gave it.</param>
    /// <param name="container">Its arguments.</param>
    /// <param name="image">Its image.</param>
    /// <param name="family">The family of its task definitions.</param>
    /// <param name="port">The port on which it listens, if any.</param>
    /// <param name="stopSeconds">How long it may finish its work.</param>
    public static Ecs.TaskDefinition Create(AwsConsumer consumer, ContainerArgs container, AwsImage image, string family, int? port = null, int stopSeconds = 30)
    {
        var tweak = container.Tweak<AwsServiceTweak>();
        var logs = new CloudWatch.LogGroup(consumer.Name, new() { RetentionInDays = consumer.Context.LogDays, Tags = consumer.Tags.AsInput() }, consumer.Child());
        consumer.Grants.Add(new Iam.RolePolicy(
            $"{consumer.Name}-execution",
            new() { Role = consumer.Identity.ExecutionRole.Name, Policy = Statement.Document([.. Starting(logs, consumer.Secrets), .. image.Pull()]) },
            consumer.Child()));
        return AwsTask.Create(
            consumer.Name,
            new()
            {
                Container = consumer.Name,
                Family = family,
                Image = image.Reference,
                Size = tweak is { CpuUnits: { } cpu, MemoryMiB: { } memory } ? new(cpu, memory) : FargateSize.Of(container.Size),
                Architecture = container.Architecture,
                ExecutionRole = consumer.Identity.ExecutionRole,
                Role = consumer.Identity.Role,
                Logs = logs,
                Command = container.Command,
                Environment = consumer.Environment,
                Secrets = consumer.SecretEnvironment,
                Ports = port is { } listening ? [listening] : [],
                StopSeconds = stopSeconds,
                DiskGiB = tweak?.DiskGiB,
            },
            consumer.Context,
            consumer.Tags,
            consumer.Child());
    }

    /// <summary>What the role that starts a container may do: write its logs and read exactly its secrets.</summary>
    public static IEnumerable<Statement> Starting(CloudWatch.LogGroup logs, IEnumerable<AwsSecret> secrets)
    {
        yield return new() { Actions = ["logs:CreateLogStream", "logs:PutLogEvents"], Resources = [Output.Format($"{logs.Arn}:*")] };
        var arns = secrets.Select(secret => secret.Secret.Arn).ToList();
        if (arns.Count > 0) yield return new() { Actions = ["secretsmanager:GetSecretValue"], Resources = arns };
    }
}
