using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Services.Gcp;
using Pulumi;

namespace Infra.Components.Jobs.Gcp;

/// <summary>A Cloud Run job.</summary>
internal sealed class GcpJob : PlacedComponent, IJob, IRunsOnce
{
    private readonly GcpContainer _container;

    /// <summary>Begins the job: its links are followed.</summary>
    public GcpJob(Job job, GcpContext context)
        : base(context.Place(job)) => _container = GcpContainer.Wire(job, this, context);

    /// <inheritdoc/>
    public Resource Run { get; private set; } = null!;

    /// <inheritdoc/>
    [Output]
    public Output<string> RunId { get; private set; } = null!;

    /// <summary>Builds what was begun, and runs it.</summary>
    public void Complete(Job job, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
    {
        (Run, RunId) = GcpJobRunner.Run(
            Name,
            context,
            _container.Run(job.Args, TimeSpan.FromMinutes(job.Args.TimeoutMinutes), job.Args.Retries, network, Tags),
            Child(dependsOn: [.. _container.Grants, .. context.RunsBefore(job), .. runtime.Apis(Kind)]));
        RegisterOutputs();
    }
}
