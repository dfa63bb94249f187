using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Jobs;

/// <summary>
/// A container that runs at the times of a schedule, such as a nightly report. An update runs nothing and ends no run; it decides what the
/// next one runs.
/// </summary>
public sealed class ScheduledJob(string name, ScheduledJobArgs? args = null) : Consumer<ScheduledJobArgs>(name, args ?? new())
{
    /// <inheritdoc/>
    public override ComponentKind Kind => ScheduledJobKind.Instance;
}

/// <summary>The arguments of a scheduled job.</summary>
public sealed record ScheduledJobArgs : ContainerArgs
{
    // Cloud Run gives an attempt no longer (Google Cloud documentation: task timeout); others have no limit.
    private const int MostMinutes = 7 * 24 * 60;

    /// <summary>
    /// When it runs: five fields as cron has them, such as <c>0 3 * * MON-FRI</c> for 3 o'clock on working days. Minute, hour, day of the
    /// month, month and day of the week are each <c>*</c>, a number, a range (<c>1-5</c>), steps (<c>*/15</c>) or a list of these; months
    /// and days of the week have names, too, and Sunday is 0 and 7. Of the two fields for days, one is <c>*</c>. Default: none; it must be
    /// given, here or in the stack file.
    /// </summary>
    public string Schedule { get; init; } = "";

    /// <summary>
    /// The time zone of the schedule, as the IANA time zone database names it, such as <c>Europe/Paris</c>. What is due in an hour that
    /// clocks skip or repeat may run once, twice or not at all: choose another one. Default: UTC, whose clocks never change.
    /// </summary>
    public string TimeZone { get; init; } = TimeZones.Utc;

    /// <summary>
    /// How long one attempt may take in minutes, 1 to 10080, which are seven days; then it is stopped, and has failed. Default: 60.
    /// </summary>
    public int TimeoutMinutes { get; init; } = 60;

    /// <summary>How often a failed attempt is repeated, 0 to 5. The job must bear being repeated. Default: 0.</summary>
    public int Retries { get; init; }

    /// <summary>Whether no run starts any more; one that is under way goes on. Default: false.</summary>
    public bool Suspended { get; init; }

    /// <summary>The schedule, read; what cannot be read is reported by the guard.</summary>
    internal Cron? Cron => Cron.Read(Schedule);

    /// <summary>How long all attempts of a run may take together.</summary>
    internal TimeSpan Longest => TimeSpan.FromMinutes(TimeoutMinutes) * (Retries + 1);

    /// <summary>
    /// The shortest time between two runs, where it is shorter than a run may take; null where none overlaps with the next.
    /// </summary>
    internal TimeSpan? Overlap => Cron?.ShortestInterval is { } interval && interval < Longest ? interval : null;

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        Decision.Of(Size),
        new("schedule", Suspended ? "suspended" : $"{Schedule} in {TimeZone}"),
        new("timeout", Decision.Counted(TimeoutMinutes, "minutes")),
        new("retries", Retries.ToString(CultureInfo.InvariantCulture)),
        .. ContainerDecisions,
    ];

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        base.Check(guard);
        Cron.Check(guard, nameof(Schedule), Schedule);
        TimeZones.Check(guard, nameof(TimeZone), TimeZone);
        guard.InRange(nameof(TimeoutMinutes), TimeoutMinutes, 1, MostMinutes, "minutes");
        guard.InRange(nameof(Retries), Retries, 0, 5);
    }
}

/// <summary>What every cloud gives for a scheduled job.</summary>
public interface IScheduledJob
{
    /// <summary>The cloud's identifier of the schedule.</summary>
    Output<string> ScheduleId { get; }
}
