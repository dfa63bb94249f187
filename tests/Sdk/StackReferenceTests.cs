using System.Collections.Immutable;
using Pulumi;
using Xunit;

namespace Infra.Tests.Sdk;

public sealed class StackReferenceTests
{
    private readonly RecordingMocks _mocks = new()
    {
        State = _ => new()
        {
            ["outputs"] = new Dictionary<string, object> { ["host"] = "h", ["password"] = Output.CreateSecret("hush") },
            ["secretOutputNames"] = ImmutableArray.Create("password"),
        },
    };

    [Fact]
    public async Task Outputs_of_another_stack_are_read_by_name()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            var stack = new StackReference("acme/shop/production");

            Assert.Equal("h", stack.GetOutput("host").Now());
            Assert.Equal("h", stack.RequireOutput("host").Now());
            Assert.Null(stack.GetOutput("none").Now());
        });

        Assert.Equal("pulumi:pulumi:StackReference", Assert.Single(_mocks.Registered).Type);
        Assert.Equal("acme/shop/production", _mocks.Registered[0].Id);
        Assert.Equal("acme/shop/production", _mocks.Registered[0].Inputs["name"]);
    }

    [Fact]
    public async Task Only_outputs_that_are_secret_are_secret()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, async () =>
        {
            var stack = new StackReference("shop", new StackReferenceArgs { Name = "acme/shop/production" });

            Assert.False(stack.GetOutput("host").IsSecret());
            Assert.True(stack.GetOutput("password").IsSecret());
            Assert.True(stack.RequireOutput("password").IsSecret());
            Assert.Equal("h", (await stack.GetOutputDetailsAsync("host")).Value);
            Assert.Equal("hush", (await stack.GetOutputDetailsAsync("password")).SecretValue);
            Assert.Equal("h", await stack.GetValueAsync("host"));
            Assert.Equal("h", await stack.RequireValueAsync("host"));
            await Assert.ThrowsAsync<InvalidOperationException>(() => stack.GetValueAsync("password"));
        });
    }

    [Fact]
    public async Task A_required_output_that_is_missing_fails_the_run()
    {
        var error = await Rehearsal.FailAsync(_mocks, () => new StackReference("acme/shop/production").RequireOutput("none"));

        Assert.Contains("Required output 'none' does not exist on stack 'acme/shop/production'.", error, StringComparison.Ordinal);
    }
}
