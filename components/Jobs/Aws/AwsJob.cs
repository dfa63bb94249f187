using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Services.Aws;
using Pulumi;

namespace Infra.Components.Jobs.Aws;

/// <summary>A task of Amazon ECS that the stack's job runner runs once per change.</summary>
internal sealed class AwsJob(Job job, AwsContext context) : AwsConsumer<Job>(job, context), IJob, IRunsOnce
{
    /// <inheritdoc/>
    [Output]
    public Output<string> RunId { get; private set; } = null!;

    /// <inheritdoc/>
    public Resource Run { get; private set; } = null!;

    // Ten invocations, one after the other: what takes longer than a job's own limit is what this project runs itself.
    private const int LongestMinutes = 10 * AwsJobRunner.Minutes;

    /// <summary>Builds what was begun, and runs it.</summary>
    public void Complete(AwsRuntime runtime)
    {
        var definition = AwsContainer.Create(Grantee, Identity, Declared, AwsJobRunner.Family(Context.Stack, Name));
        var run = runtime.Run(
            Name,
            definition,
            Identity.Group,
            attempts: Declared.Args.Retries + 1,
            Math.Min(Declared.Args.TimeoutMinutes, LongestMinutes),
            [.. AwsContainer.BesideOf(Declared, Context.Get<AwsPrivateNetwork>().Egress)],
            Grantee.SecretVersions,
            Child(dependsOn: [.. Grantee.Grants, .. Context.RunsBefore(Declared)]));
        Run = run;
        RunId = run.Result.Apply(result => result.Trim('"'));
        RegisterOutputs();
    }
}
