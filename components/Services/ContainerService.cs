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

    /// <summary>
    /// What it speaks on its port, without TLS; load balancers lead HTTP/2 and gRPC to it end to end. Default: HTTP/1.1, and gRPC where
    /// <c>HealthCheck.Protocol</c> is.
    /// </summary>
    public ServiceProtocol Protocol { get; init; } = ServiceProtocol.Http;

    /// <summary>How many replicas run, and when more are added. Default: 2 to 4 at 70 % CPU; in a preview a single one.</summary>
    public Scaling Scaling { get; init; } = new();

    /// <summary>
    /// How a replica shows that it is well. A service is asked by HTTP unless it says otherwise; a worker by nobody unless it names a
    /// command, or a port.
    /// </summary>
    public HealthCheck HealthCheck { get; init; } = new();

    /// <summary>
    /// How long a replica may finish its work after it is told to stop, in seconds: 1 to 3600; clouds that give less say so. Default: 30.
    /// </summary>
    public int StopSeconds { get; init; } = 30;

    /// <summary>
    /// Directories that outlive its replicas; needs <see cref="Scaling.AtMostOne"/> and <see cref="ContainerArgs.User"/>. They are
    /// protected in production. Default: none.
    /// </summary>
    public IReadOnlyList<Volume> Volumes { get; init; } = [];

    /// <summary>What it speaks, whichever argument says so.</summary>
    internal ServiceProtocol Spoken =>
        Protocol == ServiceProtocol.Http && HealthCheck.Protocol == HealthProtocol.Grpc ? ServiceProtocol.Grpc : Protocol;

    /// <summary>Whether it listens.</summary>
    public bool IsHttp => Port is not null;

    /// <summary>The port on which it is asked whether it is well; null where a command does, and where nobody asks.</summary>
    internal int? CheckedPort => HealthCheck.Command.Count > 0 ? null : Port ?? HealthCheck.Port;

    /// <summary>Whether anybody asks it.</summary>
    internal bool IsChecked => HealthCheck.Command.Count > 0 || CheckedPort is not null;

    /// <summary>As many frameworks and images expect, the port stands in the environment on every cloud.</summary>
    internal override Variables Variables => Port is { } port
        ? new(Environment) { [PortVariable] = port.ToString(CultureInfo.InvariantCulture) }
        : Environment;

    /// <inheritdoc/>
    internal override IEnumerable<(string Argument, string Word)> Words =>
        base.Words.Concat(HealthCheck.Command.Select(word => ("HealthCheck.Command", word)));

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        Decision.Of(Size),
        Scaling.AtMostOne
            ? new("replicas", "one at a time")
            : Decision.Promise("replicas", Scaling.Minimum, new Scaling().Minimum, "at least"),
        new("scaling", Scaling.IsAutomatic ? $"up to {Scaling.Maximum} at {Scaling.CpuPercent} % CPU" : "off"),
        .. Scaling.Schedules.Count > 0
            ? [new Decision("scheduled", string.Join("; ", Scaling.Schedules.Select(Scaling.Told)))]
            : Array.Empty<Decision>(),
        .. HealthCheckDecisions,
        .. VolumeDecisions,
        .. IsHttp && Spoken != ServiceProtocol.Http
            ? [new("protocol", Spoken.ToString().ToLowerInvariant())]
            : Enumerable.Empty<Decision>(),
        new("port", Port is { } port ? port.ToString(CultureInfo.InvariantCulture) : "none"),
        .. ContainerDecisions,
    ];

    /// <inheritdoc/>
    public override Arguments For(EnvironmentProfile profile)
    {
        var reduced = (ContainerServiceArgs)base.For(profile);
        return profile.IsProduction
            ? reduced
            : reduced with
            {
                Volumes =
                [
                    .. Volumes.Select(volume => volume with
                    {
                        SizeGiB = Math.Min(volume.SizeGiB, profile.MaximumStorageGiB),
                        BackupDays = Math.Min(volume.BackupDays, profile.MaximumBackupDays),
                    }),
                ],
                Scaling = Scaling with
                {
                    Minimum = profile.Kind == EnvironmentKind.Preview ? 1 : Math.Min(Scaling.Minimum, profile.MaximumReplicas),
                    Maximum = Math.Min(Scaling.Maximum, profile.MaximumReplicas),
                    Schedules = [.. Scaling.Schedules.Select(schedule => schedule.Within(profile.MaximumReplicas))],
                },
            };
    }

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        base.Check(guard);
        if (Port is { } port) guard.InRange(nameof(Port), port, 1, 65535);
        guard.OneOf(nameof(Protocol), Protocol, Enum.GetValues<ServiceProtocol>());
        guard.InRange(nameof(StopSeconds), StopSeconds, 1, 3600, "seconds");
        guard.Require(
            !Scaling.IsContradictory,
            "Scaling.AtMostOne",
            "true beside a Minimum or Maximum of more than 1, or beside Schedules",
            "true alone, or false",
            "Remove Scaling.Minimum, Maximum and Schedules where work must not be done twice, or set AtMostOne to false");
        guard.InRange("Scaling.Minimum", Scaling.Minimum, 1, MostReplicas, "replicas");
        if (Scaling.Maximum > MostReplicas) guard.InRange("Scaling.Maximum", Scaling.Maximum, 1, MostReplicas, "replicas");
        guard.Require(
            Scaling.Maximum >= Scaling.Minimum,
            "Scaling.Maximum",
            Scaling.Maximum,
            $"at least Scaling.Minimum, which is {Scaling.Minimum}",
            "Raise Scaling.Maximum or lower Scaling.Minimum");
        guard.InRange("Scaling.CpuPercent", Scaling.CpuPercent, 10, 95, "%");
        Volume.Check(Volumes, this, guard);
        ScalingSchedule.Check(Scaling, MostReplicas, guard);
        guard.Require(
            IsChecked || HealthCheck.Protocol == HealthProtocol.Http,
            "HealthCheck.Port",
            "nothing",
            $"1 to 65535, because a worker listens on no port that is known, and HealthCheck.Protocol is {HealthCheck.Protocol}");
        if (IsChecked) CheckHealth(guard);
        if (!IsHttp) return;
        guard.Require(
            !Environment.ContainsKey(PortVariable),
            nameof(Environment),
            $"'{PortVariable}'",
            $"other names: every cloud sets {PortVariable} to the service's port",
            $"Remove '{PortVariable}', and set Port");
    }

    private IEnumerable<Decision> VolumeDecisions => Volumes.Count == 0
        ? []
        : [new("volumes", string.Join(", ", Volumes.Select(volume => string.Create(
            CultureInfo.InvariantCulture,
            $"{volume.Path} {volume.SizeGiB} GiB, {(volume.BackupDays == 0 ? "no backups" : $"backups {volume.BackupDays} days")}"))))];

    private IEnumerable<Decision> HealthCheckDecisions => (HealthCheck, CheckedPort) switch
    {
        ({ Command.Count: > 0 }, _) => [new("health check", "by a command")],
        ({ Protocol: var protocol }, { } asked) when protocol != HealthProtocol.Http || !IsHttp =>
            [new("health check", string.Create(CultureInfo.InvariantCulture, $"by {protocol.ToString().ToUpperInvariant()} on {asked}"))],
        _ => [],
    };

    private void CheckHealth(Guard guard)
    {
        if (HealthCheck.Command.Count > 0)
        {
            guard.Require(
                HealthCheck.Command[0].Length > 0,
                "HealthCheck.Command",
                "'' as its first word",
                "a program of the image, such as /app/healthcheck, first");
        }
        else if (HealthCheck.Protocol == HealthProtocol.Http)
        {
            guard.Matches("HealthCheck.Path", HealthCheck.Path, Path(), "a path that starts with / and has neither spaces nor a query");
        }

        if (HealthCheck.Port is { } port)
        {
            guard.InRange("HealthCheck.Port", port, 1, 65535);
            guard.Require(
                !IsHttp || port == Port,
                "HealthCheck.Port",
                port,
                $"nothing, because a service is asked on its own port, which is {Port}");
        }

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

/// <summary>What a service speaks on its port, always without TLS.</summary>
public enum ServiceProtocol
{
    /// <summary>HTTP/1.1, WebSockets among it.</summary>
    Http,

    /// <summary>HTTP/2 from its first byte on.</summary>
    Http2,

    /// <summary>gRPC, over HTTP/2.</summary>
    Grpc,
}

/// <summary>The bounds of automatic scaling on CPU.</summary>
public sealed record Scaling
{
    private readonly int? _minimum;
    private readonly int? _maximum;

    /// <summary>How many replicas run at least, 1 to 1000. Default: 2.</summary>
    public int Minimum
    {
        get => AtMostOne ? 1 : _minimum ?? 2;
        init => _minimum = value;
    }

    /// <summary>How many replicas run at most, up to 1000; the same as the minimum turns scaling off. Default: 4.</summary>
    public int Maximum
    {
        get => AtMostOne ? 1 : _maximum ?? 4;
        init => _maximum = value;
    }

    /// <summary>
    /// Whether a single replica runs, and an update stops it before it starts the next one: for schedulers, whose work must not be done
    /// twice. Nothing runs in between. Minimum and maximum are 1 then. Default: false.
    /// </summary>
    public bool AtMostOne { get; init; }

    /// <summary>The average CPU use that scaling aims at, 10 to 95 %. Default: 70.</summary>
    public int CpuPercent { get; init; } = 70;

    /// <summary>Times at which other bounds hold, of which no two overlap, such as the week before Christmas. Default: none.</summary>
    public IReadOnlyList<ScalingSchedule> Schedules { get; init; } = [];

    /// <summary>Whether more than one is asked for, and at most one.</summary>
    internal bool IsContradictory => AtMostOne && (_minimum > 1 || _maximum > 1 || Schedules.Count > 0);

    /// <summary>Whether the number of replicas changes by itself.</summary>
    public bool IsAutomatic => Maximum > Minimum || Schedules.Count > 0;

    /// <summary>How many replicas there may be at any time.</summary>
    internal int Highest => Schedules.Select(schedule => BoundsOf(schedule).Maximum).Append(Maximum).Max();

    /// <summary>
    /// The bounds that an update sets. On a day that a schedule touches they are the schedule's, so that no update scales a peak down; what
    /// ends the schedule sets those of the rest of the time.
    /// </summary>
    /// <param name="day">The day of the update.</param>
    internal (int Minimum, int Maximum) BoundsOn(DateOnly day)
    {
        var bounds = Schedules.Where(schedule => schedule.Touches(day)).Select(BoundsOf).Append((Minimum, Maximum)).ToList();
        return (bounds.Max(pair => pair.Item1), bounds.Max(pair => pair.Item2));
    }

    /// <summary>The bounds that hold in a schedule's time.</summary>
    internal (int Minimum, int Maximum) BoundsOf(ScalingSchedule schedule)
    {
        var minimum = schedule.Minimum ?? Minimum;
        return (minimum, schedule.Maximum ?? Math.Max(minimum, Maximum));
    }

    /// <summary>A schedule in words.</summary>
    internal string Told(ScalingSchedule schedule) => string.Create(
        CultureInfo.InvariantCulture,
        $"{BoundsOf(schedule).Minimum} to {BoundsOf(schedule).Maximum} from {schedule.From} until {schedule.Until} in {schedule.TimeZone}");
}

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
public sealed record HealthCheck
{
    /// <summary>What it is asked by. Default: HTTP.</summary>
    public HealthProtocol Protocol { get; init; } = HealthProtocol.Http;

    /// <summary>The path that answers 2xx or 3xx when it is ready; of HTTP alone. Default: <c>/healthz</c>.</summary>
    public string Path { get; init; } = "/healthz";

    /// <summary>
    /// The port on which a worker is asked, 1 to 65535; a service is asked on its own. Default: none, and nobody asks a worker.
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
}

/// <summary>What every cloud gives for a container service.</summary>
public interface IContainerService
{
    /// <summary>The private DNS name; empty for a worker.</summary>
    Output<string> Host { get; }

    /// <summary>The private url, such as <c>http://api.familink-production.internal:8080</c>; empty for a worker.</summary>
    Output<string> Url { get; }
}
