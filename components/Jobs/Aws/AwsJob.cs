using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Identities.Aws;
using Infra.Components.Registries.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Services.Aws;
using Pulumi;

namespace Infra.Components.Jobs.Aws;

/// <summary>A task of Amazon ECS that the stack's job runner runs once per change.</summary>
internal sealed class AwsJob : PlacedComponent, IJob, IRunsOnce
{
    /// <summary>Builds the job, and runs it.</summary>
    public AwsJob(Job job, AwsRuntime runtime, AwsServiceIdentity identity, AwsImage image, AwsContext context)
        : base(context.Place(job))
    {
        var grantee = new AwsGrantee(Name, identity.Group, context, Tags, Child, job.Args.Environment) { Role = identity.Role };
        context.Connect(job, grantee);
        var definition = AwsContainer.Create(grantee, identity, job.Args, image, AwsJobRunner.Family(context.Stack, Name));
        var run = runtime.Run(
            Name,
            definition,
            identity.Group,
            attempts: job.Args.Retries + 1,
            job.Args.TimeoutMinutes,
            grantee.SecretVersions,
            Child(dependsOn: grantee.Grants));
        Run = run;
        RunId = run.Result.Apply(result => result.Trim('"'));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> RunId { get; private set; }

    /// <inheritdoc/>
    public Resource Run { get; }
}
