using System.Collections.Immutable;
using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace Infra.Tests.Sdk;

public sealed class InvokeTests
{
    private readonly RecordingMocks _mocks = new()
    {
        Result = args => new Dictionary<string, object> { ["id"] = $"found {args.Args["name"]}", ["zones"] = ImmutableArray.Create("z") },
    };

    [Fact]
    public async Task A_function_is_called_by_token_with_wire_arguments()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, async () =>
        {
            var result = await GetShelf.InvokeAsync(new GetShelfArgs { Name = "n" });

            Assert.Equal("found n", result.Id);
            Assert.Equal(["z"], result.Zones.ToList());
        });

        var call = Assert.Single(_mocks.Called);
        Assert.Equal("acme:store/getShelf:getShelf", call.Token);
        Assert.Equal("n", Assert.Single(call.Args).Value);
        Assert.Equal("", call.Provider);
    }

    [Fact]
    public async Task The_form_that_returns_an_output_takes_outputs_and_passes_dependencies_on()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var shelf = new Shelf("a", new ShelfArgs { Capacity = 1 });
            var other = new Shelf("b", new ShelfArgs { Capacity = 1 });

            var result = GetShelf.Invoke(new GetShelfInvokeArgs { Name = shelf.Id });
            Assert.Equal("found a-id", result.Now().Id);
            Assert.Equal([shelf], result.Dependencies());

            var dependent = GetShelf.Invoke(new GetShelfInvokeArgs { Name = "n" }, new InvokeOutputOptions { DependsOn = { other } });
            Assert.Equal([other], dependent.Dependencies());
        });
    }

    [Fact]
    public async Task A_function_with_unknown_arguments_is_not_called()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Preview, () =>
        {
            var result = GetShelf.Invoke(new GetShelfInvokeArgs { Name = OutputUtilities.CreateUnknown("x") });

            Assert.False(result.IsKnown());
        });

        Assert.Empty(_mocks.Called);
    }

    [Fact]
    public async Task A_function_waits_for_resources_whose_id_is_not_known_yet()
    {
        _mocks.Id = _ => null;
        await Deployment.TestAsync(_mocks, Rehearsal.Preview, () =>
        {
            var shelf = new Shelf("a", new ShelfArgs { Capacity = 1 });

            Assert.False(
                GetShelf.Invoke(new GetShelfInvokeArgs { Name = "n" }, new InvokeOutputOptions { DependsOn = { shelf } }).IsKnown());
        });

        Assert.Empty(_mocks.Called);
    }

    [Fact]
    public async Task A_secret_in_the_result_makes_it_secret()
    {
        _mocks.Result = _ =>
            new Dictionary<string, object> { ["id"] = Output.CreateSecret("hush"), ["zones"] = ImmutableArray<object>.Empty };
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var result = GetShelf.Invoke(new GetShelfInvokeArgs { Name = "n" });

            Assert.True(result.IsSecret());
            Assert.Equal("hush", result.Now().Id);
        });
    }

    [Fact]
    public async Task The_provider_of_the_parent_is_used()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var provider = new AcmeProvider("p");
            var rack = new Rack("r", _ => { }, new ComponentResourceOptions { Providers = { provider } });
            GetShelf.Invoke(new GetShelfInvokeArgs { Name = "n" }, new InvokeOptions { Parent = rack });
        });

        Assert.EndsWith("::p::p-id", Assert.Single(_mocks.Called).Provider, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_valued_result_is_unwrapped()
    {
        _mocks.Result = _ => new Dictionary<string, object> { ["only"] = "value" };
        await Deployment.TestAsync(_mocks, Rehearsal.Real, async () =>
        {
            Assert.Equal("value", Deployment.Instance.InvokeSingle<string>("acme:index:one", InvokeArgs.Empty).Now());
            Assert.Equal("value", await Deployment.Instance.InvokeSingleAsync<string>("acme:index:one", InvokeArgs.Empty));
        });
    }

    [Fact]
    public async Task Arguments_of_functions_may_be_given_by_wire_name()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, async () =>
        {
            var args = new DictionaryInvokeArgs(ImmutableDictionary<string, object?>.Empty.Add("name", "n"));
            await Deployment.Instance.InvokeAsync("acme:index:nothing", args);
            Assert.Equal("found n", (await Deployment.Instance.InvokeAsync<GetShelfResult>("acme:index:one", args)).Id);
        });

        Assert.Equal(2, _mocks.Called.Count);
    }

    [Fact]
    public async Task A_method_is_called_with_its_resource()
    {
        _mocks.Result = _ => new Dictionary<string, object> { ["id"] = "m", ["zones"] = ImmutableArray<object>.Empty };
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var shelf = new Shelf("a", new ShelfArgs { Capacity = 1 });

            Assert.Equal("m", Deployment.Instance.Call<GetShelfResult>("acme:store/shelf:Shelf/method", CallArgs.Empty, shelf).Now().Id);
        });

        Assert.IsType<Shelf>(Assert.Single(_mocks.Called).Args["__self__"]);
    }

    [Fact]
    public async Task What_the_mock_throws_reaches_the_caller()
    {
        _mocks.Result = args => throw new NotSupportedException($"no answer for {args.Token}");

        var error = await Rehearsal.FailAsync(() => Deployment.TestAsync(_mocks, Rehearsal.Real, async () =>
        {
            await Assert.ThrowsAsync<NotSupportedException>(() => GetShelf.InvokeAsync(new GetShelfArgs { Name = "n" }));
            GetShelf.Invoke(new GetShelfInvokeArgs { Name = "n" });
        }));

        Assert.Contains("no answer for acme:store/getShelf:getShelf", error, StringComparison.Ordinal);
    }
}
