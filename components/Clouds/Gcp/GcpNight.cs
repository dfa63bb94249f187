using System.Globalization;

namespace Infra.Components.Clouds.Gcp;

/// <summary>
/// When stores are backed up and maintained: at night where the region is, early on Sundays. Google Cloud counts in UTC. The hours are
/// those of standard time, from the IANA time zone database (2026); in summer both are an hour later. Where nothing is known of a region,
/// they are those of UTC.
/// </summary>
/// <param name="Backup">When the backup starts: at 3 o'clock.</param>
/// <param name="Maintenance">When the maintenance starts, after it: at 4 on Sunday.</param>
internal readonly record struct GcpNight(DateTime Backup, DateTime Maintenance)
{
    private static readonly Dictionary<string, double> HoursAheadOfUtc = new(StringComparer.Ordinal)
    {
        ["asia-northeast1"] = 9,
        ["asia-south1"] = 5.5,
        ["asia-southeast1"] = 8,
        ["australia-southeast1"] = 10,
        ["europe-central2"] = 1,
        ["europe-southwest1"] = 1,
        ["europe-west1"] = 1,
        ["europe-west2"] = 0,
        ["europe-west3"] = 1,
        ["europe-west4"] = 1,
        ["europe-west8"] = 1,
        ["europe-west9"] = 1,
        ["northamerica-northeast1"] = -5,
        ["southamerica-east1"] = -3,
        ["us-east4"] = -5,
        ["us-west1"] = -8,
    };

    // Some Sunday at 3 o'clock.
    private static readonly DateTime Sunday = new(2026, 11, 1, 3, 0, 0, DateTimeKind.Unspecified);

    /// <summary>The regions of which it is known.</summary>
    public static IEnumerable<string> Regions => HoursAheadOfUtc.Keys;

    /// <summary>When the backup starts, as hours and minutes.</summary>
    public string BackupStart => Backup.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The night of a region.</summary>
    public static GcpNight In(string region)
    {
        var backup = Sunday.AddHours(-HoursAheadOfUtc.GetValueOrDefault(region));
        return new(backup, backup.AddHours(1));
    }
}
