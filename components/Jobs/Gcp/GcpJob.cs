using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Services.Gcp;
using Pulumi;
using CloudRun = Pulumi.Gcp.CloudRunV2;

namespace Infra.Components.Jobs.Gcp;

/// <summary>A Cloud Run job.</summary>
internal sealed class GcpJob : PlacedComponent, IJob
{
    /// <summary>Builds the job, and runs it.</summary>
    public GcpJob(Job job, GcpPrivateNetwork network, GcpRuntime runtime, GcpWiring wiring, GcpContext context)
        : base(context.Place(job))
    {
        var container = wiring.Wire(this, job);
        (Run, RunId) = GcpJobRunner.Run(
            Name,
            context,
            new()
            {
                Image = container.Image,
                Arguments = job.Args.Command,
                Variables = container.Variables,
                Size = job.Args.Size,
                Account = container.Consumer.Identity.Email,
                Network = network,
                NetworkTag = container.Consumer.Identity.NetworkTag,
                Timeout = TimeSpan.FromMinutes(job.Args.TimeoutMinutes),
                Retries = job.Args.Retries,
                Labels = Tags,
            },
            Child(dependsOn: [.. container.Consumer.Grants, .. runtime.Apis(Kind)]));
        RegisterOutputs();
    }

    /// <summary>The run: it has succeeded once this exists.</summary>
    public CloudRun.Job Run { get; }

    /// <inheritdoc/>
    [Output]
    public Output<string> RunId { get; private set; }
}
