using Pulumi;
using Xunit;

namespace Infra.Tests.Sdk;

public sealed class TransformationTests
{
    private readonly RecordingMocks _mocks = new();

    [Fact]
    public async Task A_transformation_of_the_stack_sees_everything_with_parents_arguments_and_options()
    {
        var seen = new List<ResourceTransformationArgs>();
        await RunAsync(
            args =>
            {
                seen.Add(args);
                return null;
            },
            () => new Rack(
                "r",
                rack => new Shelf("a", new ShelfArgs { Capacity = 1 }, new CustomResourceOptions { Parent = rack }),
                new ComponentResourceOptions { Protect = true }));

        Assert.Equal(
            ["pulumi:pulumi:Stack", "acme:index:Rack", "acme:store/shelf:Shelf"],
            seen.Select(args => args.Resource.GetResourceType()));
        Assert.Null(seen[1].Options.Parent);
        Assert.Same(seen[1].Resource, seen[2].Options.Parent);
        Assert.IsType<ShelfArgs>(seen[2].Args);
        Assert.True(seen[1].Options.Protect);
        // What a child inherits is not yet in its options.
        Assert.Null(seen[2].Options.Protect);
        Assert.DoesNotContain(_mocks.Registered, args => args.Type == "pulumi:pulumi:Stack");
    }

    [Fact]
    public async Task The_options_of_a_generated_class_arrive_merged()
    {
        var options = new List<ResourceOptions>();
        await RunAsync(
            args =>
            {
                options.Add(args.Options);
                return null;
            },
            () => new Shelf("a", new ShelfArgs { Capacity = 1 }, new CustomResourceOptions { AdditionalSecretOutputs = { "arn" } }));

        var merged = Assert.IsType<CustomResourceOptions>(options[^1]);
        Assert.Equal("1.2.3", merged.Version);
        Assert.Equal(["password", "arn"], merged.AdditionalSecretOutputs);
        Assert.Equal("acme:index/shelf:Shelf", Assert.Single(merged.Aliases).ToOutput().Now().Type!.ToOutput().Now());
        Assert.Equal("", merged.Id!.ToOutput().Now());
    }

    [Fact]
    public async Task Own_transformations_come_first_then_those_of_the_parents_from_the_inside_out()
    {
        var order = new List<string>();
        ResourceTransformation Note(string what) => args =>
        {
            order.Add($"{what} {args.Resource.GetResourceName()}");
            return null;
        };
        await RunAsync(Note("stack"), () => new Rack(
            "r",
            rack => new Shelf("a", new ShelfArgs { Capacity = 1 }, new CustomResourceOptions
            {
                Parent = rack,
                ResourceTransformations = { Note("own") },
            }),
            new ComponentResourceOptions { ResourceTransformations = { Note("parent") } }));

        Assert.Equal(["stack project-stack", "parent r", "stack r", "own a", "parent a", "stack a"], order);
    }

    [Fact]
    public async Task A_transformation_may_replace_arguments_and_options()
    {
        await RunAsync(
            args => args.Args is ShelfArgs
                ? new ResourceTransformationResult(
                    new ShelfArgs { Capacity = 9 },
                    CustomResourceOptions.Merge((CustomResourceOptions)args.Options, new CustomResourceOptions { ImportId = "tag" }))
                : null,
            () => new Shelf("a", new ShelfArgs { Capacity = 1 }));

        Assert.Equal(9.0, _mocks["a"].Inputs["capacity"]);
        Assert.Equal("tag", _mocks["a"].Id);
    }

    [Fact]
    public async Task A_transformation_may_not_move_a_resource()
    {
        var rack = default(Rack);
        var error = await Rehearsal.FailAsync(() => RunAsync(
            args => args.Args is ShelfArgs
                ? new ResourceTransformationResult(args.Args, new CustomResourceOptions { Parent = rack })
                : null,
            () =>
            {
                rack = new Rack("r", _ => { });
                _ = new Shelf("a", new ShelfArgs { Capacity = 1 });
            }));

        Assert.Contains("Transformations cannot currently be used to change the 'parent' of a resource", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_transformation_leaves_in_its_context_is_there_when_the_mock_is_asked()
    {
        var current = new AsyncLocal<string>();
        var joined = new List<string>();
        _mocks.State = args =>
        {
            joined.Add($"{current.Value} = {args.Name}");
            return [];
        };
        await RunAsync(
            args =>
            {
                current.Value = args.Resource.GetResourceName();
                return null;
            },
            () => new Rack("r", rack =>
            {
                _ = new Shelf("a", new ShelfArgs { Capacity = 1 }, new CustomResourceOptions { Parent = rack });
                _ = new Shelf("b", new ShelfArgs { Capacity = 1 });
            }));

        Assert.Equal(["r = r", "a = a", "b = b"], joined);
    }

    private Task RunAsync(ResourceTransformation transformation, Action program)
        => Deployment.TestWithServiceProviderAsync<ProgramStack>(
            _mocks, new Provider(() => new ProgramStack(transformation, program)), Rehearsal.Real);

    private sealed class ProgramStack : Stack
    {
        public ProgramStack(ResourceTransformation transformation, Action program)
            : base(new StackOptions { ResourceTransformations = { transformation } })
            => program();
    }

    private sealed class Provider(Func<Stack> create) : IServiceProvider
    {
        public object? GetService(Type serviceType) => create();
    }
}
