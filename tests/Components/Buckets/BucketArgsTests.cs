using Infra.Components.Buckets;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Buckets;

public sealed class BucketArgsTests
{
    public static TheoryData<string, BucketArgs> Refused => new()
    {
        { "KeepVersionsDays", new() { KeepVersionsDays = 0 } },
        { "KeepVersionsDays", new() { Versioning = false, KeepVersionsDays = 0 } },
        { "CorsOrigins", new() { CorsOrigins = ["https://www.example.org/"] } },
        { "CorsOrigins", new() { CorsOrigins = ["*"] } },
        { "Lifecycle", new() { Lifecycle = [new() { Prefix = "tmp/" }] } },
        { "Lifecycle", new() { Lifecycle = [new() { DeleteAfterDays = 7 }, new() { DeleteAfterDays = 8 }] } },
        { "Lifecycle.MoveAfterDays", new() { Lifecycle = [new() { MoveAfterDays = 29 }] } },
        { "Lifecycle.DeleteAfterDays", new() { Lifecycle = [new() { DeleteAfterDays = 0 }] } },
        { "Lifecycle.DeleteAfterDays", new() { Lifecycle = [new() { MoveAfterDays = 30, DeleteAfterDays = 30 }] } },
    };

    public static TheoryData<BucketArgs> Accepted => new()
    {
        new() { Versioning = false, KeepVersionsDays = 1 },
        new()
        {
            CorsOrigins = ["http://localhost:3000"],
            Lifecycle = [new() { MoveAfterDays = 30, DeleteAfterDays = 31 }, new() { Prefix = "tmp/", DeleteAfterDays = 1 }],
        },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_a_cloud_would_refuse_minutes_into_an_update_is_refused_before_it(string argument, BucketArgs args) =>
        Assert.Equal([argument], Refusals.Of(args));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Bounds_themselves_are_allowed(BucketArgs args) => Assert.Empty(Refusals.Of(args));
}
