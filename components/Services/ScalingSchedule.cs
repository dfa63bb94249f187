using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Services;

/// <summary>A time that comes again and again, at which other bounds of scaling hold: office hours, or the days before Christmas.</summary>
public sealed record ScalingSchedule
{
    private const int Most = 10;

    // The day of an update is that of UTC, and clocks are up to fourteen hours ahead of it and twelve behind.
    private const int HoursAhead = 14;
    private const int HoursBehind = 12;

    /// <summary>
    /// When it begins: five fields as cron has them, once on each of its days, such as <c>0 0 20 12 *</c> for the beginning of the 20th of
    /// December. Default: none; it must be given.
    /// </summary>
    public string From { get; init; } = "";

    /// <summary>When it ends, likewise, such as <c>0 0 28 12 *</c>. Default: none; it must be given.</summary>
    public string Until { get; init; } = "";

    /// <summary>The time zone of both, as the IANA time zone database names it, such as <c>Europe/Paris</c>. Default: UTC.</summary>
    public string TimeZone { get; init; } = TimeZones.Utc;

    /// <summary>How many replicas run at least meanwhile, 1 to 1000. Default: null, as many as at other times.</summary>
    public int? Minimum { get; init; }

    /// <summary>
    /// How many replicas run at most meanwhile, up to 1000. Default: null, as many as at other times, and no fewer than the minimum.
    /// </summary>
    public int? Maximum { get; init; }

    /// <summary>The same where no more replicas are allowed.</summary>
    internal ScalingSchedule Within(int most) => this with
    {
        Minimum = Minimum is { } minimum ? Math.Min(minimum, most) : null,
        Maximum = Maximum is { } maximum ? Math.Min(maximum, most) : null,
    };

    /// <summary>Whether any moment of a day, wherever on earth it is, lies in it.</summary>
    internal bool Touches(DateOnly day)
    {
        if (day.Year is 1 or 9999 || Cron.Read(From) is not { } from || Cron.Read(Until) is not { } until) return false;
        var (begin, end) = (day.ToDateTime(default).AddHours(-HoursBehind), day.AddDays(1).ToDateTime(default).AddHours(HoursAhead));
        return from.LastBefore(end) is { } start && (start >= begin || !(until.LastBefore(begin) > start));
    }

    /// <summary>Reports schedules that some cloud does not accept, and those that overlap.</summary>
    internal static void Check(Scaling scaling, int mostReplicas, Guard guard)
    {
        guard.InRange("Scaling.Schedules", scaling.Schedules.Count, 0, Most, "schedules");
        foreach (var schedule in scaling.Schedules)
        {
            CheckTime("Scaling.Schedules.From", schedule.From, guard);
            CheckTime("Scaling.Schedules.Until", schedule.Until, guard);
            TimeZones.Check(guard, "Scaling.Schedules.TimeZone", schedule.TimeZone);
            var (minimum, maximum) = scaling.BoundsOf(schedule);
            guard.InRange("Scaling.Schedules.Minimum", minimum, 1, mostReplicas, "replicas");
            guard.InRange("Scaling.Schedules.Maximum", maximum, Math.Clamp(minimum, 1, mostReplicas), mostReplicas, "replicas");
        }

        if (Overlap(scaling.Schedules) is not ({ } one, { } other)) return;
        guard.Refuse(
            "Scaling.Schedules",
            $"from {one.From} until {one.Until}, and from {other.From} until {other.Until}, which overlap",
            "schedules of which each has ended when the next one begins",
            "Change one of them, because what ends a schedule sets the bounds of all other times");
    }

    private static void CheckTime(string argument, string time, Guard guard)
    {
        Cron.Check(guard, argument, time);
        guard.Require(Cron.Read(time) is null or { IsOnceADay: true }, argument, $"'{time}'", "one minute and one hour of its days");
    }

    // Clocks of different zones are taken for the same: what overlaps by hours only is nobody's intention either.
    private static (ScalingSchedule One, ScalingSchedule Other)? Overlap(IReadOnlyList<ScalingSchedule> schedules)
    {
        var turns = new List<(DateTime At, bool Begins, ScalingSchedule Schedule)>();
        foreach (var schedule in schedules)
        {
            if (Cron.Read(schedule.From) is not { IsOnceADay: true } from || Cron.Read(schedule.Until) is not { IsOnceADay: true } until)
                return null;
            turns.AddRange(from.Times.Select(time => (time, true, schedule)));
            turns.AddRange(until.Times.Select(time => (time, false, schedule)));
        }

        ScalingSchedule? open = null;
        foreach (var (_, begins, schedule) in turns.OrderBy(turn => turn.At).ThenBy(turn => turn.Begins))
        {
            if (begins && open is not null && !ReferenceEquals(open, schedule)) return (open, schedule);
            if (begins) open = schedule;
            else if (ReferenceEquals(open, schedule)) open = null;
        }

        return null;
    }
}
