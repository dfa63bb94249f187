using Infra.Components.Certificates.Gcp;
using Pulumi;
using Xunit;

namespace Infra.Tests.Certificates;

public sealed class IssuanceWatchTests
{
    private readonly List<TimeSpan> _pauses = [];
    private readonly List<string> _said = [];

    [Fact]
    public async Task Certificates_that_are_issued_are_not_waited_for()
    {
        await IssuanceWatch.WaitAsync(() => Answer(0), Pause, _said.Add);

        Assert.Empty(_pauses);
    }

    [Fact]
    public async Task It_asks_again_until_nothing_is_pending()
    {
        var asked = 0;

        await IssuanceWatch.WaitAsync(() => Answer(3 - asked++), Pause, _said.Add);

        Assert.Equal(4, asked);
        Assert.Equal(3, _pauses.Count);
    }

    [Fact]
    public async Task After_half_an_hour_it_says_what_stands_in_the_way_and_what_to_do()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => IssuanceWatch.WaitAsync(() => Answer(1), Pause, _said.Add));

        Assert.Equal(TimeSpan.FromMinutes(30), _pauses.Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause));
        Assert.Contains("www.shop.example (PROVISIONING, CONFIG)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(6, _said.Count);
        Assert.All(_said, message => Assert.Contains("www.shop.example (PROVISIONING, CONFIG)", message, StringComparison.Ordinal));
        Assert.Contains("Delegate the zone", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_certificate_is_asked_for_by_its_name_whatever_else_the_project_has()
    {
        var asked = new List<string>();

        var pending = await IssuanceWatch.PendingAsync(
            [Name("one"), Name("two"), Name("three")],
            filter =>
            {
                asked.Add(filter);
                IEnumerable<IssuanceWatch.Listed> page =
                [
                    new(Name("two-more"), "more.example", "FAILED", []),
                    new(Name("one"), "one.example", "ACTIVE", []),
                    new(Name("two"), "two.example", "PROVISIONING", ["CONFIG"]),
                ];
                return Task.FromResult(page.Where(certificate => $"name:{certificate.Name}".StartsWith(filter, StringComparison.Ordinal)));
            });

        Assert.Equal([$"name:{Name("one")}", $"name:{Name("two")}", $"name:{Name("three")}"], asked);
        Assert.Equal([new("two.example", "PROVISIONING, CONFIG"), new(Name("three"), "not listed")], pending);

        static string Name(string certificate) => $"projects/p/locations/global/certificates/{certificate}";
    }

    private static Task<IReadOnlyList<IssuanceWatch.Pending>> Answer(int count) => Task.FromResult<IReadOnlyList<IssuanceWatch.Pending>>(
        [.. Enumerable.Repeat(new IssuanceWatch.Pending("www.shop.example", "PROVISIONING, CONFIG"), count)]);

    private Task Pause(TimeSpan time)
    {
        _pauses.Add(time);
        return Task.CompletedTask;
    }
}
