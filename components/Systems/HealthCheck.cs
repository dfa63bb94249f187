using System.Text.RegularExpressions;
using Infra.Components.Checks;

namespace Infra.Components.Systems;

/// <summary>How a container is asked over the network whether it is well.</summary>
public enum HealthProtocol
{
    /// <summary>By a path that answers 2xx or 3xx.</summary>
    Http,

    /// <summary>By a connection: it is well while it accepts one.</summary>
    Tcp,

    /// <summary>
    /// By the gRPC health checking protocol (<c>grpc.health.v1.Health</c>), which answers <c>SERVING</c> for the server as a whole. What
    /// leads to such a service speaks gRPC, too.
    /// </summary>
    Grpc,
}

/// <summary>How a service or worker shows that it is well.</summary>
public sealed partial record HealthCheck
{
    /// <summary>What it is asked by. Default: HTTP.</summary>
    public HealthProtocol Protocol { get; init; } = HealthProtocol.Http;

    /// <summary>The path that answers 2xx or 3xx when it is ready; of HTTP alone. Default: <c>/healthz</c>.</summary>
    public string Path { get; init; } = "/healthz";

    /// <summary>
    /// The port on which it is asked, 1 to 65535, such as that of an image's management interface. Default: the service's own; of a worker
    /// none, and nobody asks it.
    /// </summary>
    public int? Port { get; init; }

    /// <summary>
    /// A program of the image with its arguments, which asks in the container instead and ends with 0 when it is well. No shell reads them.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The time between checks in seconds, 5 to 300. Default: 10.</summary>
    public int IntervalSeconds { get; init; } = 10;

    /// <summary>How long an answer may take in seconds, 2 to 120 and less than the interval. Default: 5.</summary>
    public int TimeoutSeconds { get; init; } = 5;

    /// <summary>How long a new replica may take to start before failed checks count, in seconds, 0 to 3600. Default: 60.</summary>
    public int GraceSeconds { get; init; } = 60;

    /// <summary>Reports what no cloud accepts.</summary>
    /// <param name="argument">What the check is called.</param>
    /// <param name="guard">Where findings go.</param>
    internal void Check(string argument, Guard guard)
    {
        if (Command.Count > 0)
        {
            guard.Require(
                Command[0].Length > 0,
                $"{argument}.Command",
                "'' as its first word",
                "a program of the image, such as /app/healthcheck, first");
        }
        else if (Protocol == HealthProtocol.Http)
        {
            guard.Matches($"{argument}.Path", Path, PathForm(), "a path that starts with / and has neither spaces nor a query");
        }

        if (Port is { } port) guard.InRange($"{argument}.Port", port, 1, 65535);
        guard.InRange($"{argument}.IntervalSeconds", IntervalSeconds, 5, 300, "seconds");
        guard.InRange($"{argument}.TimeoutSeconds", TimeoutSeconds, 2, 120, "seconds");
        guard.Require(
            TimeoutSeconds < IntervalSeconds,
            $"{argument}.TimeoutSeconds",
            TimeoutSeconds,
            $"less than {argument}.IntervalSeconds, which is {IntervalSeconds}");
        guard.InRange($"{argument}.GraceSeconds", GraceSeconds, 0, 3600, "seconds");
    }

    [GeneratedRegex(@"^/[^\s?#]*\z")]
    private static partial Regex PathForm();
}
