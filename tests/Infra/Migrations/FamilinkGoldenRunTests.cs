using Infra.Changes;
using Infra.CommandLine;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Migrations;

/// <summary>
/// Familink's migration from AWS to Scaleway in the order of the company's account: the cache, the frames and the photos first, while its
/// instances on AWS still run; then mail, the queues and the services one after the other; the database in one window at six o'clock in
/// Paris; the names; and the old side a day later. What each step changes is held as text.
/// </summary>
public sealed class FamilinkGoldenRunTests
{
    private static readonly string Folder = Path.Combine("tests", "Infra", "Migrations", "Snapshots");
    private static readonly string[] Frames =
        ["mqtt-authority", "mqtt-certificate", "mqtt-key", "mqtt-frames", "mqtt-images", "mqtt", "devices"];
    private static readonly string[] Workers = ["sim-key", "images", "prints", "frames"];
    private static readonly string[] Front = ["api", "web"];

    private static readonly Familink System = new();

    // Six o'clock in Paris, in winter.
    private static readonly DateTimeOffset Six = new(2026, 11, 2, 6, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void Every_step_is_what_the_account_tells_and_keeps_every_promise()
    {
        var start = Start();
        var before = new PlannedStack(start, Rehearsal.Run(System, start));
        Assert.Equal("", before.Plan.Errors());
        var number = 0;
        foreach (var (title, entries) in Steps())
        {
            number++;
            var settings = before.Settings;
            foreach (var (name, entry) in entries) settings = With(settings, name, entry);
            var after = new PlannedStack(settings, Rehearsal.Run(System, settings));

            Assert.Equal("", after.Plan.Errors());
            MigrationPromises.Check(new(MigrationWalk.Everything, before, after), System);
            MigrationPromises.CheckUndo(new(MigrationWalk.Everything, before, after));
            Snapshot.Matches(Path.Combine(Folder, $"familink-step-{number:00}-{title}.txt"), Told(title, before.Plan, after.Plan));
            before = after;
        }

        var finished = new MigrationWalk(System, start, Cloud.Scaleway).Finished();
        MigrationPromises.CheckFinish(before.Plan, Rehearsal.Run(System, finished));
    }

    private static StackSettings Start() => RepositoryStacks.Settings("familink-production");

    private static IEnumerable<(string Title, IReadOnlyList<(string Name, MigrationEntry Entry)> Entries)> Steps()
    {
        yield return ("cache-and-photos-set-out", Of(MigrationState.Migrated, 0, "cache", "photos"));
        yield return ("cache-and-photos-pause", Of(MigrationState.Paused, 14, "cache", "photos"));
        yield return ("cache-and-photos-serve", Of(MigrationState.Activated, 14, "cache", "photos"));
        yield return ("frames-set-out", Of(MigrationState.Migrated, 15, Frames));
        yield return ("frames-come-to-scaleway", Of(MigrationState.Activated, 16, Frames));
        yield return ("mail-sets-out", Of(MigrationState.Migrated, 16, "mail"));
        yield return ("mail-goes-from-scaleway", Of(MigrationState.Activated, 17, "mail"));
        yield return ("queues-set-out", Of(MigrationState.Migrated, 17, "photo-jobs", "print-jobs"));
        yield return ("queues-serve", Of(MigrationState.Activated, 17, "photo-jobs", "print-jobs"));
        yield return ("workers-set-out", Of(MigrationState.Migrated, 18, Workers));
        yield return ("workers-work-on-scaleway", Of(MigrationState.Activated, 18, Workers));
        yield return ("services-set-out", Of(MigrationState.Migrated, 19, [.. Front, "edge"]));
        yield return ("services-serve", Of(MigrationState.Activated, 20, Front));
        yield return ("database-sets-out", Of(MigrationState.Migrated, 20, "database", "schema"));
        yield return ("database-pauses", Of(MigrationState.Paused, 22, "database"));
        yield return ("database-serves", Of(MigrationState.Activated, 22, "database", "schema"));
        yield return ("names-lead-to-scaleway", Of(MigrationState.Activated, 22, "edge"));
        yield return ("aws-is-released", Of(MigrationState.Released, 24, All()));
        yield return ("aws-is-gone", Of(MigrationState.Retired, 25, All()));
    }

    private static string[] All() =>
        ["cache", "photos", .. Frames, "mail", "photo-jobs", "print-jobs", .. Workers, .. Front, "edge", "database", "schema"];

    private static IReadOnlyList<(string Name, MigrationEntry Entry)> Of(MigrationState state, int day, params string[] names) =>
        [.. names.Select(name => (name, new MigrationEntry(state, Six.AddDays(day))))];

    private static StackSettings With(StackSettings settings, string name, MigrationEntry entry)
    {
        var components = (settings.Migration?.Components ?? new Dictionary<string, ComponentMigration>()).ToDictionary();
        var history = components.TryGetValue(name, out var before) ? before.History : [];
        components[name] = new([.. history, entry]);
        return settings with { Migration = new() { To = Cloud.Scaleway, Components = components } };
    }

    // As './run diff' tells it.
    private static string Told(string title, Plan before, Plan after)
    {
        var changes = PlanComparison.Of(new(PlanDocument.Of(before), "before"), new(PlanDocument.Of(after), title));
        using var writer = new StringWriter { NewLine = "\n" };
        ChangesText.Write(changes, writer, new TextLayout());
        return writer.ToString();
    }
}
