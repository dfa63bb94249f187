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

    /// <summary>Builds what was begun, and runs it.</summary>
    public void Complete(AwsRuntime runtime)
    {
        var definition = AwsContainer.Create(Grantee, Identity, Declared, AwsJobRunner.Family(Context.Stack, Name));
        var run = runtime.Run(
            Name,
            definition,
            Identity.Group,
            attempts: Declared.Args.Retries + 1,
            Declared.Args.TimeoutMinutes,
            [.. AwsContainer.BesideOf(Declared, Context.Get<AwsPrivateNetwork>().Egress)],
            Grantee.SecretVersions,
            Child(dependsOn: [.. Grantee.Grants, .. Context.RunsBefore(Declared)]));
        Run = run;
        RunId = run.Result.Apply(result => result.Trim('"'));
        RegisterOutputs();
    }
}
