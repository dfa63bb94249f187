using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Services;

/// <summary>Containers that run all the time: an HTTP service, or a worker when it has no port.</summary>
public sealed class ContainerService(string name, ContainerServiceArgs? args = null)
    : Consumer<ContainerServiceArgs>(name, args ?? new())
{
    /// <inheritdoc/>
    public override ComponentKind Kind => ContainerServiceKind.Instance;
}

/// <summary>The arguments of a container service.</summary>
public sealed partial record ContainerServiceArgs : ContainerArgs
{
    // More than any cloud starts of one service without a quota of the account's own.
    private const int MostReplicas = 1000;

    /// <summary>The variable in which a service finds its port.</summary>
    internal const string PortVariable = "PORT";

    /// <summary>
    /// The port on which the container speaks HTTP, 1 to 65535, which it finds in <c>PORT</c>; null for a worker, which listens on none.
    /// Default: null.
    /// </summary>
    public int? Port { get; init; }

    /// <summary>How many replicas run, and when more are added. Default: 2 to 4 at 70 % CPU; in a preview a single one.</summary>
    public Scaling Scaling { get; init; } = new();

    /// <summary>How the service shows that it is well. Ignored for a worker.</summary>
    public HealthCheck HealthCheck { get; init; } = new();

    /// <summary>
    /// How long a replica may finish its work after it is told to stop, in seconds: 1 to 120 (the limit of Fargate). Default: 30.
    /// </summary>
    public int StopSeconds { get; init; } = 30;

    /// <summary>Whether it listens.</summary>
    public bool IsHttp => Port is not null;

    /// <summary>As many frameworks and images expect, the port stands in the environment on every cloud.</summary>
    internal override Variables Variables => Port is { } port
        ? new(Environment) { [PortVariable] = port.ToString(CultureInfo.InvariantCulture) }
        : Environment;

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        Decision.Of(Size),
        Decision.Promise("replicas", Scaling.Minimum, new Scaling().Minimum, "at least"),
        new("scaling", Scaling.IsAutomatic ? $"up to {Scaling.Maximum} at {Scaling.CpuPercent} % CPU" : "off"),
        new("port", Port is { } port ? port.ToString(CultureInfo.InvariantCulture) : "none"),
        .. FileDecisions,
    ];

    /// <inheritdoc/>
    public override Arguments For(EnvironmentProfile profile)
    {
        var reduced = (ContainerServiceArgs)base.For(profile);
        return profile.IsProduction
            ? reduced
            : reduced with
            {
                Scaling = Scaling with
                {
                    Minimum = profile.Kind == EnvironmentKind.Preview ? 1 : Math.Min(Scaling.Minimum, profile.MaximumReplicas),
                    Maximum = Math.Min(Scaling.Maximum, profile.MaximumReplicas),
                },
            };
    }

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        base.Check(guard);
        if (Port is { } port) guard.InRange(nameof(Port), port, 1, 65535);
        guard.InRange(nameof(StopSeconds), StopSeconds, 1, 120, "seconds");
        guard.InRange("Scaling.Minimum", Scaling.Minimum, 1, MostReplicas, "replicas");
        if (Scaling.Maximum > MostReplicas) guard.InRange("Scaling.Maximum", Scaling.Maximum, 1, MostReplicas, "replicas");
        guard.Require(
            Scaling.Maximum >= Scaling.Minimum,
            "Scaling.Maximum",
            Scaling.Maximum,
            $"at least Scaling.Minimum, which is {Scaling.Minimum}",
            "Raise Scaling.Maximum or lower Scaling.Minimum");
        guard.InRange("Scaling.CpuPercent", Scaling.CpuPercent, 10, 95, "%");
        if (!IsHttp) return;
        guard.Require(
            !Environment.ContainsKey(PortVariable),
            nameof(Environment),
            $"'{PortVariable}'",
            $"other names: every cloud sets {PortVariable} to the service's port",
            $"Remove '{PortVariable}', and set Port");
        guard.Matches("HealthCheck.Path", HealthCheck.Path, Path(), "a path that starts with / and has neither spaces nor a query");
        guard.InRange("HealthCheck.IntervalSeconds", HealthCheck.IntervalSeconds, 5, 300, "seconds");
        guard.InRange("HealthCheck.TimeoutSeconds", HealthCheck.TimeoutSeconds, 2, 120, "seconds");
        guard.Require(
            HealthCheck.TimeoutSeconds < HealthCheck.IntervalSeconds,
            "HealthCheck.TimeoutSeconds",
            HealthCheck.TimeoutSeconds,
            $"less than HealthCheck.IntervalSeconds, which is {HealthCheck.IntervalSeconds}");
        guard.InRange("HealthCheck.GraceSeconds", HealthCheck.GraceSeconds, 0, 3600, "seconds");
    }

    [GeneratedRegex(@"^/[^\s?#]*\z")]
    private static partial Regex Path();
}

/// <summary>The bounds of automatic scaling on CPU.</summary>
public sealed record Scaling
{
    /// <summary>How many replicas run at least, 1 to 1000. Default: 2.</summary>
    public int Minimum { get; init; } = 2;

    /// <summary>How many replicas run at most, up to 1000; the same as the minimum turns scaling off. Default: 4.</summary>
    public int Maximum { get; init; } = 4;

    /// <summary>The average CPU use that scaling aims at, 10 to 95 %. Default: 70.</summary>
    public int CpuPercent { get; init; } = 70;

    /// <summary>Whether the number of replicas changes by itself.</summary>
    public bool IsAutomatic => Maximum > Minimum;
}

/// <summary>How a service shows that it is well.</summary>
public sealed record HealthCheck
{
    /// <summary>The path that answers 2xx or 3xx when the service is ready. Default: <c>/healthz</c>.</summary>
    public string Path { get; init; } = "/healthz";

    /// <summary>The time between checks in seconds, 5 to 300. Default: 10.</summary>
    public int IntervalSeconds { get; init; } = 10;

    /// <summary>How long an answer may take in seconds, 2 to 120 and less than the interval. Default: 5.</summary>
    public int TimeoutSeconds { get; init; } = 5;

    /// <summary>How long a new replica may take to start before failed checks count, in seconds, 0 to 3600. Default: 60.</summary>
    public int GraceSeconds { get; init; } = 60;
}

/// <summary>What every cloud gives for a container service.</summary>
public interface IContainerService
{
    /// <summary>The private DNS name; empty for a worker.</summary>
    Output<string> Host { get; }

    /// <summary>The private url, such as <c>http://api.familink-production.internal:8080</c>; empty for a worker.</summary>
    Output<string> Url { get; }
}
