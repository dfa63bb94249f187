using Infra.Components.Jobs;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Jobs;

public sealed class ScheduledJobArgsTests
{
    private static readonly ScheduledJobArgs Nightly = new() { Schedule = "0 3 * * *" };

    public static TheoryData<string, ScheduledJobArgs> Refused => new()
    {
        { "Schedule", new() },
        { "Schedule", new() { Schedule = "nightly" } },
        { "Schedule", new() { Schedule = null! } },
        { "TimeZone", Nightly with { TimeZone = "Paris" } },
        { "TimeoutMinutes", Nightly with { TimeoutMinutes = 0 } },
        { "TimeoutMinutes", Nightly with { TimeoutMinutes = 10081 } },
        { "Retries", Nightly with { Retries = -1 } },
        { "Retries", Nightly with { Retries = 6 } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_a_cloud_would_refuse_is_refused_before_it(string argument, ScheduledJobArgs args) =>
        Assert.Equal([argument], Refusals.Of(args));

    [Fact]
    public void Bounds_themselves_are_allowed()
    {
        Assert.Empty(Refusals.Of(Nightly with { TimeoutMinutes = 1, Retries = 5 }));
        Assert.Empty(Refusals.Of(Nightly with { TimeoutMinutes = 10080, TimeZone = "Europe/Paris" }));
    }

    [Fact]
    public void Runs_overlap_where_all_attempts_may_take_longer_than_the_time_between_two_runs()
    {
        Assert.Null((Nightly with { TimeoutMinutes = 24 * 60 }).Overlap);
        Assert.Equal(TimeSpan.FromDays(1), (Nightly with { TimeoutMinutes = 24 * 30, Retries = 2 }).Overlap);
        Assert.Null((Nightly with { Schedule = "0 * * * *" }).Overlap);
        Assert.Equal(TimeSpan.FromMinutes(30), (Nightly with { Schedule = "*/30 * * * *" }).Overlap);
    }
}
