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
    /// <summary>Builds the job, and runs it.</summary>
    public GcpJob(Job job, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
        : base(context.Place(job))
    {
        var container = GcpContainer.Wire(job, this, context);
        (Run, RunId) = GcpJobRunner.Run(
            Name,
            context,
            new()
            {
                Image = container.Image,
                Arguments = job.Args.Command,
                Variables = container.Variables,
                Size = job.Args.Size,
                Account = container.Identity.Email,
                Network = network,
                NetworkTag = container.Identity.NetworkTag,
                Timeout = TimeSpan.FromMinutes(job.Args.TimeoutMinutes),
                Retries = job.Args.Retries,
                Labels = Tags,
            },
            Child(dependsOn: [.. container.Grants, .. runtime.Apis(Kind)]));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Resource Run { get; }

    /// <inheritdoc/>
    [Output]
    public Output<string> RunId { get; private set; }
}
