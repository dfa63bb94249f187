using System.Globalization;
using CsCheck;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Tests.RandomSystems;
using Infra.Tests.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Infra.Tests.Migrations;

/// <summary>
/// Takes random systems from one cloud to another, step by step in a random order, and holds every step against what all of them promise.
/// <c>RANDOM_MIGRATIONS=500</c> takes so many new ones.
/// </summary>
public sealed class MigrationTests(ITestOutputHelper output)
{
    private const int Usual = 60;
    private const ulong UsualSeed = 20261127;

    // What stands on either cloud alone, and not on both at once: a stream's servers tell their own addresses, and some names are taken.
    private static readonly string[] Refusals = ["no other cloud reaches", "which the stack has on"];

    private static readonly RandomSystemGenerator Systems = new();

    [Fact]
    public void Whatever_a_system_is_every_step_of_its_migration_keeps_every_promise()
    {
        var (count, from) = Environment.GetEnvironmentVariable("RANDOM_MIGRATIONS") is { Length: > 0 } many
            ? (int.Parse(many, CultureInfo.InvariantCulture), (ulong)DateTime.UtcNow.Ticks)
            : (Usual, UsualSeed);
        var broken = new Dictionary<string, string>();
        var (finished, steps) = (0, 0);
        for (var stream = 1; finished < count && stream < 40 * count; stream++)
        {
            var random = new PCG((uint)stream, from);
            var drawn = Systems.Generate(random, null, out _);
            var to = CloudNames.All[(int)(random.Next() % (uint)CloudNames.All.Count)];
            if (to == drawn.Cloud) continue;
            var settings = drawn.Settings with { Placement = new Dictionary<string, Cloud>(), Migration = null };
            var walk = new MigrationWalk(drawn.Declaration, settings, to);
            if (walk.Planned(settings).Plan.HasErrors || walk.Planned(walk.Finished()).Plan.HasErrors) continue;
            try
            {
                var last = walk.Planned(settings);
                foreach (var step in walk.Steps(names => Shuffled(names, random)))
                {
                    steps++;
                    MigrationPromises.Check(step, drawn.Declaration);
                    MigrationPromises.CheckUndo(step);
                    last = step.After;
                }

                if (walk.Stuck.Length > 0)
                {
                    if (Refusals.Any(refusal => walk.Stuck.Contains(refusal, StringComparison.Ordinal))) continue;
                    throw new BrokenPromiseException("whoever stands on both clouds can go from one to the other", walk.Stuck);
                }

                MigrationPromises.CheckFinish(last.Plan, walk.Planned(walk.Finished()).Plan);
                finished++;
            }
            catch (BrokenPromiseException exception)
            {
                broken.TryAdd(exception.Promise, $"{exception.Message}\nin {drawn}to {to.Name()}, stream {stream}");
                finished++;
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{finished} migrations, {steps} steps, of the seed {from}"));
        Assert.True(broken.Count == 0, string.Join("\n\n", broken.Values));
        Assert.Equal(count, finished);
    }

    [Fact]
    public void A_deployed_stack_does_not_change_its_cloud_by_a_word()
    {
        var system = TestSystems.Declare(model => model.Add(new Components.Buckets.Bucket("photos")));
        var deployed = Rehearsal.Run(system, TestSettings.For(Cloud.Aws, system: system));
        var flipped = Rehearsal.Run(system, TestSettings.For(Cloud.Scaleway, system: system));
        var findings = new Findings(EnvironmentKind.Production);

        Relocation.Check(Whereabouts.In(deployed.Outputs), Whereabouts.In(flipped.Outputs), findings);

        Assert.Equal("deployed-placement", Assert.Single(findings.All, finding => finding.Component == "photos").Rule.Id);
    }

    private static IReadOnlyList<string> Shuffled(IReadOnlyList<string> names, PCG random) =>
        [.. names.Select(name => (name, key: random.Next())).OrderBy(pair => pair.key).Select(pair => pair.name)];
}
