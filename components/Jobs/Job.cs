using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Jobs;

/// <summary>A container that runs once per change of its image, arguments or links, such as a schema migration.</summary>
public class Job(string name, JobArgs? args = null) : Consumer<JobArgs>(name, args ?? new())
{
    /// <inheritdoc/>
    public override ComponentKind Kind => JobKind.Instance;
}

/// <summary>The arguments of a one-off job.</summary>
public sealed record JobArgs : ContainerArgs
{
    /// <summary>
    /// How long it may take in minutes: 1 to 14, because the update waits for it and AWS can wait no longer (a Lambda function runs for 15
    /// minutes at most). Default: 10.
    /// </summary>
    public int TimeoutMinutes { get; init; } = 10;

    /// <summary>How often a failed run is repeated, 0 to 5. Default: 1. The job must bear being repeated.</summary>
    public int Retries { get; init; } = 1;

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        Decision.Of(Size),
        new("timeout", Decision.Counted(TimeoutMinutes, "minutes")),
        new("retries", Retries.ToString(CultureInfo.InvariantCulture)),
        .. ContainerDecisions,
    ];

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        base.Check(guard);
        guard.InRange(nameof(TimeoutMinutes), TimeoutMinutes, 1, 14, "minutes");
        guard.InRange(nameof(Retries), Retries, 0, 5);
    }
}

/// <summary>What every cloud gives for a job.</summary>
public interface IJob
{
    /// <summary>The cloud's identifier of the last run. It exists once the run has succeeded, so whoever uses it waits for that.</summary>
    Output<string> RunId { get; }
}
