using System.Collections.Immutable;
using System.Text.Json;
using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace Infra.Tests.Sdk;

public sealed class OutputTests
{
    private static readonly Output<string> Unknown = OutputUtilities.CreateUnknown("never seen");
    private static readonly Output<string> Secret = Output.CreateSecret("hush");

    [Fact]
    public void Apply_runs_on_known_values_and_keeps_them_secret()
    {
        Assert.Equal(5, Output.Create("plain").Apply(text => text.Length).Now());
        Assert.False(Output.Create("plain").Apply(text => text.Length).IsSecret());
        Assert.Equal(4, Secret.Apply(text => text.Length).Now());
        Assert.True(Secret.Apply(text => text.Length).IsSecret());
    }

    [Fact]
    public void Apply_does_not_run_on_unknown_values()
    {
        var result = Unknown.Apply(int (_) => throw new InvalidOperationException("must not run"));

        Assert.False(result.IsKnown());
    }

    [Fact]
    public async Task An_unknown_value_reads_as_the_default()
    {
        Assert.Null(await OutputUtilities.GetValueAsync(Unknown));
        Assert.False(OutputUtilities.CreateUnknown(() => Task.FromResult(1)).IsKnown());
    }

    [Fact]
    public void Apply_unwraps_tasks_outputs_and_inputs()
    {
        var one = Output.Create(1);

        Assert.Equal(2, one.Apply(value => Task.FromResult(value + 1)).Now());
        Assert.Equal(3, one.Apply(value => Output.Create(value + 2)).Now());
        Assert.Equal(4, one.Apply(value => (Input<int>)(value + 3)).Now());
        Assert.Equal(default, one.Apply(_ => Task.CompletedTask).Now());
    }

    [Fact]
    public void What_apply_returns_adds_its_own_secretness_and_unknownness()
    {
        Assert.True(Output.Create(1).Apply(_ => Secret).IsSecret());
        Assert.False(Output.Create(1).Apply(_ => Unknown).IsKnown());
        Assert.Null(Output.Create(1).Apply(_ => (Output<string>?)null).Now());
    }

    [Fact]
    public void Unsecret_lifts_the_mark_and_create_secret_sets_it()
    {
        Assert.False(Output.Unsecret(Secret).IsSecret());
        Assert.Equal("hush", Output.Unsecret(Secret).Now());
        Assert.True(Output.CreateSecret(Output.Create(1)).IsSecret());
        Assert.True(Output.CreateSecret(Task.FromResult(1)).IsSecret());
        Assert.False(Output.CreateSecret(Unknown).IsKnown());
    }

    [Fact]
    public void All_gathers_values_in_order_with_their_marks()
    {
        var all = Output.All(Output.Create("a"), Secret);

        Assert.Equal(["a", "hush"], all.Now().ToList());
        Assert.True(all.IsSecret());
        Assert.False(Output.All(Output.Create("a"), Unknown).IsKnown());
        Assert.Equal(["a", "b"], Output.All<string>("a", Output.Create("b")).Now().ToList());
        Assert.Empty(Output.All(new List<Input<string>>()).Now());
        Assert.Equal(["a"], Output.All(new List<Output<string>> { Output.Create("a") }).Now().ToList());
    }

    [Fact]
    public void Tuple_gathers_values_of_different_types_with_their_marks()
    {
        var pair = Output.Tuple(Output.Create(1), Secret);
        Assert.Equal((1, "hush"), pair.Now());
        Assert.True(pair.IsSecret());

        Assert.Equal((1, 2, 3), Output.Tuple<int, int, int>(1, 2, 3).Now());
        var eight = Output.Tuple<int, int, int, int, int, int, int, string>(1, 2, 3, 4, 5, 6, 7, Unknown);
        Assert.False(eight.IsKnown());
        Assert.Equal((1, 2, 3, 4, 5, 6, 7, "8"), Output.Tuple<int, int, int, int, int, int, int, string>(1, 2, 3, 4, 5, 6, 7, "8").Now());
    }

    [Fact]
    public void Format_mixes_outputs_inputs_and_values()
    {
        Input<int> port = 443;

        Assert.Equal("https://db:443/1.5", Output.Format($"https://{Output.Create("db")}:{port}/{1.5}").Now());
        Assert.True(Output.Format($"{Secret}").IsSecret());
        Assert.False(Output.Format($"{1}{Unknown}").IsKnown());
        Assert.Equal("[]", Output.Format($"[{null}]").Now());
    }

    [Fact]
    public void Json_text_holds_nested_outputs_and_inputs()
    {
        InputList<string> list = new() { "a", Output.Create("b") };
        InputMap<int> map = new() { ["c"] = 1 };

        var json = Output.JsonSerialize(Output.Create(new { Text = Output.Create("t"), Number = (Input<int>)2, list, map }));

        Assert.Equal("""{"Text":"t","Number":2,"list":["a","b"],"map":{"c":1}}""", json.Now());
        Assert.False(json.IsSecret());
    }

    [Fact]
    public void Json_text_is_secret_or_unknown_as_soon_as_anything_inside_is()
    {
        Assert.True(Output.JsonSerialize(Output.Create(new { Secret })).IsSecret());
        Assert.Equal("""{"Secret":"hush"}""", Output.JsonSerialize(Output.Create(new { Secret })).Now());
        Assert.False(Output.JsonSerialize(Output.Create(new { Unknown })).IsKnown());
        Assert.False(Output.JsonSerialize(Unknown).IsKnown());
        Assert.True(Output.JsonSerialize(Secret).IsSecret());
        Assert.True(Output.JsonSerialize(Output.Create(new { Inner = Output.Create(new { Secret }) })).IsSecret());
    }

    [Fact]
    public void Json_text_follows_the_given_options()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

        Assert.Equal("""{"theText":"t"}""", Output.JsonSerialize(Output.Create(new { TheText = Output.Create("t") }), options).Now());
        Assert.Equal("""{"theText":"t"}""", Output.JsonSerialize(Output.Create(new { TheText = "t" }), JsonSerializerOptions.Web).Now());
    }

    [Fact]
    public void Json_text_is_read_back_with_the_marks_of_the_text()
    {
        var read = Output.JsonDeserialize<Dictionary<string, int>>(Output.CreateSecret("""{"a":1}"""));
        Assert.Equal(1, read.Now()["a"]);
        Assert.True(read.IsSecret());

        Assert.False(Output.JsonDeserialize<int>(Unknown).IsKnown());
        Assert.Equal(1, Output.JsonDeserialize<Dictionary<string, Output<int>>>(Output.Create("""{"a":1}""")).Now()["a"].Now());
    }

    [Fact]
    public async Task A_deferred_output_follows_the_output_that_resolves_it()
    {
        var deferred = new DeferredOutput<string>();
        var length = deferred.Output.Apply(text => text.Length);
        deferred.Resolve(Secret);

        Assert.Equal(4, await OutputUtilities.GetValueAsync(length));
        Assert.True(length.IsSecret());
        Assert.Throws<InvalidOperationException>(() => deferred.Resolve(Secret));
    }

    [Fact]
    public void Lists_and_unions_are_read_inside_outputs()
    {
        var list = Output.Create(ImmutableArray.Create("a", "b"));
        Assert.Equal("a", list.First().Now());
        Assert.Equal("b", list.GetAt(1).Now());
        Assert.Equal(2, list.Length().Now());

        var union = Output.Create(Union<string, int>.FromT1(3));
        Assert.True(union.IsT1().Now());
        Assert.False(union.IsT0().Now());
        Assert.Equal(3, union.AsT1().Now());
        Assert.Equal(3, union.Value().Now());
    }

    [Fact]
    public async Task An_output_written_into_a_text_says_what_to_write_instead()
    {
        var text = "";
        await Deployment.TestAsync(new RecordingMocks(), Rehearsal.Real, () => text = $"{Output.Create(1)}");

        Assert.StartsWith("Calling [ToString] on an [Output<T>] is not supported", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_made_from_a_value_still_to_come_follows_it()
    {
        var coming = new TaskCompletionSource<int>();
        var number = Output.CreateSecret(coming.Task);
        InputList<int> list = new() { number, 4 };
        InputMap<int> map = new() { ["number"] = number };
        Output<string>[] made =
        [
            number.Apply(value => $"{value}"),
            number.Apply(value => Output.Create($"{value}")),
            Output.Create(0).Apply(_ => number).Apply(value => $"{value}"),
            Output.Tuple(number, Output.Create(4)).Apply(both => $"{both.Item1}"),
            Output.All(Output.Create(4), number).Apply(all => $"{all[1]}"),
            Output.Format($"{number}"),
            list.Apply(all => $"{all[0]}"),
            map.Apply(all => $"{all["number"]}"),
        ];
        Assert.All(made, output => Assert.False(OutputUtilities.GetValueAsync(output).IsCompleted));
        Assert.All(made, output => Assert.False(Output.IsSecretAsync(output).IsCompleted));

        coming.SetResult(3);

        foreach (var output in made)
        {
            Assert.Equal("3", await OutputUtilities.GetValueAsync(output));
            Assert.True(await Output.IsSecretAsync(output));
        }
    }

    [Fact]
    public async Task The_error_of_a_value_reaches_what_is_made_from_it()
    {
        var coming = new TaskCompletionSource<int>();
        Output<int>[] failing = [Output.Create(coming.Task), Output.Create(1).Apply(int (_) => throw new FormatException("not a number"))];
        var made = failing.SelectMany<Output<int>, Output<string>>(number =>
        [
            number.Apply(value => $"{value}"),
            number.Apply(value => Output.Create($"{value}")),
            Output.Create(0).Apply(_ => number).Apply(value => $"{value}"),
            Output.Tuple(Output.Create(4), number).Apply(both => $"{both.Item2}"),
            Output.All(number, Output.Create(4)).Apply(all => $"{all[0]}"),
            Output.Format($"{number}"),
        ]).ToList();

        coming.SetException(new FormatException("not a number"));

        foreach (var output in made)
            Assert.Equal("not a number", (await Assert.ThrowsAsync<FormatException>(() => OutputUtilities.GetValueAsync(output))).Message);
    }

    [Fact]
    public async Task Nothing_is_waited_for_behind_the_first_error()
    {
        var never = Output.Create(new TaskCompletionSource<int>().Task);
        var failed = Output.Create(Task.FromException<int>(new FormatException("not a number")));

        await Assert.ThrowsAsync<FormatException>(() => OutputUtilities.GetValueAsync(Output.Tuple(failed, never)));
        Assert.False(OutputUtilities.GetValueAsync(Output.Tuple(never, failed)).IsCompleted);
    }

    [Fact]
    public async Task Outputs_remember_the_resources_that_they_come_from()
    {
        await Deployment.TestAsync(new RecordingMocks(), Rehearsal.Real, () =>
        {
            var first = new Shelf("first", new ShelfArgs { Capacity = 1 });
            var second = new Shelf("second", new ShelfArgs { Capacity = 2 });

            Assert.Equal([first], first.Arn.Dependencies());
            Assert.Equal([first], first.Id.Dependencies());
            Assert.Equal([first], first.Capacity.Apply(_ => "discarded").Dependencies());
            Assert.Equal([first], first.Capacity.Apply(_ => Output.Create(1)).Dependencies());
            Assert.True(Output.Format($"{first.Id}{second.Id}").Dependencies().SetEquals([first, second]));
            Assert.True(Output.All(first.Id, second.Id).Dependencies().SetEquals([first, second]));
            Assert.True(Output.Tuple(first.Id, second.Id).Dependencies().SetEquals([first, second]));
            Assert.True(first.Id.Apply(_ => second.Id).Dependencies().SetEquals([first, second]));
            Assert.Equal([second], Output.JsonSerialize(Output.Create(new { second.Id })).Dependencies());
            Assert.Empty(Output.Create(1).Dependencies());
            Assert.Equal([first], OutputUtilities.WithDependency(Output.Create(1), first).Dependencies());
        });
    }

    [Fact]
    public async Task Dependencies_are_remembered_of_unknown_values_too()
    {
        await Deployment.TestAsync(new RecordingMocks(), Rehearsal.Preview, () =>
        {
            var shelf = new Shelf("a", new ShelfArgs { Capacity = 1 });

            Assert.False(shelf.Arn.IsKnown());
            Assert.Equal([shelf], shelf.Arn.Apply(arn => arn.Length).Dependencies());
        });
    }
}
