using System.Globalization;
using System.Text.RegularExpressions;
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
public sealed partial class RandomSystemTests(ITestOutputHelper output)
{
    private const int Usual = 800;
    private const int Smaller = 2000;
    private const ulong UsualSeed = 20261126;

    private static readonly RandomSystemGenerator Systems = new();

    [Fact]
    public void Whatever_a_system_declares_its_plan_keeps_every_promise()
    {
        var broken = new Dictionary<string, string>();
        foreach (var seed in Seeds())
        {
            try
            {
                PlanPromises.Check(Make(seed));
            }
            catch (BrokenPromiseException exception) when (!broken.ContainsKey(exception.Promise))
            {
                // One of a kind: which to mend first is easier to see beside the others.
                broken.Add(exception.Promise, Told(exception.Promise, seed));
            }
            catch (BrokenPromiseException)
            {
            }
        }

        Assert.True(broken.Count == 0, string.Join("\n\n", broken.Values));
    }

    [Fact]
    public void A_fault_is_told_with_a_small_system_and_the_seed_that_makes_it_again()
    {
        var seed = Enumerable.Range(1, 300)
            .Select(stream => new PCG((uint)stream, UsualSeed).ToString())
            .First(seed => Make(seed) is { Parts.Count: > 5 } system && system.Parts.Any(IsCache));

        var smallest = Smallest(seed, system => !system.Parts.Any(IsCache));

        Assert.InRange(Make(smallest).Parts.Count, 1, 3);
        Assert.Contains(Make(smallest).Parts, IsCache);
        Assert.Equal($"{Make(smallest)}", $"{Make(smallest)}");
        Assert.EndsWith($"RANDOM_SEED={smallest} ./test --filter RandomSystem", Describe(smallest), StringComparison.Ordinal);

        static bool IsCache(RandomPart part) => part.Arguments.StartsWith("CacheArgs", StringComparison.Ordinal);
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
        Assert.Contains(built, system => system.Migration is not null);
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

    private static string Told(string promise, string seed)
    {
        var smallest = Smallest(seed, system => Broken(system)?.Promise != promise);
        return $"{Broken(Make(smallest))?.Message}\nin {Describe(smallest)}";
    }

    private static BrokenPromiseException? Broken(RandomSystem system)
    {
        try
        {
            PlanPromises.Check(system);
            return null;
        }
        catch (BrokenPromiseException exception)
        {
            return exception;
        }
    }

    // Of as many random systems as are worth the wait, the smallest that fails as the first one did.
    private static string Smallest(string seed, Func<RandomSystem, bool> passes)
    {
        try
        {
            Systems.Sample(passes, seed: seed, iter: Smaller, threads: 1);
            return seed;
        }
        catch (CsCheckException exception)
        {
            return SeedIn().Match(exception.Message).Groups[1].Value;
        }
    }

    [GeneratedRegex("seed: \"([^\"]+)\"")]
    private static partial Regex SeedIn();

    private static RandomSystem Make(string seed) => Systems.Generate(PCG.Parse(seed), null, out _);

    private static string Describe(string seed) => $"{Make(seed)}Make it again by: RANDOM_SEED={seed} ./test --filter RandomSystem";
}
