using Infra.Components.Systems;
using Xunit;

namespace Infra.Tests.Testing;

/// <summary>
/// Ordered pairs of clouds. Kinds on pairs are sampled: every pair has one kind, every kind its share of the pairs, so that tests grow with
/// the kinds or the clouds, not with both. <c>EVERY_PAIR=1 ./test</c> runs all of them.
/// </summary>
internal static class CloudPairs
{
    /// <summary>Every ordered pair of two clouds.</summary>
    public static TheoryData<Cloud, Cloud> All
    {
        get
        {
            var pairs = new TheoryData<Cloud, Cloud>();
            foreach (var (one, other) in Pairs) pairs.Add(one, other);
            return pairs;
        }
    }

    /// <summary>The kinds that links lead to from another cloud, by their names, on pairs of clouds.</summary>
    public static TheoryData<string, Cloud, Cloud> Linked
    {
        get
        {
            var kinds = KindProbe.Reached.Select(probe => probe.Kind.Name).ToList();
            var pairs = Pairs.ToList();
            var every = Environment.GetEnvironmentVariable("EVERY_PAIR") == "1";
            var linked = new TheoryData<string, Cloud, Cloud>();
            for (var kind = 0; kind < kinds.Count; kind++)
            {
                for (var pair = 0; pair < pairs.Count; pair++)
                {
                    // A step of one further along each row of pairs lets every kind meet every cloud on both sides.
                    if (every || (pair + (pair / (Fixtures.Clouds.Count() - 1))) % kinds.Count == kind)
                        linked.Add(kinds[kind], pairs[pair].One, pairs[pair].Other);
                }
            }

            return linked;
        }
    }

    private static IEnumerable<(Cloud One, Cloud Other)> Pairs =>
        from one in Fixtures.Clouds
        from other in Fixtures.Clouds
        where one != other
        select (one, other);
}
