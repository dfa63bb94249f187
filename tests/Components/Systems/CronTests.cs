using Infra.Components.Checks;
using Infra.Components.Clouds.Aws;
using Infra.Components.Systems;
using Xunit;

namespace Infra.Tests.Systems;

public sealed class CronTests
{
    /// <summary>Schedules as authors write them, as every cron reads them, and as AWS does.</summary>
    public static TheoryData<string, string, string> Spellings => new()
    {
        { "0 3 * * *", "0 3 * * *", "cron(0 3 * * ? *)" },
        { "*/15 8-18 * * MON-FRI", "*/15 8-18 * * 1-5", "cron(0/15 8-18 ? * MON-FRI *)" },
        { "0 0 1 1,7 *", "0 0 1 1,7 *", "cron(0 0 1 1,7 ? *)" },
        { "30 6 * jan-mar 7", "30 6 * 1-3 0", "cron(30 6 ? 1-3 SUN *)" },
        { "0 0 * * 5-7", "0 0 * * 0,5-6", "cron(0 0 ? * SUN,FRI-SAT *)" },
        { "0-59/20,7 0-23 1-31 1-12 0-7", "0,7,20,40 * * * *", "cron(0,7,20,40 * * * ? *)" },
        { "  5\t*/6   */10 * * ", "5 */6 */10 * *", "cron(5 0/6 1/10 * ? *)" },
        { "0 9-17/4 * * *", "0 9,13,17 * * *", "cron(0 9,13,17 * * ? *)" },
        { "0 0 * * 0-6/3", "0 0 * * */3", "cron(0 0 ? * SUN,WED,SAT *)" },
    };

    public static TheoryData<string> Refused =>
    [
        "", "   ", "* * * *", "* * * * * *", "@daily", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *", "* * * * 8",
        "5-1 * * * *", "*/0 * * * *", "5/10 * * * *", "1, * * * *", "-1 * * * *", "1-2-3 * * * *", "*/5/2 * * * *", "? * * * *",
        "* * L * *", "* * * * FRI#2", "+5 * * * *", "5.5 * * * *", "MON * * * *", "* * * MONDAY *", "000 * * * *", "٣ * * * *",

        // Clouds read both fields for days together differently.
        "0 3 13 * FRI", "0 3 */2 * MON",

        // Never.
        "0 3 31 2 *", "0 3 31 4,6,9,11 *",
    ];

    public static TheoryData<string, int> Intervals => new()
    {
        { "* * * * *", 1 },
        { "*/15 * * * *", 15 },
        { "0,50 * * * *", 10 },
        { "30 8-18 * * *", 60 },
        { "0 1,23 * * *", 120 },
        { "0 1,23 * * MON", 22 * 60 },
        { "0 3 * * *", 24 * 60 },
        { "0 3 * * MON,TUE", 24 * 60 },
        { "0 3 * * MON", 7 * 24 * 60 },
        { "0 3 1 * *", 28 * 24 * 60 },
        { "0 3 29 2 *", 1461 * 24 * 60 },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_schedule_means_the_same_in_the_words_of_every_cloud(string written, string unix, string aws)
    {
        Assert.Equal(unix, Cron.Read(written)!.ToString());
        Assert.Equal(unix, Cron.Read(unix)!.ToString());
        Assert.Equal(aws, AwsCron.Expression(Cron.Read(written)!));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_some_cloud_would_refuse_or_read_otherwise_is_refused_with_what_is_allowed(string text)
    {
        var findings = new Findings();
        Cron.Check(new(findings, "report", Rule.Error("guard", "Schedules are read alike")), "Schedule", text);

        var finding = Assert.Single(findings.All);
        Assert.StartsWith("Schedule is ", finding.Message, StringComparison.Ordinal);
        Assert.Contains("; allowed: ", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public void The_shortest_time_between_two_times_is_known(string text, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), Cron.Read(text)!.ShortestInterval);

    [Fact]
    public void Nobody_s_text_makes_it_fail()
    {
        string?[] texts = [null, new('*', 10_000), new(',', 10_000), "99999999999 * * * *", "*/99999999999 * * * *"];
        Assert.All(texts, text => Assert.Null(Cron.Read(text)));
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Paris")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Asia/Kolkata")]
    public void Time_zones_are_those_of_places(string zone) => Assert.Empty(Checked(zone));

    [Theory]
    [InlineData("Europe/Pariss", "Write Europe/Paris")]
    [InlineData("europe/paris", "Write Europe/Paris")]
    [InlineData("CET", "Change TimeZone")]
    [InlineData("Local", "Change TimeZone")]
    [InlineData("+01:00", "Change TimeZone")]
    [InlineData("", "Change TimeZone")]
    [InlineData(null, "Change TimeZone")]
    public void Other_names_of_time_zones_are_refused_with_what_was_meant(string? zone, string advice) =>
        Assert.Contains(advice, Assert.Single(Checked(zone!)).Message, StringComparison.Ordinal);

    private static IReadOnlyList<Finding> Checked(string zone)
    {
        var findings = new Findings();
        TimeZones.Check(new(findings, "report", Rule.Error("guard", "Time zones exist")), "TimeZone", zone);
        return findings.All;
    }
}
