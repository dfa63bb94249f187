using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Settings;
using Xunit;
using static Infra.Tests.Settings.Configurations;

namespace Infra.Tests.Settings;

public sealed class MigrationSettingsTests
{
    [Fact]
    public void A_record_is_read_with_every_form_of_an_entry()
    {
        var record = Accepted(With(
            "migration",
            """
            { to: scaleway, ways: { database: replicate }, acceptDataLoss: { photos: nobody had begun }, components: {
                cache: [migrated 2026-11-20, activated 10% 2026-11-21T06:00Z, activated 50% 2026-11-21T08:30+01:00,
                  activated 2026-11-21T09:00:30Z],
                photos: [migrated 2026-11-20] } }
            """)).Migration!;

        Assert.Equal(Cloud.Scaleway, record.To);
        Assert.Equal("replicate", record.Ways["database"]);
        Assert.Equal("nobody had begun", record.Components["photos"].AcceptDataLoss);
        Assert.Equal(
            [
                "migrated 2026-11-20",
                "activated 10% 2026-11-21T06:00Z",
                "activated 50% 2026-11-21T08:30+01:00",
                "activated 2026-11-21T09:00:30Z",
            ],
            record.Components["cache"].History.Select(entry => $"{entry}"));
        var last = record.Components["cache"].Last;
        Assert.Equal((MigrationState.Activated, null, false), (last.State, last.Percent, last.IsDay));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 9, 0, 30, TimeSpan.Zero), last.At);
        Assert.Equal(10, record.Components["cache"].History[1].Percent);
    }

    [Fact]
    public void What_fills_a_component_from_outside_is_read_with_what_is_usual()
    {
        var sources = Accepted(With(
            "migration",
            """
            { to: scaleway, components: {}, sources: {
                orders: { external: old, password: old-password, username: carrier, name: app, verifyHost: false },
                photos: { external: old-store, password: old-key, username: AKIAEXAMPLE, region: eu-west-3 },
                sessions: { external: old-cache, password: old-password } } }
            """)).Migration!.Sources;

        Assert.Equal(
            new() { External = "old", Password = "old-password", Username = "carrier", Name = "app", VerifyHost = false },
            sources["orders"]);
        Assert.Equal(("AKIAEXAMPLE", "eu-west-3", null, true), (
            sources["photos"].Username, sources["photos"].Region, sources["photos"].Name, sources["photos"].VerifyHost));
        Assert.Equal(("default", "us-east-1"), (sources["sessions"].Username, sources["sessions"].Region));
    }

    [Theory]
    [InlineData("old", "infra:migration.sources.orders is 'old'; allowed: a map, such as { external: old-database,")]
    [InlineData("{ external: old }", "infra:migration.sources.orders.password is missing; allowed: the name of a Secret of the system")]
    [InlineData("{ password: p }", "infra:migration.sources.orders.external is missing; allowed: the name of an External of the system")]
    [InlineData("{ external: old, password: p, verifyHost: maybe }", "infra:migration.sources.orders.verifyHost is 'maybe'; allowed: true")]
    [InlineData("{ external: old, password: p, user: x }", "infra:migration.sources.orders.user is not a key of it; allowed: external,")]
    public void A_source_that_cannot_be_read_is_told(string source, string message) => Assert.Contains(
        Read(With("migration", $"{{ to: scaleway, components: {{}}, sources: {{ orders: {source} }} }}")).Findings.All,
        finding => finding.Message.StartsWith(message, StringComparison.Ordinal));

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    public void A_stack_without_a_record_is_on_no_way(string? value) => Assert.Null(Accepted(With("migration", value)).Migration);

    [Fact]
    public void On_a_cloud_that_is_only_asked_about_nothing_is_on_the_way()
    {
        var (settings, findings) = Read(
            With("migration", "{ to: scaleway, components: { cache: [migrated 2026-11-20] } }"),
            cloud: Cloud.Ovh);

        Assert.Empty(findings.All);
        Assert.Null(settings!.Migration);
    }

    [Theory]
    [InlineData("{ to: mars, components: {} }", "infra:migration.to is 'mars'; allowed: aws, gcp,")]
    [InlineData("{ components: {} }", "infra:migration.to is missing; allowed: aws, gcp,")]
    [InlineData("{ to: scaleway }", "infra:migration.components is missing; allowed: the history of each component")]
    [InlineData("{ to: scaleway, components: {}, too: 1 }", "infra:migration.too is not a key of it; allowed: to, components,")]
    [InlineData("{ to: scaleway, components: [cache] }", "infra:migration.components is a list; allowed: a map of histories")]
    [InlineData("{ to: scaleway, components: {}, acceptDataLoss: { cache: old } }", "and 'cache' has not set out; allowed:")]
    public void A_record_that_cannot_be_read_is_told(string record, string told) =>
        Assert.Contains(told, Refusal(With("migration", record)), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "is an empty list; allowed: a list of what happened")]
    [InlineData(
        "migratd 2026-11-20",
        "which does not begin with a state; allowed: migrated, paused, activated, released, retired. Did you mean 'migrated'?")]
    [InlineData("\"2026-11-20\"", "which does not begin with a state")]
    [InlineData("migrated: 2", "[0] is a map; allowed: one text, without a colon and a space")]
    [InlineData("migrated", "which does not say when; allowed: behind the state a day")]
    [InlineData("migrated 20.11.2026", "which names no time by '20.11.2026'")]
    [InlineData("migrated 2026-11-31", "which names no time by '2026-11-31'")]
    [InlineData("migrated 2026-11-20T06:00", "which names no time by '2026-11-20T06:00'")]
    [InlineData("migrated 2026-11-20 06:00Z", "which has more words behind migrated than one time")]
    [InlineData("migrated 10% 2026-11-20", "in which migrated has a percentage; allowed: a percentage behind activated")]
    [InlineData("migrated 2026-11-20, activated 0% 2026-11-21", "whose percentage is 0%; allowed: 1% to 100%")]
    [InlineData("migrated 2026-11-20, activated 101% 2026-11-21", "whose percentage is 101%; allowed: 1% to 100%")]
    [InlineData("migrated 2026-11-20, activated 1.5% 2026-11-21", "whose percentage is 1.5%; allowed: 1% to 100%")]
    public void An_entry_that_cannot_be_read_is_told_with_what_is_allowed(string history, string told) =>
        Assert.Contains(told, RefusedHistory(history), StringComparison.Ordinal);

    [Theory]
    [InlineData("released 2026-11-20", "nothing stands in front of it; allowed: migrated first")]
    [InlineData("paused 2026-11-20", "nothing stands in front of it; allowed: migrated first")]
    [InlineData("migrated 2026-11-20, released 2026-11-21", "behind 'migrated 2026-11-20'; allowed: paused or activated in between")]
    [InlineData("migrated 2026-11-20, paused 2026-11-21, released 2026-11-22", "allowed: activated in between")]
    [InlineData("migrated 2026-11-20, activated 2026-11-21, retired 2026-11-22", "allowed: released in between")]
    [InlineData("migrated 2026-11-20, migrated 2026-11-21", "allowed: a state once")]
    [InlineData("migrated 2026-11-20, activated 2026-11-21, activated 2026-11-22", "allowed: a state once")]
    [InlineData("migrated 2026-11-20, activated 2026-11-21, paused 2026-11-22", "which comes later; allowed: states in their order")]
    [InlineData("migrated 2026-11-20, activated 20% 2026-11-21, activated 10% 2026-11-22", "allowed: a share of the traffic that grows")]
    [InlineData("migrated 2026-11-20, activated 20% 2026-11-21, released 2026-11-22", "allowed: activated for all of it in between")]
    [InlineData("migrated 2026-11-20, paused 2026-11-21, activated 20% 2026-11-22", "allowed: activated as a whole")]
    [InlineData(
        "migrated 2026-11-20, activated 2026-11-21, released 2026-11-22, retired 2026-11-23, migrated 2026-11-24",
        "allowed: nothing behind retired")]
    [InlineData("migrated 2026-11-20, activated 2026-11-19", "which is before 'migrated 2026-11-20' that stands in front of it")]
    [InlineData("migrated 2026-11-20T06:00Z, activated 2026-11-20T06:30+01:00", "which is before 'migrated 2026-11-20T06:00Z'")]
    public void A_history_that_cannot_have_happened_is_told_with_what_is_missing(string history, string told) =>
        Assert.Contains(told, RefusedHistory(history), StringComparison.Ordinal);

    [Theory]
    [InlineData("migrated 2026-11-20T23:00Z, activated 2026-11-20")]
    [InlineData("migrated 2026-11-20, activated 2026-11-20T00:30+01:00")]
    [InlineData("activated 5% 2026-11-20, activated 100% 2026-11-20")]
    [InlineData("migrated 2026-11-20, paused 2026-11-21, activated 100% 2026-11-21, released 2026-11-22, retired 2026-11-23")]
    public void A_history_that_can_have_happened_is_accepted(string history) =>
        Assert.Single(Accepted(With("migration", $"{{ to: scaleway, components: {{ cache: [{history}] }} }}")).Migration!.Components);

    [Fact]
    public void What_a_return_loses_is_accepted_for_one_return_only() => Assert.Contains(
        "allowed: as long as the component is not activated again",
        Refusal(With(
            "migration",
            "{ to: scaleway, acceptDataLoss: { cache: why }, components: { cache: [migrated 2026-11-20, activated 2026-11-21] } }")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-11-22", true)]
    [InlineData("2026-11-21T23:59Z", false)]
    [InlineData("2026-11-22T00:30+01:00", false)]
    [InlineData("2026-11-22T00:00Z", true)]
    public void What_has_not_happened_yet_is_refused(string time, bool isRefused)
    {
        var findings = new Findings();
        var yaml = With("migration", $"{{ to: scaleway, components: {{ cache: [migrated {time}] }} }}");
        var configuration = StackFile.Parse(yaml, "file", findings)!;

        SettingsReader.Read(Stack, configuration, ["shop"], findings, today: new(2026, 11, 21));

        Assert.Equal(isRefused, findings.HasErrors);
        Assert.All(findings.All, finding => Assert.Contains(
            "in the future; allowed: what has happened, until today (2026-11-21, UTC)",
            finding.Message,
            StringComparison.Ordinal));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var (_, findings) = Read(With(
            "migration",
            "{ to: mars, components: { cache: [], photos: [migrated 2026-13-01], api: [migrated 2026-11-20, retired 2026-11-19] } }"));

        Assert.Equal(5, findings.All.Count);
    }

    [Fact]
    public void A_conflict_that_nobody_resolved_is_told_as_one() => Assert.Contains(
        "git marked a conflict there",
        Read(Complete + "\n  infra:migration:\n    to: scaleway\n<<<<<<< HEAD\n    components: {}\n=======\n>>>>>>> main\n")
            .Findings.All.Single().Message,
        StringComparison.Ordinal);

    private static string RefusedHistory(string history) =>
        Refusal(With("migration", $"{{ to: scaleway, components: {{ cache: [{history}] }} }}"));
}
