using System.Globalization;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Aws;

/// <summary>
/// Cron as Amazon EventBridge Scheduler and Application Auto Scaling read it: six fields, of which the last are the years; one of those for
/// days is a question mark; steps begin at a number; Sunday is 1, or has its name.
/// </summary>
internal static class AwsCron
{
    /// <summary>The expression, such as <c>cron(0 3 ? * MON-FRI *)</c>.</summary>
    public static string Expression(Cron cron) =>
        $"cron({Text(cron.Minutes)} {Text(cron.Hours)} {(cron.Weekdays.IsEvery ? Text(cron.Days) : "?")} {Text(cron.Months)} "
        + $"{(cron.Weekdays.IsEvery ? "?" : cron.Weekdays.List(weekday => Cron.WeekdayNames[weekday]))} *)";

    private static string Text(CronField field) => field.Step is { } step
        ? string.Create(CultureInfo.InvariantCulture, $"{field.Least}/{step}")
        : field.ToString();
}
