using System.Collections.Immutable;
using System.Text.Json;
using Pulumi;
using Xunit;

namespace Infra.Tests.Sdk;

public sealed class InputTests
{
    [Fact]
    public void Lists_are_made_from_whatever_holds_several_values()
    {
        InputList<string>[] lists =
        [
            new() { "a", Output.Create("b") },
            new[] { "a", "b" },
            new[] { Output.Create("a"), Output.Create("b") },
            new Input<string>[] { "a", Output.Create("b") },
            new List<string> { "a", "b" },
            new List<Output<string>> { Output.Create("a"), Output.Create("b") },
            new List<Input<string>> { "a", "b" },
            ImmutableArray.Create("a", "b"),
            Output.Create(new[] { "a", "b" }),
            Output.Create(new List<string> { "a", "b" }),
            Output.Create(ImmutableArray.Create("a", "b")),
            Output.Create<IEnumerable<string>>(["a", "b"]),
        ];

        Assert.All(lists, list => Assert.Equal(["a", "b"], list.ToOutput().Now().ToList()));
        Assert.Equal(["a"], ((InputList<string>)"a").ToOutput().Now().ToList());
        Assert.Equal(["a"], ((InputList<string>)Output.Create("a")).ToOutput().Now().ToList());
    }

    [Fact]
    public void Adding_to_a_list_keeps_the_order()
    {
        InputList<string> list = new() { "a" };
        list.Add("b", Output.Create("c"));
        list.AddRange(new[] { "d" });
        list.Add((InputList<string>)new[] { "e" });

        Assert.Equal(["a", "b", "c", "d", "e"], list.ToOutput().Now().ToList());
        Assert.Equal(["a", "b", "c", "d", "e", "f"], list.Concat("f").ToOutput().Now().ToList());
        Assert.Equal(["a", "b", "c", "d", "e"], list.ToOutput().Now().ToList());
    }

    [Fact]
    public void One_secret_element_makes_the_list_secret()
    {
        InputList<string> list = new() { "a", Output.CreateSecret("b") };

        Assert.True(list.ToOutput().IsSecret());
    }

    [Fact]
    public async Task Lists_and_maps_are_enumerated_asynchronously_only()
    {
        InputList<string> list = new() { "a", "b" };
        var found = new List<string>();
        await foreach (var element in list)
        {
            found.Add(element.ToOutput().Now());
        }

        Assert.Equal(["a", "b"], found);
        Assert.Throws<NotSupportedException>(() => ((System.Collections.IEnumerable)list).GetEnumerator());
        Assert.Throws<NotSupportedException>(() => ((System.Collections.IEnumerable)new InputMap<int>()).GetEnumerator());
    }

    [Fact]
    public void Maps_are_made_from_whatever_holds_entries()
    {
        InputMap<int>[] maps =
        [
            new() { ["a"] = 1 },
            new() { { "a", Output.Create(1) } },
            new Dictionary<string, int> { ["a"] = 1 },
            ImmutableDictionary<string, int>.Empty.Add("a", 1),
            Output.Create(new Dictionary<string, int> { ["a"] = 1 }),
            Output.Create<IDictionary<string, int>>(new Dictionary<string, int> { ["a"] = 1 }),
            Output.Create(ImmutableDictionary<string, int>.Empty.Add("a", 1)),
        ];

        Assert.All(maps, map => Assert.Equal(1, Assert.Contains("a", (IReadOnlyDictionary<string, int>)map.ToOutput().Now())));
    }

    [Fact]
    public void A_map_takes_a_key_twice_only_with_the_same_value()
    {
        InputMap<string> same = new() { ["a"] = "1", ["b"] = "2" };
        same.Add("a", Output.Create("1"));
        Assert.Equal(2, same.ToOutput().Now().Count);

        InputMap<string> different = new() { ["a"] = "1" };
        different.Add("a", "2");
        var error = Assert.Throws<ArgumentException>(() => different.ToOutput().Now());
        Assert.Contains("Key 'a' already exists in the map", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merging_maps_lets_the_second_win()
    {
        var merged = InputMap<int>.Merge(new() { ["a"] = 1, ["b"] = 1 }, new() { ["b"] = 2, ["c"] = 2 }).ToOutput().Now();

        Assert.Equal((1, 2, 2), (merged["a"], merged["b"], merged["c"]));
    }

    [Fact]
    public void A_union_holds_either_type()
    {
        InputUnion<string, int>[] texts = ["a", Output.Create("a"), (Input<string>)"a", Union<string, int>.FromT0("a")];
        InputUnion<string, int>[] numbers = [1, Output.Create(1), (Input<int>)1, Output.Create(Union<string, int>.FromT1(1))];

        Assert.All(texts, union => Assert.Equal("a", union.ToOutput().Now().AsT0));
        Assert.All(numbers, union => Assert.Equal(1, union.ToOutput().Now().AsT1));

        var list = new InputList<Union<string, int>>();
        list.Add((Input<string>)"a");
        list.Add((Input<int>)1);
        Assert.Equal<object>(["a", 1], list.ToOutput().Now().Select(union => union.Value));
    }

    [Fact]
    public void A_union_tells_its_cases_apart()
    {
        Union<string, int> text = "a";
        Union<string, int> number = 1;

        Assert.True(text.IsT0 && !text.IsT1 && number.IsT1);
        Assert.Equal("text a", text.Match(value => $"text {value}", value => $"number {value}"));
        Assert.Equal("number 1", number.Match(value => $"text {value}", value => $"number {value}"));
        Assert.True(text == (Union<string, int>)"a");
        Assert.True(text != number);
        Assert.Equal(2, number.MapT1(value => value + 1).AsT1);
        Assert.Equal("A", text.MapT0(value => value.ToUpperInvariant()).AsT0);
        Assert.Equal(2, number.Bimap(value => value, value => value + 1).AsT1);
        Assert.True(number.TryPickT1(out var picked, out _));
        Assert.Equal(1, picked);
        Assert.False(number.TryPickT0(out _, out var rest));
        Assert.Equal(1, rest);
        Assert.Throws<InvalidOperationException>(() => text.AsT1);
    }

    [Fact]
    public void Json_is_taken_as_text_document_or_element()
    {
        const string Json = """{"a":[1,true]}""";
        InputJson[] inputs =
        [
            Json,
            JsonDocument.Parse(Json),
            JsonDocument.Parse(Json).RootElement,
            Output.Create(Json),
            Output.Create(JsonDocument.Parse(Json)),
            Output.Create(JsonDocument.Parse(Json).RootElement),
        ];

        Assert.All(inputs, input => Assert.Equal(Json, input.ToOutput().Now().GetRawText()));
    }

    [Fact]
    public void Apply_works_on_inputs_and_takes_a_missing_one_for_the_default()
    {
        Input<int> two = 2;
        Input<int>? none = null;

        Assert.Equal(3, two.Apply(value => value + 1).Now());
        Assert.Equal(1, none.Apply(value => value + 1).Now());
        Assert.Null(((Input<string>?)null).ToOutput().Now());
    }
}
