using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes.Gcp;

namespace Infra.Components.Jobs.Gcp;

/// <summary>Jobs on Google Cloud.</summary>
internal sealed class GcpJobs() : GcpJobProvision<Job>(JobKind.Instance, new(Backing.Native, "Cloud Run"))
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Apis { get; } = ["run"];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => OfEveryJob;

    /// <inheritdoc/>
    protected override PlacedComponent? Begin(Job component, GcpContext context) => new GcpJob(component, context);

    /// <inheritdoc/>
    protected override PlacedComponent Build(Job component, GcpContext context)
    {
        var job = context.Begun<GcpJob>(component);
        job.Complete(component, context.Get<GcpPrivateNetwork>(), context.Get<GcpRuntime>(), context);
        return job;
    }
}
