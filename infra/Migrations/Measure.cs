using System.Globalization;

namespace Infra.Migrations;

/// <summary>Numbers and times for a reader.</summary>
internal static class Measure
{
    private const double Minute = 60;
    private const double Hour = 60 * Minute;
    private const double Day = 24 * Hour;

    /// <summary>A number with thousands apart and as many decimals as it needs, two at most: <c>40,000,000</c>, <c>33.33</c>.</summary>
    public static string Number(double value) => value.ToString("#,##0.##", CultureInfo.InvariantCulture);

    /// <summary>A time in its two largest units: <c>13 d 21 h</c>, <c>27 min</c>, <c>4 min 10 s</c>.</summary>
    public static string Time(double seconds)
    {
        if (double.IsInfinity(seconds)) return "never";
        var rounded = Math.Round(seconds);
        return rounded switch
        {
            < Minute => $"{Number(rounded)} s",
            < Hour => Two(rounded, Minute, "min", 1, "s"),
            < Day => Two(Math.Round(rounded / Minute) * Minute, Hour, "h", Minute, "min"),
            _ => Two(Math.Round(rounded / Hour) * Hour, Day, "d", Hour, "h"),
        };
    }

    /// <summary>The same of whole seconds; null is a time that nobody can say.</summary>
    public static string TimeOf(long? seconds) => seconds is { } known ? Time((double)known) : "unknown";

    /// <summary>Whole seconds; null for a time without an end.</summary>
    public static long? Whole(double? seconds) => seconds is { } known && double.IsFinite(known) ? (long)Math.Ceiling(known) : null;

    private static string Two(double value, double large, string largeUnit, double small, string smallUnit)
    {
        var (whole, rest) = (Math.Floor(value / large), Math.Round(value % large / small));
        return rest == 0 ? $"{Number(whole)} {largeUnit}" : $"{Number(whole)} {largeUnit} {Number(rest)} {smallUnit}";
    }
}
