using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Services;
using Infra.Components.Services.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Jobs.Aws;

/// <summary>Jobs on AWS.</summary>
internal sealed class AwsJobs()
    : Provision<Job, AwsContext>(JobKind.Instance, new(Backing.Native, "Amazon ECS on Fargate, run by AWS Lambda"))
{
    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [ReadOnlyRoots.Gap, MountedDirectory.Gap];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(AwsServiceTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Job component) => AwsContainer.Beside;

    /// <inheritdoc/>
    protected override void Check(Job component, CloudChecks checks)
    {
        AwsContainerChecks.Check(component, checks);
        AwsContainerChecks.CheckSpot(component, checks);
    }

    /// <inheritdoc/>
    protected override PlacedComponent? Begin(Job component, AwsContext context) => new AwsJob(component, context);

    /// <inheritdoc/>
    protected override PlacedComponent Build(Job component, AwsContext context)
    {
        var job = context.Begun<AwsJob>(component);
        job.Complete(context.Get<AwsRuntime>());
        return job;
    }
}
