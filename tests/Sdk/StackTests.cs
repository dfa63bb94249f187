using Moq;
using Pulumi;
using Pulumi.Testing;
using Xunit;

namespace Infra.Tests.Sdk;

public sealed class StackTests
{
    private readonly RecordingMocks _mocks = new();

    [Fact]
    public async Task A_stack_class_is_run_and_returned_with_its_resources()
    {
        var resources = await Deployment.TestAsync<ShelfStack>(_mocks, Rehearsal.Real);

        var stack = Assert.Single(resources.OfType<ShelfStack>());
        Assert.Equal("a-id", stack.ShelfId.Now());
        Assert.Equal("project-stack", stack.GetResourceName());
        Assert.Equal("urn:pulumi:stack::project::pulumi:pulumi:Stack::project-stack", stack.Urn.Now());
        Assert.Equal(["project-stack", "a"], resources.Select(resource => resource.GetResourceName()));
        Assert.Equal("a-id", Assert.Single(_mocks.Exported).Outputs["shelfId"].Now());
    }

    [Fact]
    public async Task A_stack_may_come_from_a_service_provider()
    {
        var services = new Mock<IServiceProvider>();
        services.Setup(provider => provider.GetService(typeof(ShelfStack))).Returns(() => new ShelfStack());

        var resources = await Deployment.TestWithServiceProviderAsync<ShelfStack>(_mocks, services.Object, Rehearsal.Real);

        Assert.Equal(2, resources.Length);
    }

    [Fact]
    public async Task A_service_provider_without_the_stack_is_an_error()
    {
        var error = await Rehearsal.FailAsync(
            () => Deployment.TestWithServiceProviderAsync<ShelfStack>(_mocks, new Mock<IServiceProvider>().Object, Rehearsal.Real));

        Assert.Contains("Failed to resolve instance of type Infra.Tests.Sdk.StackTests+ShelfStack", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stack_outputs_must_be_assigned_and_be_outputs()
    {
        var missing = await Rehearsal.FailAsync(() => Deployment.TestAsync<ForgetfulStack>(_mocks, Rehearsal.Real));
        Assert.StartsWith("Output(s) 'forgotten' have no value assigned.", missing, StringComparison.Ordinal);

        var wrong = await Rehearsal.FailAsync(() => Deployment.TestAsync<PlainStack>(_mocks, Rehearsal.Real));
        Assert.StartsWith("Output(s) 'plain' have incorrect type.", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_may_be_a_function_that_returns_outputs()
    {
        var (resources, outputs) = await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var shelf = new Shelf("a", new ShelfArgs { Capacity = 1 });
            return new Dictionary<string, object?> { ["id"] = shelf.Id, ["plain"] = 1 };
        });
        Assert.Equal("a", Assert.Single(resources).GetResourceName());
        Assert.Equal("a-id", Assert.IsType<Output<string>>(outputs["id"]).Now());
        Assert.Equal(1, outputs["plain"]);

        (resources, outputs) = await Deployment.TestAsync(_mocks, Rehearsal.Real, async () =>
        {
            await Task.Yield();
            _ = new Shelf("b", new ShelfArgs { Capacity = 1 });
            return (IDictionary<string, object?>)new Dictionary<string, object?> { ["x"] = "y" };
        });
        Assert.Equal("b", Assert.Single(resources).GetResourceName());
        Assert.Equal("y", outputs["x"]);
    }

    [Fact]
    public async Task A_program_may_be_asynchronous()
    {
        var resources = await Deployment.TestAsync(_mocks, Rehearsal.Real, async () =>
        {
            await Task.Yield();
            _ = new Shelf("a", new ShelfArgs { Capacity = 1 });
        });

        Assert.Equal("a", Assert.Single(resources).GetResourceName());
    }

    [Fact]
    public async Task Programs_know_where_they_run()
    {
        var options = new TestOptions
        {
            ProjectName = "shop", StackName = "production", OrganizationName = "acme", RootDirectory = "/srv", IsPreview = false,
        };
        await Deployment.TestAsync(_mocks, options, () =>
        {
            var instance = Deployment.Instance;
            Assert.Equal(
                ("shop", "production", "acme", "/srv", false),
                (instance.ProjectName, instance.StackName, instance.OrganizationName, instance.RootDirectory, instance.IsDryRun));
            Assert.StartsWith(
                "urn:pulumi:production::shop::",
                new Shelf("a", new ShelfArgs { Capacity = 1 }).Urn.Now(),
                StringComparison.Ordinal);
        });
        await Deployment.TestAsync(_mocks, new TestOptions(), () =>
        {
            var instance = Deployment.Instance;
            Assert.Equal(("project", "stack", "organization"), (instance.ProjectName, instance.StackName, instance.OrganizationName));
            Assert.Throws<InvalidOperationException>(() => instance.RootDirectory);
        });
    }

    [Fact]
    public async Task One_run_after_the_other_gives_the_same()
    {
        await Deployment.TestAsync<ShelfStack>(_mocks, Rehearsal.Real);
        var again = new RecordingMocks();
        await Deployment.TestAsync<ShelfStack>(again, Rehearsal.Real);

        Assert.Equal(_mocks.Registered.Select(args => (args.Type, args.Name)), again.Registered.Select(args => (args.Type, args.Name)));
        Assert.Throws<InvalidOperationException>(() => Deployment.Instance);
    }

    [Fact]
    public async Task A_run_inside_a_run_is_refused()
    {
        Task? inner = null;
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            inner = Deployment.TestAsync<ShelfStack>(_mocks, Rehearsal.Real);
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() => inner!);
        Assert.Empty(_mocks.Registered);
    }

    [Fact]
    public async Task The_usual_mock_of_the_mocks_works()
    {
        var mocks = new Mock<IMocks>();
        mocks.Setup(mock => mock.NewResourceAsync(It.IsAny<MockResourceArgs>()))
            .ReturnsAsync((MockResourceArgs args) => (args.Id == "" ? "moq-id" : args.Id, args.Inputs.SetItem("arn", $"arn:{args.Name}")));
        mocks.Setup(mock => mock.CallAsync(It.IsAny<MockCallArgs>())).ReturnsAsync((MockCallArgs args) => args.Args);

        var resources = await Deployment.TestAsync<ShelfStack>(mocks.Object, Rehearsal.Real);

        var shelf = Assert.Single(resources.OfType<Shelf>());
        Assert.Equal("moq-id", shelf.Id.Now());
        Assert.Equal("arn:a", shelf.Arn.Now());
        mocks.Verify(mock => mock.NewResourceAsync(It.Is<MockResourceArgs>(args => args.Type == "acme:store/shelf:Shelf")), Times.Once());
    }

    [Fact]
    public async Task Deploying_without_an_engine_fails_and_runs_nothing()
    {
        var before = Environment.ExitCode;
        var ran = false;
        var code = 0;
        try
        {
            code = await Deployment.RunAsync(() => ran = true);
        }
        catch (InvalidOperationException error) when (error.Message.StartsWith(
            "Program run without the Pulumi engine available",
            StringComparison.Ordinal))
        {
            code = 1;
        }
        finally
        {
            Environment.ExitCode = before;
        }

        Assert.NotEqual(0, code);
        Assert.False(ran);
    }

    [Fact]
    public async Task Urns_are_worked_out_from_their_parts()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            Assert.Equal("urn:pulumi:stack::project::t::n", Urn.Create("n", "t").Now());
            Assert.Equal("urn:pulumi:s::p::t::n", Urn.Create("n", "t", project: "p", stack: "s").Now());
            Assert.Equal("urn:pulumi:s::p::parent$t::n", Urn.Create("n", "t", parentUrn: "urn:pulumi:s::p::parent::x").Now());
            Assert.Throws<ArgumentException>(() => new Urn(""));
            Assert.True(new Urn("a") == new Urn("a"));
            Assert.Equal("a", new Urn("a"));
        });
    }

    private sealed class ShelfStack : Stack
    {
        public ShelfStack() => ShelfId = new Shelf("a", new ShelfArgs { Capacity = 1 }).Id;

        [Output("shelfId")]
        public Output<string> ShelfId { get; set; }
    }

    private sealed class ForgetfulStack : Stack
    {
        [Output("forgotten")]
        public Output<string>? Forgotten { get; set; }
    }

    private sealed class PlainStack : Stack
    {
        [Output("plain")]
        public string Plain { get; set; } = "x";
    }
}
