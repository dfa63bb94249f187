using Infra.Components.Jobs;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Jobs;

public sealed class JobArgsTests
{
    public static TheoryData<string, JobArgs> Refused => new()
    {
        { "TimeoutMinutes", new() { TimeoutMinutes = 0 } },
        { "TimeoutMinutes", new() { TimeoutMinutes = 15 } },
        { "Retries", new() { Retries = -1 } },
        { "Retries", new() { Retries = 6 } },
    };

    public static TheoryData<JobArgs> Accepted => new()
    {
        new() { TimeoutMinutes = 14, Retries = 0 },
        new() { TimeoutMinutes = 1, Retries = 5 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_a_cloud_would_refuse_minutes_into_an_update_is_refused_before_it(string argument, JobArgs args) =>
        Assert.Equal([argument], Refusals.Of(args));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Bounds_themselves_are_allowed(JobArgs args) => Assert.Empty(Refusals.Of(args));
}
