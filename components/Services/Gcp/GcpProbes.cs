using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using CloudRun = Pulumi.Gcp.CloudRunV2.Inputs;

namespace Infra.Components.Services.Gcp;

/// <summary>
/// How Cloud Run asks a service or a worker whether it is well. By TCP it asks until the container has started and never after, and no
/// program runs in a container to ask (Google Cloud documentation: Cloud Run container health checks).
/// </summary>
/// <param name="Check">What is asked for.</param>
/// <param name="Port">The port on which it is asked.</param>
internal sealed record GcpProbes(HealthCheck Check, int Port)
{
    // Three in a row, as on other clouds.
    private const int Failures = 3;

    private HealthProtocol Protocol => Check.Command.Count > 0 ? HealthProtocol.Tcp : Check.Protocol;

    private int StartInterval => Math.Min(Check.IntervalSeconds, CloudRunSize.StartSeconds);

    private int StartTimeout => Math.Min(Check.TimeoutSeconds, StartInterval);

    private int StartFailures => Math.Max(1, Math.Min(Check.GraceSeconds, CloudRunSize.StartSeconds) / StartInterval);

    /// <summary>Until when a service's container must have started.</summary>
    public CloudRun.ServiceTemplateContainerStartupProbeArgs ServiceStart()
    {
        var probe = new CloudRun.ServiceTemplateContainerStartupProbeArgs
        {
            PeriodSeconds = StartInterval,
            TimeoutSeconds = StartTimeout,
            FailureThreshold = StartFailures,
        };
        if (Protocol == HealthProtocol.Http)
            probe.HttpGet = new CloudRun.ServiceTemplateContainerStartupProbeHttpGetArgs { Path = Check.Path, Port = Port };
        else if (Protocol == HealthProtocol.Grpc) probe.Grpc = new CloudRun.ServiceTemplateContainerStartupProbeGrpcArgs { Port = Port };
        else probe.TcpSocket = new CloudRun.ServiceTemplateContainerStartupProbeTcpSocketArgs { Port = Port };
        return probe;
    }

    /// <summary>What replaces a service's container afterwards; null where nothing does.</summary>
    public CloudRun.ServiceTemplateContainerLivenessProbeArgs? ServiceLife()
    {
        if (Protocol == HealthProtocol.Tcp) return null;
        var probe = new CloudRun.ServiceTemplateContainerLivenessProbeArgs
        {
            PeriodSeconds = Check.IntervalSeconds,
            TimeoutSeconds = Check.TimeoutSeconds,
            FailureThreshold = Failures,
        };
        if (Protocol == HealthProtocol.Http)
            probe.HttpGet = new CloudRun.ServiceTemplateContainerLivenessProbeHttpGetArgs { Path = Check.Path, Port = Port };
        else probe.Grpc = new CloudRun.ServiceTemplateContainerLivenessProbeGrpcArgs { Port = Port };
        return probe;
    }

    /// <summary>Until when a worker's container must have started.</summary>
    public CloudRun.WorkerPoolTemplateContainerStartupProbeArgs WorkerStart()
    {
        var probe = new CloudRun.WorkerPoolTemplateContainerStartupProbeArgs
        {
            PeriodSeconds = StartInterval,
            TimeoutSeconds = StartTimeout,
            FailureThreshold = StartFailures,
        };
        if (Protocol == HealthProtocol.Http)
            probe.HttpGet = new CloudRun.WorkerPoolTemplateContainerStartupProbeHttpGetArgs { Path = Check.Path, Port = Port };
        else if (Protocol == HealthProtocol.Grpc) probe.Grpc = new CloudRun.WorkerPoolTemplateContainerStartupProbeGrpcArgs { Port = Port };
        else probe.TcpSocket = new CloudRun.WorkerPoolTemplateContainerStartupProbeTcpSocketArgs { Port = Port };
        return probe;
    }

    /// <summary>What replaces a worker's container afterwards; null where nothing does.</summary>
    public CloudRun.WorkerPoolTemplateContainerLivenessProbeArgs? WorkerLife()
    {
        if (Protocol == HealthProtocol.Tcp) return null;
        var probe = new CloudRun.WorkerPoolTemplateContainerLivenessProbeArgs
        {
            PeriodSeconds = Check.IntervalSeconds,
            TimeoutSeconds = Check.TimeoutSeconds,
            FailureThreshold = Failures,
        };
        if (Protocol == HealthProtocol.Http)
            probe.HttpGet = new CloudRun.WorkerPoolTemplateContainerLivenessProbeHttpGetArgs { Path = Check.Path, Port = Port };
        else probe.Grpc = new CloudRun.WorkerPoolTemplateContainerLivenessProbeGrpcArgs { Port = Port };
        return probe;
    }
}
