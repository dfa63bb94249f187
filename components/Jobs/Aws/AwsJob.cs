using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Connections;
using Infra.Components.Identities.Aws;
using Infra.Components.Registries.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Services.Aws;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Jobs.Aws;

/// <summary>A task of Amazon ECS that the stack's job runner runs once per change.</summary>
internal sealed class AwsJob : PlacedComponent, IJob
{
    /// <summary>Builds the job, and runs it.</summary>
    public AwsJob(
        Job job,
        AwsRuntime runtime,
        AwsServiceIdentity identity,
        AwsImage image,
        Func<AwsConsumer, IEnumerable<(Link Link, Connection Connection)>> connect,
        AwsContext context)
        : base(context.Place(job))
    {
        var consumer = new AwsConsumer(job, identity, context, Tags, Child);
        foreach (var (link, connection) in connect(consumer)) consumer.Use(link, connection);
        var definition = AwsContainer.Create(consumer, job.Args, image, AwsJobRunner.Family(context.Stack, Name));
        var run = runtime.Run(
            Name,
            definition,
            identity.Group,
            attempts: job.Args.Retries + 1,
            job.Args.TimeoutMinutes,
            consumer.SecretVersions,
            Child(dependsOn: consumer.Grants));
        Run = run;
        RunId = run.Result.Apply(result => result.Trim('"'));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> RunId { get; private set; }

    /// <summary>The run: whoever needs what the job does waits for it.</summary>
    public Resource Run { get; }
}
