using System.Globalization;

namespace Infra.Components.Clouds.Aws;

/// <summary>
/// When stores are backed up and maintained: at night where the region is, early on Sundays. AWS counts in UTC. The hours are those of
/// standard time, from the IANA time zone database (2026); in summer both are an hour later.
/// </summary>
/// <param name="Backup">The hour of the backup: from 3 o'clock.</param>
/// <param name="Maintenance">The hour of the maintenance, after it: from half past 4 on Sunday.</param>
internal readonly record struct AwsNight(string Backup, string Maintenance)
{
    private static readonly Dictionary<string, TimeSpan> AheadOfUtc = new(StringComparer.Ordinal)
    {
        ["ap-northeast-1"] = TimeSpan.FromHours(9),
        ["ap-south-1"] = TimeSpan.FromHours(5.5),
        ["ap-southeast-1"] = TimeSpan.FromHours(8),
        ["ap-southeast-2"] = TimeSpan.FromHours(10),
        ["ca-central-1"] = TimeSpan.FromHours(-5),
        ["eu-central-1"] = TimeSpan.FromHours(1),
        ["eu-central-2"] = TimeSpan.FromHours(1),
        ["eu-north-1"] = TimeSpan.FromHours(1),
        ["eu-south-1"] = TimeSpan.FromHours(1),
        ["eu-south-2"] = TimeSpan.FromHours(1),
        ["eu-west-1"] = TimeSpan.Zero,
        ["eu-west-2"] = TimeSpan.Zero,
        ["eu-west-3"] = TimeSpan.FromHours(1),
        ["sa-east-1"] = TimeSpan.FromHours(-3),
        ["us-east-1"] = TimeSpan.FromHours(-5),
        ["us-east-2"] = TimeSpan.FromHours(-5),
        ["us-west-2"] = TimeSpan.FromHours(-8),
    };

    // Some Sunday at 3 o'clock.
    private static readonly DateTime Sunday = new(2026, 11, 1, 3, 0, 0, DateTimeKind.Unspecified);

    /// <summary>The regions of which it is known.</summary>
    public static IEnumerable<string> Regions => AheadOfUtc.Keys;

    /// <summary>The night of a region.</summary>
    public static AwsNight In(string region)
    {
        var backup = Sunday - AheadOfUtc[region];
        var maintenance = backup + TimeSpan.FromMinutes(90);
        return new(
            $"{Hour(backup)}-{Hour(backup.AddHours(1))}",
            $"{Day(maintenance)}-{Day(maintenance.AddHours(1))}");
    }

    /// <summary>
    /// The same night with the maintenance at another hour of the week, and the backup in the hour before it where the two would meet: AWS
    /// refuses that (Amazon RDS API: PreferredMaintenanceWindow).
    /// </summary>
    /// <param name="day">How many days it is after a Monday.</param>
    /// <param name="hour">The hour in which it begins.</param>
    public AwsNight MaintainedOn(int day, int hour)
    {
        var maintenance = Sunday.Date.AddDays(day - 6).AddHours(hour);
        var backup = DateTime.ParseExact(Backup[..5], "HH:mm", CultureInfo.InvariantCulture).TimeOfDay;
        var apart = (maintenance.TimeOfDay - backup).Duration();
        var meet = apart < TimeSpan.FromHours(1) || apart > TimeSpan.FromHours(23);
        return new(
            meet ? $"{Hour(maintenance.AddHours(-1))}-{Hour(maintenance)}" : Backup,
            $"{Day(maintenance)}-{Day(maintenance.AddHours(1))}");
    }

    private static string Hour(DateTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Day(DateTime time) =>
        $"{time.ToString("ddd", CultureInfo.InvariantCulture).ToLowerInvariant()}:{Hour(time)}";
}
