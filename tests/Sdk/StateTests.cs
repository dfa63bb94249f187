using System.Collections.Immutable;
using System.Text.Json;
using Infra.Tests.Sdk.Outputs;
using Pulumi;
using Pulumi.Testing;
using Xunit;

namespace Infra.Tests.Sdk;

/// <summary>What a resource's outputs become, given the state that the mock returns.</summary>
public sealed class StateTests
{
    private readonly RecordingMocks _mocks = new();

    [Fact]
    public async Task Outputs_take_their_values_from_the_state() => await WithState(
        new()
        {
            ["arn"] = "arn:1",
            ["capacity"] = 12,
            ["depth"] = 1.5,
            ["open"] = true,
            ["labels"] = new Dictionary<string, object> { ["a"] = "b" },
            ["zones"] = ImmutableArray.Create<object>("z1", "z2"),
            ["endpoint"] = new Dictionary<string, object> { ["host"] = "h", ["portNumber"] = 443 },
            ["boxes"] = new object[]
            {
                new Dictionary<string, object>
                {
                    ["content"] = "c",
                    ["inner"] = new object[] { new Dictionary<string, object> { ["weight"] = 3 } },
                },
            },
            ["size"] = "large",
            ["color"] = 1,
            ["document"] = new Dictionary<string, object> { ["a"] = 1 },
            ["content"] = new StringAsset("text"),
            ["anything"] = new List<string> { "x" },
        },
        shelf =>
        {
            Assert.Equal("arn:1", shelf.Arn.Now());
            Assert.Equal(12, shelf.Capacity.Now());
            Assert.Equal(1.5, shelf.Depth.Now());
            Assert.True(shelf.Open.Now());
            Assert.Equal("b", shelf.Labels.Now()!["a"]);
            Assert.Equal(["z1", "z2"], shelf.Zones.Now().ToList());
            Assert.Equal(("h", 443), (shelf.Endpoint.Now()!.Host, shelf.Endpoint.Now()!.Port));
            Assert.Equal("c", shelf.Boxes.Now()[0].Content);
            Assert.Equal(3, shelf.Boxes.Now()[0].Inner[0].Weight);
            Assert.Equal(ShelfSize.Large, shelf.Size.Now());
            Assert.Equal(ShelfColor.Oak, shelf.Color.Now());
            Assert.Equal(1, shelf.Document.Now().GetProperty("a").GetInt32());
            Assert.IsType<StringAsset>(shelf.Content.Now());
            Assert.Equal("x", Assert.IsType<ImmutableArray<object>>(shelf.Anything.Now())[0]);
        });

    [Fact]
    public async Task A_union_output_takes_the_first_type_that_fits()
    {
        await WithState(new() { ["policy"] = "text" }, shelf => Assert.Equal("text", shelf.Policy.Now()!.Value.AsT0));
        await WithState(
            new() { ["policy"] = new Dictionary<string, object> { ["host"] = "h" } },
            shelf => Assert.Equal("h", shelf.Policy.Now()!.Value.AsT1.Host));
    }

    [Fact]
    public async Task A_resource_in_the_state_becomes_that_resource()
    {
        Shelf? first = null;
        _mocks.State = args => args.Name == "second" ? new() { ["neighbour"] = first! } : [];
        var resources = await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            first = new Shelf("first", new ShelfArgs { Capacity = 5 });
            _ = new Shelf("second", new ShelfArgs { Capacity = 1 });
        });

        var neighbour = resources.OfType<Shelf>().Last().Neighbour.Now();
        Assert.Equal(5, neighbour!.Capacity.Now());
        Assert.Equal("first-id", neighbour.Id.Now());
    }

    [Fact]
    public async Task In_a_real_run_a_missing_output_is_known_and_the_default() => await WithState([], shelf =>
    {
        Assert.Null(shelf.Arn.Now());
        Assert.False(shelf.Open.Now());
        Assert.Null(shelf.Depth.Now());
        Assert.True(shelf.Zones.Now().IsDefault);
        Assert.Null(shelf.Endpoint.Now());
        Assert.Equal(JsonValueKind.Undefined, shelf.Document.Now().ValueKind);
    });

    [Fact]
    public async Task In_a_preview_a_missing_output_is_unknown_and_a_given_one_is_not() => await WithState(
        [],
        shelf =>
        {
            Assert.False(shelf.Arn.IsKnown());
            Assert.False(shelf.Zones.IsKnown());
            Assert.True(shelf.Capacity.IsKnown());
            Assert.True(shelf.Urn.IsKnown());
        },
        Rehearsal.Preview);

    [Fact]
    public async Task Without_saying_so_a_run_is_a_preview()
    {
        await WithState([], shelf => Assert.False(shelf.Arn.IsKnown()), new TestOptions());
        await WithState([], _ => Assert.True(Deployment.Instance.IsDryRun), new TestOptions());
    }

    [Fact]
    public async Task A_value_of_another_type_becomes_the_default_and_no_error() => await WithState(
        new()
        {
            ["arn"] = 1,
            ["capacity"] = "many",
            ["zones"] = "z",
            ["endpoint"] = "e",
            ["open"] = "yes",
            ["size"] = true,
            ["labels"] = 1,
        },
        shelf =>
        {
            Assert.Null(shelf.Arn.Now());
            Assert.Equal(0, shelf.Capacity.Now());
            Assert.True(shelf.Zones.Now().IsDefault);
            Assert.Null(shelf.Endpoint.Now());
            Assert.False(shelf.Open.Now());
            Assert.Null(shelf.Size.Now());
            Assert.Null(shelf.Labels.Now());
        });

    [Fact]
    public async Task A_secret_in_the_state_makes_its_output_secret() => await WithState(
        new()
        {
            ["password"] = Output.CreateSecret("hush"),
            ["arn"] = Output.Create("arn:1"),
            ["endpoint"] = new Dictionary<string, object> { ["host"] = Output.CreateSecret("h"), ["portNumber"] = 1 },
        },
        shelf =>
        {
            Assert.Equal("hush", shelf.Password.Now());
            Assert.True(shelf.Password.IsSecret());
            Assert.False(shelf.Arn.IsSecret());
            Assert.Equal("arn:1", shelf.Arn.Now());
            Assert.Equal("h", shelf.Endpoint.Now()!.Host);
            Assert.True(shelf.Endpoint.IsSecret());
            Assert.False(shelf.Capacity.IsSecret());
            Assert.True(Output.Format($"{shelf.Password}").IsSecret());
        });

    [Fact]
    public async Task A_secret_argument_that_the_mock_echoes_is_no_longer_secret() =>
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var shelf = new Shelf("a", new ShelfArgs { Capacity = 1, Password = "literal" });

            Assert.Equal("literal", shelf.Password.Now());
            Assert.False(shelf.Password.IsSecret());
        });

    [Fact]
    public async Task An_unknown_output_in_the_state_stays_unknown_in_a_real_run() => await WithState(
        new() { ["arn"] = Pulumi.Utilities.OutputUtilities.CreateUnknown("x") },
        shelf => Assert.False(shelf.Arn.IsKnown()));

    [Fact]
    public async Task Members_that_belong_to_the_engine_are_dropped() => await WithState(
        new() { ["anything"] = new Dictionary<string, object> { ["__defaults"] = "x", ["kept"] = 1 } },
        shelf => Assert.Equal("kept", Assert.Single(Assert.IsType<ImmutableDictionary<string, object>>(shelf.Anything.Now())).Key));

    [Fact]
    public async Task A_state_that_is_no_dictionary_is_refused()
    {
        var mocks = new AnonymousStateMocks();

        var error = await Rehearsal.FailAsync(mocks, () => new Shelf("a", new ShelfArgs { Capacity = 1 }));

        Assert.Contains("is not a supported argument type", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_whose_output_cannot_be_filled_is_refused()
    {
        var error = await Rehearsal.FailAsync(_mocks, () => new Misfit("m"));

        Assert.Contains("contains invalid type System.DateTime", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_class_is_a_state_too()
    {
        var endpoint = default(ShelfEndpoint);
        await WithState(
            new() { ["endpoint"] = new Dictionary<string, object> { ["host"] = "h" } },
            shelf =>
            {
                endpoint = shelf.Endpoint.Now();
                _ = new CustomResource("acme:index:Thing", "echo", Echo(endpoint!), new CustomResourceOptions());
            });

        var echoed = Assert.IsType<ImmutableDictionary<string, object>>(_mocks["echo"].Inputs["value"]);
        Assert.Equal("h", echoed["host"]);
        Assert.Null(echoed["port"]);
    }

    private static DictionaryResourceArgs Echo(ShelfEndpoint endpoint)
        => new(ImmutableDictionary<string, object?>.Empty.Add("value", endpoint));

    private async Task WithState(Dictionary<string, object> state, Action<Shelf> check, TestOptions? options = null)
    {
        _mocks.State = _ => state;
        await Deployment.TestAsync(_mocks, options ?? Rehearsal.Real, () => check(new Shelf("a", new ShelfArgs { Capacity = 1 })));
    }

    private sealed class Misfit(string name) : CustomResource("acme:index:Misfit", name, null, new CustomResourceOptions())
    {
        [Output("when")]
        public Output<DateTime> When { get; private set; } = null!;
    }

    private sealed class AnonymousStateMocks : IMocks
    {
        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
            => Task.FromResult<(string?, object)>(("id", new { Arn = "arn" }));

        public Task<object> CallAsync(MockCallArgs args) => throw new NotSupportedException();
    }
}
