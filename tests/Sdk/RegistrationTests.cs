using System.Collections.Immutable;
using Infra.Tests.Sdk.Inputs;
using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace Infra.Tests.Sdk;

public sealed class RegistrationTests
{
    private readonly RecordingMocks _mocks = new();

    [Fact]
    public async Task A_resource_is_registered_and_resolved_before_its_constructor_returns()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var shelf = new Shelf("a", new ShelfArgs { Capacity = 3 });

            Assert.Equal("a", Assert.Single(_mocks.Registered).Name);
            Assert.Equal(3, shelf.Capacity.Now());
        });
    }

    [Fact]
    public async Task Resources_are_registered_in_the_order_of_the_program_and_returned_so()
    {
        var resources = await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var first = new Shelf("first", new ShelfArgs { Capacity = 1 });
            first.Id.Apply(id => new Shelf($"inside {id}", new ShelfArgs { Capacity = 2 }));
            _ = new Shelf("last", new ShelfArgs { Capacity = 3 });
        });

        string[] order = ["first", "inside first-id", "last"];
        Assert.Equal(order, _mocks.Registered.Select(args => args.Name!));
        Assert.Equal(order, resources.Select(resource => resource.GetResourceName()));
        Assert.All(resources, resource => Assert.Equal("acme:store/shelf:Shelf", resource.GetResourceType()));
    }

    [Fact]
    public async Task Inputs_arrive_under_wire_names_with_plain_values()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () => new Shelf("a", new ShelfArgs
        {
            Capacity = 3,
            Depth = 1.5,
            Open = true,
            Labels = { ["team"] = "x" },
            Zones = { "z1", Output.Create("z2") },
            Endpoint = new ShelfEndpointArgs { Host = "h", Port = 443 },
            Boxes = { new ShelfBoxArgs { Content = "c" }, new ShelfBoxArgs { Weight = 2 } },
            Size = ShelfSize.Large,
            Color = ShelfColor.Oak,
            Policy = new ShelfEndpointArgs { Host = "p" },
            Document = """{"a":[1,null]}""",
            Anything = new Dictionary<string, object?> { ["k"] = 1, ["none"] = null },
        }));

        var inputs = _mocks["a"].Inputs;
        Assert.Equal(3.0, inputs["capacity"]);
        Assert.Equal(1.5, inputs["depth"]);
        Assert.Equal(true, inputs["open"]);
        Assert.Equal("x", Map(inputs["labels"])["team"]);
        Assert.Equal<object>(["z1", "z2"], List(inputs["zones"]));
        Assert.Equal("h", Map(inputs["endpoint"])["host"]);
        Assert.Equal(443.0, Map(inputs["endpoint"])["portNumber"]);
        Assert.Equal("c", Map(List(inputs["boxes"])[0])["content"]);
        Assert.Equal(2.0, Assert.Single(Map(List(inputs["boxes"])[1])).Value);
        Assert.Equal("large", inputs["size"]);
        Assert.Equal(1.0, inputs["color"]);
        Assert.Equal("p", Map(inputs["policy"])["host"]);
        Assert.Equal<object?>([1.0, null], List(Map(inputs["document"])["a"]));
        Assert.Equal(1.0, Assert.Single(Map(inputs["anything"])).Value);
        Assert.DoesNotContain("content", inputs);
    }

    [Fact]
    public async Task Missing_lists_and_maps_are_absent_or_empty_and_missing_values_absent()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            _ = new Shelf("bare", new ShelfArgs { Capacity = 1 });
            var touched = new ShelfArgs { Capacity = 1 };
            _ = touched.Zones;
            _ = new Shelf("touched", touched);
            _ = new Shelf("default list", new ShelfArgs { Capacity = 1, Zones = Output.Create(default(ImmutableArray<string>)) });
        });

        Assert.Equal("capacity", Assert.Single(_mocks["bare"].Inputs).Key);
        Assert.Empty(List(_mocks["touched"].Inputs["zones"]));
        Assert.Empty(List(_mocks["default list"].Inputs["zones"]));
    }

    [Fact]
    public async Task Secrets_arrive_unwrapped()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () => new Shelf("a", new ShelfArgs
        {
            Capacity = 1,
            Password = "literal",
            Labels = { ["open"] = "1", ["hidden"] = Output.CreateSecret("2") },
        }));

        Assert.Equal("literal", _mocks["a"].Inputs["password"]);
        Assert.Equal("2", Map(_mocks["a"].Inputs["labels"])["hidden"]);
    }

    [Fact]
    public async Task An_argument_that_is_unknown_or_holds_something_unknown_is_absent()
    {
        var unknown = OutputUtilities.CreateUnknown("never");
        await Deployment.TestAsync(_mocks, Rehearsal.Preview, () => new Shelf("a", new ShelfArgs
        {
            Capacity = 1,
            Content = unknown.Apply(text => (AssetOrArchive)new StringAsset(text)),
            Zones = { "known", unknown },
            Labels = { ["known"] = "1", ["unknown"] = unknown },
            Endpoint = new ShelfEndpointArgs { Host = unknown, Port = 1 },
        }));

        Assert.Equal("capacity", Assert.Single(_mocks["a"].Inputs).Key);
    }

    [Fact]
    public async Task Assets_and_archives_arrive_as_such()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            _ = new Shelf("asset", new ShelfArgs { Capacity = 1, Content = new StringAsset("text") });
            _ = new Shelf("archive", new ShelfArgs
            {
                Capacity = 1,
                Content = new AssetArchive(new Dictionary<string, AssetOrArchive> { ["file"] = new FileAsset("./file") }),
            });
        });

        Assert.IsType<StringAsset>(_mocks["asset"].Inputs["content"]);
        Assert.IsType<AssetArchive>(_mocks["archive"].Inputs["content"]);
    }

    [Fact]
    public async Task A_resource_given_as_argument_arrives_as_resource()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var first = new Shelf("first", new ShelfArgs { Capacity = 7 });
            _ = new Shelf("second", new ShelfArgs { Capacity = 1, Neighbour = first });
        });

        var neighbour = Assert.IsType<Shelf>(_mocks["second"].Inputs["neighbour"]);
        Assert.Equal(7, await OutputUtilities.GetValueAsync(neighbour.Capacity));
        Assert.Equal("first-id", await OutputUtilities.GetValueAsync(neighbour.Id));
        Assert.Equal(2, _mocks.Registered.Count);
    }

    [Fact]
    public async Task A_required_argument_that_is_missing_is_an_error_that_names_it()
    {
        var error = await Rehearsal.FailAsync(_mocks, () => new Shelf("a", new ShelfArgs()));

        Assert.Contains("ArgumentNullException", error, StringComparison.Ordinal);
        Assert.Contains("Infra.Tests.Sdk.ShelfArgs.Capacity is required but was not given a value", error, StringComparison.Ordinal);
        Assert.Empty(_mocks.Registered);
    }

    [Fact]
    public async Task A_required_argument_missing_inside_another_is_an_error_that_names_both()
    {
        var error = await Rehearsal.FailAsync(
            _mocks, () => new Shelf("a", new ShelfArgs { Capacity = 1, Endpoint = new ShelfEndpointArgs() }));

        Assert.Contains("error serializing property \"endpoint\"", error, StringComparison.Ordinal);
        Assert.Contains("ShelfEndpointArgs.Host is required", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_that_cannot_travel_are_refused_by_type()
    {
        var error = await Rehearsal.FailAsync(_mocks, () => new Shelf("a", new ShelfArgs { Capacity = 1, Anything = DateTime.UnixEpoch }));

        Assert.Contains("System.DateTime is not a supported argument type", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mock_urns_keep_only_the_first_type_of_the_parents()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            Shelf? inner = null;
            var rack = new Rack(
                "r",
                rack => inner = new Shelf("a", new ShelfArgs { Capacity = 1 }, new CustomResourceOptions { Parent = rack }));

            Assert.Equal("urn:pulumi:stack::project::pulumi:pulumi:Stack$acme:index:Rack::r", rack.Urn.Now());
            Assert.Equal("urn:pulumi:stack::project::pulumi:pulumi:Stack$acme:store/shelf:Shelf::a", inner!.Urn.Now());
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_an_id_from_the_mock_the_id_is_unknown(string? id)
    {
        _mocks.Id = _ => id;
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var shelf = new Shelf("a", new ShelfArgs { Capacity = 1 });

            Assert.False(shelf.Id.IsKnown());
            Assert.True(shelf.Capacity.IsKnown());
        });
    }

    [Fact]
    public async Task An_import_id_reaches_the_mock_and_stands_in_for_the_id()
    {
        _mocks.Id = _ => null;
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var imported = new Shelf("a", new ShelfArgs { Capacity = 1 }, new CustomResourceOptions { ImportId = "i-1" });
            Assert.Equal("i-1", imported.Id.Now());
            _ = new Shelf("plain", new ShelfArgs { Capacity = 1 });
        });

        Assert.Equal("i-1", _mocks["a"].Id);
        Assert.Equal("", _mocks["plain"].Id);
    }

    [Fact]
    public async Task Getting_a_resource_asks_the_mock_and_keeps_the_id_asked_for()
    {
        _mocks.Id = _ => "another";
        _mocks.State = _ => new() { ["arn"] = "arn:found" };
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var shelf = Shelf.Get("found", "s-1", new ShelfState { Capacity = 2 });

            Assert.Equal("s-1", shelf.Id.Now());
            Assert.Equal("arn:found", shelf.Arn.Now());
        });

        Assert.Equal("s-1", _mocks["found"].Id);
        Assert.Equal(2.0, _mocks["found"].Inputs["capacity"]);
    }

    [Fact]
    public async Task The_state_of_a_registered_resource_is_read_again_by_its_urn()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var first = new Shelf("a", new ShelfArgs { Capacity = 4 });
            var again = new Shelf("a", null!, new CustomResourceOptions { Urn = first.Urn.Now() });

            Assert.Equal(4, again.Capacity.Now());
            Assert.Equal("a-id", again.Id.Now());
        });

        Assert.Single(_mocks.Registered);
    }

    [Fact]
    public async Task The_provider_arrives_as_urn_and_id()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var provider = new AcmeProvider("p");
            _ = new Shelf("explicit", new ShelfArgs { Capacity = 1 }, new CustomResourceOptions { Provider = provider });
            _ = new Shelf("default", new ShelfArgs { Capacity = 1 });
        });

        Assert.Equal("pulumi:providers:acme", _mocks["p"].Type);
        Assert.Equal("urn:pulumi:stack::project::pulumi:pulumi:Stack$pulumi:providers:acme::p::p-id", _mocks["explicit"].Provider);
        Assert.Equal("", _mocks["default"].Provider);
    }

    [Fact]
    public async Task Children_inherit_the_provider_of_their_package()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var first = new AcmeProvider("first");
            var second = new AcmeProvider("second");
            var other = new OtherProvider("other");
            _ = new Rack(
                "r",
                rack =>
                {
                    _ = new Rack(
                        "inner",
                        inner => new Shelf("deep", new ShelfArgs { Capacity = 1 }, new CustomResourceOptions { Parent = inner }),
                        new() { Parent = rack });
                    var own = new Shelf(
                        "own",
                        new ShelfArgs { Capacity = 1 },
                        new CustomResourceOptions { Parent = rack, Provider = second });
                    _ = new Shelf("under own", new ShelfArgs { Capacity = 1 }, new CustomResourceOptions { Parent = own });
                },
                new ComponentResourceOptions { Providers = { other, first } });
        });

        Assert.EndsWith("::first::first-id", _mocks["deep"].Provider, StringComparison.Ordinal);
        Assert.EndsWith("::second::second-id", _mocks["own"].Provider, StringComparison.Ordinal);
        Assert.EndsWith("::second::second-id", _mocks["under own"].Provider, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provider_arguments_other_than_texts_travel_as_json()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () => new AcmeProvider("p", new AcmeProviderArgs
        {
            Region = "here",
            Retries = 3,
            Verbose = true,
            Accounts = { "a", "b\"<c>" },
            Endpoint = new ShelfEndpointArgs { Port = 1, Host = "h" },
        }));

        var inputs = _mocks["p"].Inputs;
        Assert.Equal("here", inputs["region"]);
        Assert.Equal("3", inputs["retries"]);
        Assert.Equal("true", inputs["verbose"]);
        Assert.Equal("[ \"a\", \"b\\\"\\u003cc\\u003e\" ]", inputs["accounts"]);
        Assert.Equal("{ \"host\": \"h\", \"portNumber\": 1 }", inputs["endpoint"]);
    }

    [Fact]
    public async Task A_component_registers_its_marked_properties()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () => new Rack("r", _ => { }));

        Assert.Equal("acme:index:Rack", _mocks["r"].Type);
        Assert.Empty(_mocks["r"].Inputs);
        var exported = _mocks.Exported.Single(request => request.Urn.EndsWith("::r", StringComparison.Ordinal)).Outputs;
        Assert.Equal(["Label", "width"], exported.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(80.0, exported["width"].Now());
        Assert.Equal("rack r", exported["Label"].Now());
    }

    [Fact]
    public async Task A_component_keeps_the_outputs_that_it_set_itself()
    {
        _mocks.State = _ => new() { ["width"] = 1 };
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () => Assert.Equal(80, new Rack("r", _ => { }).Width.Now()));
    }

    [Fact]
    public async Task A_remote_component_is_filled_from_the_state()
    {
        _mocks.State = _ => new() { ["width"] = 120 };
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var rack = new RemoteRack("r");

            Assert.Equal(120, rack.Width.Now());
        });
    }

    [Fact]
    public async Task Arguments_may_be_given_by_wire_name()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () => new CustomResource(
            "acme:index:Thing",
            "t",
            new DictionaryResourceArgs(ImmutableDictionary<string, object?>.Empty.Add("a", 1).Add("b", Output.Create("x"))),
            new CustomResourceOptions()));

        Assert.Equal(1.0, _mocks["t"].Inputs["a"]);
        Assert.Equal("x", _mocks["t"].Inputs["b"]);
    }

    [Fact]
    public void Arguments_by_wire_name_must_be_able_to_travel()
    {
        Assert.Throws<InvalidOperationException>(
            () => new DictionaryResourceArgs(ImmutableDictionary<string, object?>.Empty.Add("a", DateTime.UnixEpoch)));
    }

    [Fact]
    public async Task A_resource_waits_for_what_it_depends_on_when_mocks_take_their_time()
    {
        var order = new List<string>();
        var slow = new SlowMocks(order);
        var resources = await Deployment.TestAsync(slow, Rehearsal.Real, () =>
        {
            Shelf? inner = null;
            var rack = new Rack(
                "r",
                rack => inner = new Shelf("inner", new ShelfArgs { Capacity = 1 }, new CustomResourceOptions { Parent = rack }));
            _ = new Shelf("after", new ShelfArgs { Capacity = 1 }, new CustomResourceOptions { DependsOn = { rack } });
            _ = new Shelf("reads", new ShelfArgs { Capacity = 1, Labels = { ["inner"] = inner!.Id } });
        });

        Assert.Equal(4, resources.Length);
        Assert.True(order.IndexOf("inner done") < order.IndexOf("after"));
        Assert.True(order.IndexOf("inner done") < order.IndexOf("reads"));
    }

    [Theory]
    [InlineData("", "a", "'type' cannot be null or empty.")]
    [InlineData("acme:index:Thing", "", "'name' cannot be null or empty.")]
    public async Task Type_and_name_are_required(string type, string name, string expected)
    {
        var error = await Rehearsal.FailAsync(_mocks, () => new CustomResource(type, name, null, new CustomResourceOptions()));

        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_registered_outside_a_run()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new Shelf("a", new ShelfArgs { Capacity = 1 }));

        Assert.Contains("Deployment.Instance", error.Message, StringComparison.Ordinal);
    }

    private static ImmutableDictionary<string, object> Map(object? value) => Assert.IsType<ImmutableDictionary<string, object>>(value);

    private static ImmutableArray<object> List(object? value) => Assert.IsType<ImmutableArray<object>>(value);

    private sealed class RemoteRack(string name) : ComponentResource("acme:index:RemoteRack", name, ResourceArgs.Empty, null, remote: true)
    {
        [Output("width")]
        public Output<int> Width { get; private set; } = null!;
    }

    private sealed class OtherProvider(string name)
        : ProviderResource("other", name, ResourceArgs.Empty, options: null, registerPackageRequest: null);

    private sealed class SlowMocks(List<string> order) : Pulumi.Testing.IMocks
    {
        public async Task<(string? id, object state)> NewResourceAsync(Pulumi.Testing.MockResourceArgs args)
        {
            Note(args.Name!);
            await Task.Delay(args.Name == "inner" ? 50 : 1);
            Note(args.Name + " done");
            return (args.Name, args.Inputs);
        }

        public Task<object> CallAsync(Pulumi.Testing.MockCallArgs args) => throw new NotSupportedException();

        private void Note(string what)
        {
            lock (order)
            {
                order.Add(what);
            }
        }
    }
}
