using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;
using Xunit;

namespace Infra.Tests.Sdk;

public sealed class RegistrationTests
{
    private readonly RecordingMocks _mocks = new();

    [Fact]
    public async Task A_resource_is_registered_and_resolved_before_its_constructor_returns()
    {
        await Deployment.TestAsync(_mocks, new TestOptions { IsPreview = false }, () =>
        {
            var shelf = new Shelf("a", new ShelfArgs { Capacity = 3 });
            Assert.Equal("a", Assert.Single(_mocks.Registered).Name);
            Assert.Equal(3, Value(shelf.Capacity));
        });
    }

    private static T Value<T>(Output<T> output)
    {
        var task = OutputUtilities.GetValueAsync(output);
        Assert.True(task.IsCompletedSuccessfully);
        return task.Result;
    }
}
