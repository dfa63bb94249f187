using System.Globalization;
using Infra.Components.Checks;

namespace Infra.Components.Databases;

/// <summary>A day of the week.</summary>
public enum Weekday
{
    /// <summary>Monday.</summary>
    Monday,

    /// <summary>Tuesday.</summary>
    Tuesday,

    /// <summary>Wednesday.</summary>
    Wednesday,

    /// <summary>Thursday.</summary>
    Thursday,

    /// <summary>Friday.</summary>
    Friday,

    /// <summary>Saturday.</summary>
    Saturday,

    /// <summary>Sunday.</summary>
    Sunday,
}

/// <summary>The hour of the week in which a cloud may restart a server for patches and for changes that wait for it.</summary>
public sealed record MaintenanceWindow
{
    /// <summary>The day, in UTC. Default: Sunday.</summary>
    public Weekday Day { get; init; } = Weekday.Sunday;

    /// <summary>The hour of that day in which maintenance begins, 0 to 23, in UTC. Default: 3.</summary>
    public int Hour { get; init; } = 3;

    /// <summary>It in words, such as <c>sunday 03:00 UTC</c>.</summary>
    internal string InWords => string.Create(CultureInfo.InvariantCulture, $"{Day.ToString().ToLowerInvariant()} {Hour:00}:00 UTC");

    /// <summary>Reports what no cloud accepts.</summary>
    internal void Check(Guard guard) => guard.InRange("MaintenanceWindow.Hour", Hour, 0, 23, "o'clock, in UTC");
}
