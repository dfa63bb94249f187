using System.Collections.Immutable;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;
using Xunit;

namespace Infra.Tests.Sdk;

/// <summary>Runs programs under mocks, and reads what became of their outputs.</summary>
internal static class Rehearsal
{
    public static TestOptions Real => new() { IsPreview = false };

    public static TestOptions Preview => new() { IsPreview = true };

    /// <summary>Runs a program that fails. The runtime marks the process as failed, which must not fail the test run.</summary>
    public static async Task<string> FailAsync(IMocks mocks, Action program, TestOptions? options = null)
        => await FailAsync(() => Deployment.TestAsync(mocks, options ?? Real, program));

    public static async Task<string> FailAsync(Func<Task> run)
    {
        var before = Environment.ExitCode;
        try
        {
            var error = await Assert.ThrowsAnyAsync<Exception>(run);
            return error is AggregateException several
                ? string.Join("\n", several.InnerExceptions.Select(inner => Assert.IsType<RunException>(inner).Message))
                : Assert.IsType<RunException>(error).Message;
        }
        finally
        {
            Environment.ExitCode = before;
        }
    }

    /// <summary>The value of an output that is known by now.</summary>
    public static T Now<T>(this Output<T> output)
    {
        Assert.True(IsKnown(output));
        return Completed(OutputUtilities.GetValueAsync(output));
    }

    public static bool IsKnown<T>(this Output<T> output) => Completed(OutputUtilities.GetIsKnownAsync(output));

    public static bool IsSecret<T>(this Output<T> output) => Completed(Output.IsSecretAsync(output));

    public static ImmutableHashSet<Resource> Dependencies<T>(this Output<T> output) =>
        Completed(OutputUtilities.GetDependenciesAsync(output));

    private static T Completed<T>(Task<T> task)
    {
        Assert.True(task.IsCompleted, "The output is still pending, although everything that it builds on is complete.");
        return task.GetAwaiter().GetResult();
    }
}
