using System.Text;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Migrations;
using Infra.Rehearsals;
using Infra.Stacks;
using Infra.Tests.Pages;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Migrations;

public sealed class MigrationPlanningTests
{
    private const string Snapshots = "tests/Infra/Migrations/Snapshots";

    public static TheoryData<Cloud, Cloud> Pairs => CloudPairs.All;

    public static TheoryData<string> Examples => [.. ComponentPages.All.Select(page => page.Folder)];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Familink_has_a_plan_on_every_ordered_pair_of_clouds(Cloud from, Cloud to)
    {
        var settings = TestSettings.For(from, system: new Familink());

        var plan = Plan(new Familink(), settings, to);

        Assert.DoesNotContain(plan.Surprises, surprise => surprise.Severity == Severity.Error);
        CheckWhole(plan);
        Assert.Contains(plan.Waves[^1].Components[^1], (string[])["edge", "devices"]);
        Assert.All(plan.Waves.SelectMany(wave => wave.Crossing), link => Assert.NotEqual("nothing", link.Over));
        Assert.True(plan.Waves[0].Resources.Count > 0, "The first wave makes nothing.");
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_has_a_plan(string page)
    {
        var at = ComponentPages.All.Index().Single(each => each.Item.Folder == page);
        var clouds = Fixtures.Clouds.ToList();
        var from = clouds[at.Index % clouds.Count];
        var settings = TestSettings.For(from, system: at.Item.Example);
        var findings = new Findings();

        var plan = MigrationPlanning.Of(at.Item.Example, settings, Order(clouds[(at.Index + 2) % clouds.Count]), findings);

        // What stands in no place of its own does not move, and that is told.
        if (plan is null) Assert.Equal("migrate-nothing", Assert.Single(findings.All).Rule.Id);
        else CheckWhole(plan);
    }

    [Fact]
    public void The_same_stack_has_the_same_plan()
    {
        var settings = RepositoryStacks.Settings("familink-production");

        Assert.Equal(
            Json(Plan(new Familink(), settings, Cloud.Scaleway)),
            Json(Plan(new Familink(), settings, Cloud.Scaleway)));
    }

    [Fact]
    public void Familinks_plan_is_the_one_that_is_committed()
    {
        var settings = RepositoryStacks.Settings("familink-production") with { Today = new(2026, 11, 1) };
        var plan = Plan(new Familink(), settings, Cloud.Scaleway);
        using var text = new StringWriter();
        MigrationPlanText.Write(plan, text, TextLayout.Plain);
        using var runbook = new StringWriter();
        MigrationRunbook.Write(plan, runbook);

        Snapshot.Matches($"{Snapshots}/familink-to-scaleway.txt", text.ToString());
        Snapshot.Matches($"{Snapshots}/familink-to-scaleway.json", Json(plan));
        Snapshot.Matches($"{Snapshots}/familink-to-scaleway.md", runbook.ToString());
    }

    [Fact]
    public void Familinks_files_take_about_two_weeks_by_the_figures_of_its_stack()
    {
        var plan = Plan(new Familink(), RepositoryStacks.Settings("familink-production"), Cloud.Scaleway);

        Assert.InRange(plan.CopySeconds!.Value / (24 * 60 * 60.0), 13.5, 15);
        Assert.True(plan.PauseSeconds <= 28 * 60, $"The longest window takes {plan.PauseSeconds} s.");
    }

    [Fact]
    public void An_account_that_is_missing_comes_first_and_the_waves_are_planned_all_the_same()
    {
        var settings = TestSettings.For(Cloud.Aws, system: new Familink());
        settings = settings with { Accounts = settings.Accounts with { Scaleway = null } };

        var plan = Plan(new Familink(), settings, Cloud.Scaleway);

        Assert.Equal(("account-missing", Severity.Error), (plan.Surprises[0].Rule.Id, plan.Surprises[0].Severity));
        Assert.Contains("infra:accounts.scaleway.projectId", plan.Surprises[0].Message, StringComparison.Ordinal);
        Assert.False(plan.Ready);
        CheckWhole(plan);
    }

    [Fact]
    public void What_the_old_cloud_has_found_already_is_no_surprise()
    {
        var settings = RepositoryStacks.Settings("familink-production");

        var plan = Plan(new Familink(), settings, Cloud.Scaleway);

        var known = PreparedStack.Of(new Familink(), settings).Findings.All;
        Assert.Empty(plan.Surprises.Intersect(known));
        Assert.Contains(plan.Surprises, surprise => surprise.Rule.Id == "scaleway-database-backup");
    }

    [Theory]
    [InlineData(Cloud.Aws, 4)]
    [InlineData(Cloud.Ovh, 1)]
    public void Traffic_moves_by_shares_where_the_zones_cloud_has_weights(Cloud from, int activations)
    {
        var plan = Plan(new Familink(), TestSettings.For(from, system: new Familink()), Cloud.Scaleway);

        foreach (var entrance in (string[])["edge", "devices"])
        {
            var steps = plan.Waves
                .SelectMany(wave => wave.Steps)
                .Where(step => step.State == "activated" && step.Components.Contains(entrance))
                .ToList();
            Assert.Equal(activations, steps.Count);
            Assert.Null(steps[^1].Percent);
        }

        Assert.Equal(activations == 1, plan.Surprises.Any(surprise => surprise.Rule.Id == "migrate-weights"));
        Assert.All(
            plan.Waves.SelectMany(wave => wave.Steps).Where(step => step.Percent is not null),
            step => Assert.All(step.Components, component => Assert.Contains(component, (string[])["edge", "devices"])));
    }

    [Fact]
    public void What_traffic_is_led_to_is_kept_until_where_it_enters_is_released()
    {
        var plan = Plan(new Familink(), TestSettings.For(Cloud.Aws, system: new Familink()), Cloud.Gcp);

        var released = plan.Waves.Single(wave => wave.Steps.Any(step => step is { State: "released" } && step.Components.Contains("api")));
        Assert.Equal(
            plan.Waves.Single(wave => wave.Steps.Any(step => step.State == "activated" && step.Components.Contains("edge"))),
            released);
        Assert.Contains("edge", released.Steps.Single(step => step.State == "released").Components);
        Assert.Contains(plan.Waves.SkipLast(1), wave => wave.Steps.Any(step => step.Components.Contains("api")));
    }

    [Fact]
    public void The_record_that_a_plan_leads_to_is_accepted()
    {
        var settings = TestSettings.For(Cloud.Aws, system: new Familink());
        var plan = Plan(new Familink(), settings, Cloud.Gcp);
        var at = new DateTimeOffset(2026, 11, 1, 6, 0, 0, TimeSpan.Zero);
        var histories = new Dictionary<string, List<MigrationEntry>>();
        foreach (var step in plan.Waves.SelectMany(wave => wave.Steps))
        {
            at += TimeSpan.FromSeconds(step.AfterSeconds ?? 0) + TimeSpan.FromHours(1);
            foreach (var component in step.Components)
            {
                if (!histories.TryGetValue(component, out var history)) histories[component] = history = [];
                history.Add(new(Enum.Parse<MigrationState>(step.State, ignoreCase: true), at, step.Percent));
            }

            var record = new MigrationRecord
            {
                To = Cloud.Gcp,
                Components = histories.ToDictionary(pair => pair.Key, pair => new ComponentMigration([.. pair.Value])),
            };
            var placement = new Dictionary<string, Cloud> { ["zone"] = Cloud.Aws, ["www"] = Cloud.Aws, ["api-record"] = Cloud.Aws };
            var stepped = settings with { Migration = record, Placement = placement, Today = DateOnly.FromDateTime(at.UtcDateTime) };

            var findings = PreparedStack.Of(new Familink(), stepped).Findings.All;

            Assert.DoesNotContain(findings, finding => finding.Rule.Id.StartsWith("migration-", StringComparison.Ordinal)
                && finding.Severity == Severity.Error);
        }
    }

    // Every component moves once, through every state in its order, and every resource is new once.
    private static void CheckWhole(MigrationPlan plan)
    {
        var components = plan.Waves.SelectMany(wave => wave.Components).ToList();
        Assert.Equal(components.Distinct(), components);
        Assert.Equal(
            plan.Products.Select(product => product.Component).Order(),
            components.Concat(plan.Waves.SelectMany(wave => wave.Along)).Order());
        Assert.Equal(Enumerable.Range(1, plan.Waves.Count), plan.Waves.Select(wave => wave.Number));
        var steps = plan.Waves.SelectMany(wave => wave.Steps).ToList();
        Assert.All(components, component =>
        {
            var states = steps.Where(step => step.Components.Contains(component)).Select(step => step.State).Distinct().ToList();
            Assert.Equal(["migrated", "activated", "released", "retired"], states.Where(state => state != "paused"));
            var data = plan.Waves.SelectMany(wave => wave.Data).Where(data => data.Component == component);
            Assert.All(data.Where(data => data.Pauses), _ => Assert.Contains("paused", states));
        });
        Assert.Equal(
            plan.Surprises.OrderByDescending(surprise => surprise.Severity),
            plan.Surprises);
    }

    private static MigrationPlan Plan(SystemDeclaration system, StackSettings settings, Cloud to)
    {
        var findings = new Findings();
        return MigrationPlanning.Of(system, settings, Order(to), findings)
            ?? throw new InvalidOperationException(string.Join('\n', findings.All.Select(finding => finding.Message)));
    }

    private static MoveOrder Order(Cloud to) => new(to, 4, new HashSet<string>(), new Dictionary<(string, string), double>());

    private static string Json(MigrationPlan plan)
    {
        using var stream = new MemoryStream();
        MigrationPlanJson.Write(plan, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
