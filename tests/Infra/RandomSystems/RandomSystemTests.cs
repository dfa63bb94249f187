using System.Globalization;
using CsCheck;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Infra.Tests.RandomSystems;

/// <summary>
/// Holds random systems against what every plan promises. Every run takes the same systems; <c>RANDOM_SYSTEMS=50000</c> takes so many new
/// ones, and <c>RANDOM_SEED</c> the one that a failure names.
/// </summary>
public sealed class RandomSystemTests(ITestOutputHelper output)
{
    private const int Usual = 2000;
    private const ulong UsualSeed = 20261126;

    private static readonly RandomSystemGenerator Systems = new();

    [Fact]
    public void Whatever_a_system_declares_its_plan_keeps_every_promise()
    {
        var broken = new Dictionary<string, string>();
        foreach (var seed in Seeds())
        {
            var system = Systems.Generate(PCG.Parse(seed), null, out _);
            try
            {
                PlanPromises.Check(system);
            }
            catch (BrokenPromiseException exception)
            {
                // One of a kind: which to mend first is easier to see beside the others.
                broken.TryAdd(exception.Promise, $"{exception.Message}\nin {Describe(system, seed)}");
            }
        }

        Assert.True(broken.Count == 0, string.Join("\n\n", broken.Values));
    }

    [Fact]
    public void A_fault_is_told_with_the_system_and_the_seed_that_makes_it_again()
    {
        var seed = new PCG(1, UsualSeed).ToString();

        var system = Systems.Generate(PCG.Parse(seed), null, out _);

        Assert.Contains($"RANDOM_SEED={seed} ./test", Describe(system, seed), StringComparison.Ordinal);
        Assert.Equal($"{system}", $"{Systems.Generate(PCG.Parse(seed), null, out _)}");
    }

    [Fact]
    public void Among_the_systems_are_enough_that_can_be_built_on_every_cloud()
    {
        var built = Enumerable.Range(1, 300)
            .Select(stream => Systems.Generate(new PCG((uint)stream, UsualSeed), null, out _))
            .Where(system => !Rehearsal.Run(system.Declaration, system.Settings).HasErrors)
            .ToList();

        Assert.All(Fixtures.Clouds, cloud => Assert.InRange(built.Count(system => system.Cloud == cloud), 5, 300));
        Assert.Contains(built, system => system.Placement.Count > 0);
        Assert.Contains(built, system => system.Copies.Count > 0);
    }

    private IEnumerable<string> Seeds()
    {
        if (Environment.GetEnvironmentVariable("RANDOM_SEED") is { Length: > 0 } one) return [one];
        var (count, from) = Environment.GetEnvironmentVariable("RANDOM_SYSTEMS") is { Length: > 0 } many
            ? (int.Parse(many, CultureInfo.InvariantCulture), (ulong)DateTime.UtcNow.Ticks)
            : (Usual, UsualSeed);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} random systems of the seed {from}"));
        return Enumerable.Range(1, count).Select(stream => new PCG((uint)stream, from).ToString());
    }

    private static string Describe(RandomSystem system, string seed) =>
        $"{system}Make it again by: RANDOM_SEED={seed} ./test --filter RandomSystem";
}
