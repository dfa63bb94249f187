using System.Collections.Immutable;
using System.Text.Json;
using Pulumi.Testing;

namespace Pulumi;

/// <summary>A run of a program. The bundled SDK runs programs under mocks; deploying takes the official packages.</summary>
public sealed partial class Deployment
{
    private static readonly AsyncLocal<DeploymentInstance?> Ambient = new();

    private readonly MockMonitor _monitor;
    private readonly PendingWork _work = new();
    private readonly List<string> _errors = [];
    private readonly string? _rootDirectory;
    private Stack? _stack;

    private Deployment(IMocks mocks, TestOptions? options)
    {
        ProjectName = options?.ProjectName ?? "project";
        StackName = options?.StackName ?? "stack";
        OrganizationName = options?.OrganizationName ?? "organization";
        _rootDirectory = options?.RootDirectory;
        IsDryRun = options?.IsPreview ?? true;
        _monitor = new MockMonitor(mocks, StackName, ProjectName);
    }

    /// <summary>The running deployment.</summary>
    public static DeploymentInstance Instance
    {
        get => Ambient.Value ?? throw new InvalidOperationException("Trying to acquire Deployment.Instance before 'Run' was called.");
        private set => Ambient.Value = Ambient.Value == null
            ? value
            : throw new InvalidOperationException("Deployment.Instance should only be set once at the beginning of a 'Run' call.");
    }

    internal static Deployment Current => Instance.Deployment;

    internal string ProjectName { get; }

    internal string StackName { get; }

    internal string OrganizationName { get; }

    internal string RootDirectory
        => _rootDirectory ?? throw new InvalidOperationException("The root directory is not known: set TestOptions.RootDirectory.");

    internal bool IsDryRun { get; }

    internal ImmutableDictionary<string, string> Configuration { get; } = ReadConfiguration();

    internal Stack Stack
    {
        get => _stack ?? throw new InvalidOperationException("Trying to acquire Deployment.Stack before 'Run' was called.");
        set => _stack = value;
    }

    internal static void TrackIfRunning(Task task)
    {
        // Most outputs are complete from the start, and need no watching.
        if (!task.IsCompletedSuccessfully)
        {
            Ambient.Value?.Deployment._work.Track(task);
        }
    }

    /// <summary>An error fails the run, also when nothing is thrown.</summary>
    internal void LogError(string message)
    {
        lock (_errors)
        {
            _errors.Add(message);
        }
    }

    public Task<bool> MonitorSupportsInvokeTransforms() => Task.FromResult(true);

    public Task<bool> MonitorSupportsResourceHooks() => Task.FromResult(true);

    public void RegisterInvokeTransform(InvokeTransform transform) => ArgumentNullException.ThrowIfNull(transform);

    public Task AwaitPendingRegistrations() => Task.CompletedTask;

    /// <summary>Requires a version of the Pulumi command line. There is none in a test, so every requirement is met.</summary>
    public static Task RequirePulumiVersionAsync(string pulumiVersionRange)
    {
        _ = Current;
        return Task.CompletedTask;
    }

    private static ImmutableDictionary<string, string> ReadConfiguration()
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>();
        if (Environment.GetEnvironmentVariable("PULUMI_CONFIG") is { } json)
        {
            using var document = JsonDocument.Parse(json);
            foreach (var entry in document.RootElement.EnumerateObject())
            {
                // Keys may come in an older form, project:config:key.
                var name = entry.Name.Split(':', 3) is [var project, "config", var key] ? $"{project}:{key}" : entry.Name;
                values[name] = entry.Value.ToString();
            }
        }

        return values.ToImmutable();
    }
}
