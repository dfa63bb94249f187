using CsCheck;
using Infra.Migrations;
using Xunit;

namespace Infra.Tests.Migrations;

public sealed class StrongComponentsTests
{
    private static readonly Gen<(int Count, (int From, int To)[] Edges)> Graphs =
        from count in Gen.Int[1, 9]
        from edges in Gen.Select(Gen.Int[0, count - 1], Gen.Int[0, count - 1]).Array[0, 18]
        select (count, edges);

    [Fact]
    public void Nodes_that_lead_to_each_other_are_one_component_and_others_are_not() => Graphs.Sample(graph =>
    {
        var reach = Reach(graph.Count, graph.Edges);
        var components = Of(graph.Count, graph.Edges);
        var of = components.Index().SelectMany(pair => pair.Item.Select(node => (node, pair.Index))).ToDictionary();
        return Enumerable.Range(0, graph.Count).All(one => Enumerable.Range(0, graph.Count).All(other =>
            of[$"{one}"] == of[$"{other}"] == (one == other || (reach[one, other] && reach[other, one]))));
    });

    [Fact]
    public void A_component_stands_after_all_that_it_leads_to() => Graphs.Sample(graph =>
    {
        var of = Of(graph.Count, graph.Edges)
            .Index()
            .SelectMany(pair => pair.Item.Select(node => (node, pair.Index)))
            .ToDictionary();
        return graph.Edges.All(edge => of[$"{edge.To}"] <= of[$"{edge.From}"]);
    });

    [Fact]
    public void Every_node_stands_in_one_component() => Graphs.Sample(graph =>
        Of(graph.Count, graph.Edges).SelectMany(component => component).Order().SequenceEqual(Nodes(graph.Count).Order()));

    [Fact]
    public void A_long_chain_does_not_exhaust_the_stack()
    {
        const int Length = 200_000;

        var components = StrongComponents.Of(Nodes(Length), node => [$"{int.Parse(node, null) + 1}"]);

        Assert.Equal(Length, components.Count);
    }

    private static IReadOnlyList<IReadOnlyList<string>> Of(int count, (int From, int To)[] edges) => StrongComponents.Of(
        Nodes(count),
        node => edges.Where(edge => $"{edge.From}" == node).Select(edge => $"{edge.To}"));

    private static IReadOnlyList<string> Nodes(int count) => [.. Enumerable.Range(0, count).Select(node => $"{node}")];

    private static bool[,] Reach(int count, (int From, int To)[] edges)
    {
        var reach = new bool[count, count];
        foreach (var (one, other) in edges) reach[one, other] = true;
        for (var through = 0; through < count; through++)
        {
            for (var one = 0; one < count; one++)
            {
                for (var other = 0; other < count; other++)
                    reach[one, other] |= reach[one, through] && reach[through, other];
            }
        }

        return reach;
    }
}
