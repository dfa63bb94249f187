using System.Collections.Immutable;
using System.Reflection;
using Pulumi.Testing;

namespace Pulumi;

/// <content>Running programs.</content>
public sealed partial class Deployment
{
    private const int ExitCodeAfterReportedError = 32;

    public static Task<int> RunAsync(Action action) => RefuseToDeployAsync();

    public static Task<int> RunAsync(Func<IDictionary<string, object?>> func) => RefuseToDeployAsync();

    public static Task<int> RunAsync(Func<Task> func) => RefuseToDeployAsync();

    public static Task<int> RunAsync(Func<Task<IDictionary<string, object?>>> func, StackOptions? options = null) => RefuseToDeployAsync();

    public static Task<int> RunAsync<TStack>()
        where TStack : Stack, new()
        => RefuseToDeployAsync();

    public static Task<int> RunAsync<TStack>(IServiceProvider serviceProvider)
        where TStack : Stack
        => RefuseToDeployAsync();

    public static Task<ImmutableArray<Resource>> TestWithServiceProviderAsync<TStack>(
        IMocks mocks, IServiceProvider serviceProvider, TestOptions? options = null)
        where TStack : Stack
        => TestAsync(mocks, options, () =>
        {
            ArgumentNullException.ThrowIfNull(serviceProvider);
            return serviceProvider.GetService(typeof(TStack)) as TStack
                ?? throw new InvalidOperationException(
                    $"Failed to resolve instance of type {typeof(TStack)} from service provider: register the type with it first.");
        });

    public static Task<ImmutableArray<Resource>> TestAsync<TStack>(IMocks mocks, TestOptions? options = null)
        where TStack : Stack, new()
        => TestAsync(mocks, options, () => (TStack)Activator.CreateInstance(
            typeof(TStack), BindingFlags.DoNotWrapExceptions, binder: null, args: null, culture: null)!);

    public static Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<Task<IDictionary<string, object?>>> createResources)
        => TestProgramAsync(testMocks, testOptions, () => createResources().GetAwaiter().GetResult());

    public static Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<IDictionary<string, object?>> createResources)
        => TestProgramAsync(testMocks, testOptions, createResources);

    public static async Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Func<Task> createResources)
        => (await TestProgramAsync(testMocks, testOptions, () =>
        {
            createResources().GetAwaiter().GetResult();
            return ImmutableDictionary<string, object?>.Empty;
        }).ConfigureAwait(false)).Resources;

    public static async Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Action createResources)
        => (await TestProgramAsync(testMocks, testOptions, () =>
        {
            createResources();
            return ImmutableDictionary<string, object?>.Empty;
        }).ConfigureAwait(false)).Resources;

    private static async Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestProgramAsync(
        IMocks mocks, TestOptions? options, Func<IDictionary<string, object?>> program)
    {
        ProgramStack? stack = null;
        var resources = await TestAsync(mocks, options, () => stack = new ProgramStack(program)).ConfigureAwait(false);
        return (resources.Remove(stack!), stack!.ProgramOutputs);
    }

    // Stays asynchronous: what it sets for the run must not outlive it in the caller's context.
    private static async Task<ImmutableArray<Resource>> TestAsync(IMocks mocks, TestOptions? options, Func<Stack> createStack)
    {
        var deployment = new Deployment(mocks, options);
        Instance = new DeploymentInstance(deployment);
        await deployment.RunAsync(createStack).ConfigureAwait(false);
        return deployment._errors switch
        {
            [] => deployment._monitor.Resources(),
            [var error] => throw new RunException(error),
            var errors => throw new AggregateException(errors.Select(error => new RunException(error))),
        };
    }

    private async Task RunAsync(Func<Stack> createStack)
    {
        IReadOnlyList<Exception> failures;
        try
        {
            createStack().RegisterProperties();
            failures = await _work.SettleAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            failures = [error];
        }

        foreach (var failure in failures)
        {
            LogError(Describe(failure));
        }

        if (failures.Count > 0)
        {
            Environment.ExitCode = ExitCodeAfterReportedError;
        }
    }

    private static string Describe(Exception failure) => failure switch
    {
        RunException or ResourceException { HideStack: true } => failure.Message,
        ResourceException => failure.ToString(),
        _ => $"Running program '{Assembly.GetEntryAssembly()?.Location}' failed with an unhandled exception:\n{failure}",
    };

    private static Task<int> RefuseToDeployAsync()
    {
        Console.Error.WriteLine(
            "This program was built with the bundled Pulumi SDK, which plans and tests but cannot deploy: to deploy, restore and build it "
            + "with the official Pulumi packages from NuGet, as `pulumi up` and `dotnet build` do unless the PulumiSdk property says "
            + "otherwise.");
        Environment.ExitCode = 1;
        return Task.FromResult(Environment.ExitCode);
    }

    /// <summary>The stack around a program that is given as a function.</summary>
    private sealed class ProgramStack : Stack
    {
        public ProgramStack(Func<IDictionary<string, object?>> program) => ProgramOutputs = program();

        public IDictionary<string, object?> ProgramOutputs { get; }
    }
}
