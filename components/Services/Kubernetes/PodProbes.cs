using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Systems;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Components.Services.Kubernetes;

/// <summary>How nodes ask a container whether it is well.</summary>
/// <param name="check">What is asked for.</param>
/// <param name="port">The port on which it is asked; of no use where a command asks.</param>
internal sealed class PodProbes(HealthCheck check, int? port)
{
    /// <summary>Until when it must have started.</summary>
    public ProbeArgs Start => Asking(StartFailures);

    /// <summary>Until when it must listen.</summary>
    public ProbeArgs Started => Listening(StartFailures);

    private int StartFailures => Math.Max(1, (int)Math.Ceiling((double)check.GraceSeconds / check.IntervalSeconds));

    /// <summary>Asks as its author says.</summary>
    /// <param name="failures">How many failures in a row count.</param>
    public ProbeArgs Asking(int failures = 3)
    {
        var probe = Every(failures);
        if (check.Command.Count > 0)
            probe.Exec = new ExecActionArgs { Command = check.Command.Select(ContainerText.Literal).ToList() };
        else if (check.Protocol == HealthProtocol.Grpc) probe.Grpc = new GRPCActionArgs { Port = port!.Value };
        else if (check.Protocol == HealthProtocol.Tcp) probe.TcpSocket = new TCPSocketActionArgs { Port = port!.Value };
        else probe.HttpGet = new HTTPGetActionArgs { Path = check.Path, Port = port!.Value };
        return probe;
    }

    /// <summary>Asks whether it listens.</summary>
    /// <param name="failures">How many failures in a row count.</param>
    public ProbeArgs Listening(int failures)
    {
        var probe = Every(failures);
        probe.TcpSocket = new TCPSocketActionArgs { Port = port!.Value };
        return probe;
    }

    private ProbeArgs Every(int failures) => new()
    {
        PeriodSeconds = check.IntervalSeconds,
        TimeoutSeconds = check.TimeoutSeconds,
        FailureThreshold = failures,
    };
}
