using System.Text.Json;
using Infra.Facts;
using Infra.Schemas;
using Infra.Tests.Facts;
using Xunit;

namespace Infra.Tests.Schemas;

public sealed class SchemaFileTests
{
    private const string Release = "kubernetes:helm.sh/v3:Release";

    // What every version of Kubernetes checks of values is asked for all kinds.
    private const string ByHand = "kubernetes-values";

    public static TheoryData<string> Clouds => ["aws", "gcp", "ovh", "scaleway"];

    public static TheoryData<string> Files => [.. SchemaFiles.Names.Order(StringComparer.Ordinal)];

    private static IReadOnlySet<(string Chart, string Version)> Charts { get; } = PlannedTypes.Plans
        .SelectMany(plan => plan.Resources)
        .Where(resource => resource.Type == Release)
        .Select(resource => (Text(resource.Inputs, "chart").Split('/')[^1], Text(resource.Inputs, "version")))
        .ToHashSet();

    [Fact]
    public void Every_kind_that_a_plan_holds_has_a_schema() => Assert.All(
        PlannedTypes.All.Where(type => type.StartsWith("kubernetes:", StringComparison.Ordinal) && type != Release),
        type => Assert.NotNull(Group(type)?.Resource(type)));

    [Fact]
    public void Every_kind_that_has_a_schema_is_held_by_a_plan() => Assert.Subset(
        PlannedTypes.All.ToHashSet(StringComparer.Ordinal),
        SchemaFiles.Names
            .Where(name => name.StartsWith("kubernetes", StringComparison.Ordinal))
            .SelectMany(name => SchemaFiles.Of(name)!.Resources)
            .Where(type => type != "*")
            .ToHashSet(StringComparer.Ordinal));

    [Fact]
    public void Every_chart_that_a_plan_installs_has_a_schema_of_its_version() =>
        Assert.All(Charts, chart => Assert.Equal($"chart {chart.Chart} {chart.Version}", SchemaFiles.OfChart(chart.Chart)?.Source));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_schema_was_read_off_the_product_that_a_chart_installs(string file)
    {
        var schema = SchemaFiles.Of(file)!;

        Assert.Matches(@"^\d{4}-\d{2}$", schema.Read);
        Assert.NotEmpty(schema.Source);
        if (schema.Chart.Length > 0) Assert.Contains((schema.Chart.Split(' ')[0], schema.Chart.Split(' ')[1]), Charts);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_schema_is_understood_as_a_whole(string file)
    {
        var text = SchemaFiles.Of(file)!;

        var visited = new HashSet<Schema>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<Schema>(text.Resources.Select(resource => text.Resource(resource)!));
        while (waiting.TryPop(out var schema))
        {
            if (!visited.Add(schema)) continue;
            schema.Pattern?.Accepts("a");
            schema.Names?.Accepts("a");
            Assert.True(schema.Shortest is null || schema.Longest is null || schema.Shortest <= schema.Longest, file);
            foreach (var inner in schema.Properties.Values) waiting.Push(inner);
            if (schema.Element is not null) waiting.Push(schema.Element);
        }

        Assert.NotEmpty(visited);
    }

    [Fact]
    public void What_is_kept_by_hand_speaks_of_fields_that_exist()
    {
        var values = SchemaFiles.Of(ByHand)!;

        Assert.Empty(
            from type in values.Resources
            where type != "*"
            from path in Missing(values.Resource(type)!, Group(type)!.Resource(type)!, "")
            select $"{type}: {path}");
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void What_a_provider_checks_is_known_of_every_type_and_of_properties_that_exist(string package)
    {
        var schema = SchemaFiles.Of(package)!;
        var table = FactTables.All().Single(table => table.Package == package);

        Assert.StartsWith(schema.Source, table.Source, StringComparison.Ordinal);
        Assert.Equal(table.Types.Select(facts => facts.Type), schema.Resources);
        Assert.Empty(
            from type in schema.Resources
            from path in Paths(schema.Resource(type)!, "")
            let fault = Catalogues.Fault(type, path, isInput: true)
            where fault is not null
            select fault);
    }

    private static IEnumerable<string> Paths(Schema schema, string path)
    {
        foreach (var (name, inner) in schema.Properties)
        {
            var isList = inner.Type == SchemaType.List;
            yield return $"{path}{name}";
            foreach (var below in Paths(inner.Element ?? inner, $"{path}{name}{(isList ? "[]" : "")}.")) yield return below;
        }

        foreach (var group in schema.ExactlyOne.Concat(schema.AtMostOne).Concat(schema.AtLeastOne).Concat(schema.Needs))
        {
            foreach (var name in group) yield return $"{path}{name}";
        }
    }

    private static IEnumerable<string> Missing(Schema said, Schema known, string path)
    {
        foreach (var (name, inner) in said.Properties)
        {
            if (!known.Properties.TryGetValue(name, out var other)) yield return $"{path}{name}";
            else foreach (var missing in Missing(inner, other, $"{path}{name}.")) yield return missing;
        }

        if (said.Element is { } element && known.Element is { } one)
        {
            foreach (var missing in Missing(element, one, path)) yield return missing;
        }
    }

    private static SchemaText? Group(string type) =>
        SchemaFiles.Of($"kubernetes.{type["kubernetes:".Length..type.IndexOf('/', StringComparison.Ordinal)]}")
        ?? SchemaFiles.Of("kubernetes");

    private static string Text(JsonElement inputs, string name) => inputs.GetProperty(name).GetString()!;
}
