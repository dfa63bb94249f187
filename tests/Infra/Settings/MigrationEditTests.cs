using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Settings;
using Xunit;

namespace Infra.Tests.Settings;

public sealed class MigrationEditTests
{
    private const string Head = "config:\n  infra:cloud: aws\n";

    private static readonly MigrationEntry Entry = new(MigrationState.Released, new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Whatever_the_layout_taking_a_step_back_gives_the_same_file_byte_for_byte() =>
        Assert.All(RecordLayouts.Some(2000), layout =>
        {
            var (file, name) = layout;
            var next = MigrationEdit.Append(file, name, Entry, Cloud.Scaleway).Text;

            Assert.NotNull(next);
            Assert.Equal($"{Entry}", Components(next)![name]!.AsArray()[^1]!.ToString());
            Assert.Equal(Comments(file), Comments(next));
            Assert.Equal(file, MigrationEdit.RemoveLast(next, name).Text);
        });

    [Fact]
    public void Whatever_the_layout_every_step_can_be_taken_back_until_nothing_has_set_out() =>
        Assert.All(RecordLayouts.Some(500), layout =>
        {
            var text = layout.File;
            while (Components(text) is { Count: > 0 } components)
            {
                var (name, history) = (components.First().Key, components.First().Value!.AsArray());
                text = MigrationEdit.RemoveLast(text, name).Text!;
                Assert.NotNull(text);
                Assert.Equal(history.Count - 1, Components(text)?[name]?.AsArray().Count ?? 0);
            }
        });

    [Fact]
    public void The_first_step_begins_a_record_behind_the_other_settings() => Assert.Equal(
        Head + "  infra:migration:\n    to: scaleway\n    components:\n      cache: [released 2026-11-22T06:00Z]\n# the end\n",
        MigrationEdit.Append(Head + "# the end\n", "cache", Entry, Cloud.Scaleway).Text);

    [Fact]
    public void A_step_behind_others_is_written_as_they_are() => Assert.Equal(
        Record("cache: [\n        migrated 2026-11-20, # staged\n        released 2026-11-22T06:00Z,\n      ]"),
        MigrationEdit.Append(Record("cache: [\n        migrated 2026-11-20, # staged\n      ]"), "cache", Entry, Cloud.Scaleway).Text);

    [Fact]
    public void A_name_that_yaml_takes_for_something_else_is_written_in_quotes() => Assert.Contains(
        "\n      \"null\": [released 2026-11-22T06:00Z]",
        MigrationEdit.Append(Record("cache: [migrated 2026-11-20]"), "null", Entry, Cloud.Scaleway).Text,
        StringComparison.Ordinal);

    [Fact]
    public void What_stands_elsewhere_in_the_record_stays_when_nothing_has_set_out_any_more() => Assert.Equal(
        Head + "  infra:migration:\n    to: scaleway\n    components: {} # mine\n    ways: { cache: cold }\n",
        MigrationEdit.RemoveLast(
            Head + "  infra:migration:\n    to: scaleway\n    components: # mine\n      cache: [migrated 2026-11-20]\n"
                + "    ways: { cache: cold }\n",
            "cache").Text);

    [Fact]
    public void What_a_return_may_lose_is_recorded_until_the_component_is_activated_again()
    {
        var activated = Record("database: [migrated 2026-11-20, activated 2026-11-21T06:00Z]");

        var back = MigrationEdit.RemoveLast(activated, "database", """said "go back" \ twice""").Text!;
        Assert.Equal(
            Record("database: [migrated 2026-11-20]") + "    acceptDataLoss: { database: \"said \\\"go back\\\" \\\\ twice\" }\n",
            back);

        var again = new MigrationEntry(MigrationState.Activated, new(2026, 11, 21, 6, 0, 0, TimeSpan.Zero));
        Assert.Equal(activated, MigrationEdit.Append(back, "database", again, Cloud.Scaleway).Text);
    }

    [Fact]
    public void What_a_return_may_lose_is_forgotten_with_the_component()
    {
        var back = Record("cache: [migrated 2026-11-20]\n      database: [migrated 2026-11-20]")
            + "    acceptDataLoss:\n      cache: nobody minds\n      database: neither here\n";

        Assert.Equal(
            Record("database: [migrated 2026-11-20]") + "    acceptDataLoss:\n      database: neither here\n",
            MigrationEdit.RemoveLast(back, "cache").Text);
    }

    [Theory]
    [InlineData(
        "  infra:domains: &h [migrated 2026-11-20]\n  infra:migration: { to: scaleway, components: { cache: *h } }\n",
        "is an alias")]
    [InlineData("  infra:migration: { to: scaleway, components: { cache: &h [migrated 2026-11-20], db: *h } }\n", "of an alias")]
    [InlineData("  infra:migration: { to: scaleway, <<: { components: { cache: [migrated 2026-11-20] } } }\n", "merged")]
    [InlineData("  infra:migration: {}\n", "is empty")]
    public void What_cannot_be_edited_safely_is_told_and_not_edited(string record, string reason)
    {
        var edit = MigrationEdit.Append(Head + record, "cache", Entry, Cloud.Scaleway);

        Assert.Null(edit.Text);
        Assert.Contains(reason, edit.Problem, StringComparison.Ordinal);
    }

    private static string Record(string components) =>
        $"{Head}  infra:migration:\n    to: scaleway\n    components:\n      {components}\n";

    private static JsonObject? Components(string text) =>
        StackFile.Parse(text, "file", new Findings())?["infra:migration"]?["components"]?.AsObject();

    private static IReadOnlyList<string> Comments(string text) =>
    [
        .. text.ReplaceLineEndings("\n").Split('\n')
            .Select(line => (line, At: line.IndexOf('#', StringComparison.Ordinal)))
            .Where(found => found.At >= 0)
            .Select(found => found.line[found.At..]),
    ];
}
