using Infra.Components.Checks;

namespace Infra.Components.Systems;

/// <summary>
/// The time zones that schedules may name, whatever the machine knows that plans them: those of <c>zone.tab</c> in the IANA time zone
/// database (2025b), without the ones of 2022g and later, which clouds learn years after.
/// </summary>
internal static class TimeZones
{
    /// <summary>The zone whose clocks never change.</summary>
    public const string Utc = "UTC";

    private static readonly Lazy<IReadOnlyList<string>> Names = new(Read);

    /// <summary>Reports a name that is none of them.</summary>
    public static void Check(Guard guard, string argument, string zone)
    {
        if (Names.Value.Contains(zone)) return;
        guard.Refuse(
            argument,
            string.IsNullOrEmpty(zone) ? null : $"'{zone}'",
            "UTC, and places as the IANA time zone database names them, such as Europe/Paris",
            Spelling.Nearest(zone ?? "", Names.Value) is { } nearest ? $"Write {nearest}, or the name of another place" : null);
    }

    private static IReadOnlyList<string> Read()
    {
        using var stream = typeof(TimeZones).Assembly.GetManifestResourceStream("time-zones.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
