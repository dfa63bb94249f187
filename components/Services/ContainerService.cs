using System.Globalization;
using Infra.Components.Brokers;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Services;

/// <summary>Containers that run all the time: an HTTP service, or a worker when it has no port.</summary>
public class ContainerService(string name, ContainerServiceArgs? args = null)
    : Consumer<ContainerServiceArgs>(name, args ?? new())
{
    /// <inheritdoc/>
    public override ComponentKind Kind => ContainerServiceKind.Instance;

    /// <inheritdoc/>
    internal override bool WorksUnasked => Args.Port is null;

    /// <inheritdoc/>
    internal override bool KeepsCallers => Args.Devices is not null;

    /// <inheritdoc/>
    internal override int MostStopSeconds => Args.StopSeconds;
}

/// <summary>The arguments of a container service.</summary>
public sealed record ContainerServiceArgs : ContainerArgs
{
    // More than any cloud starts of one service without a quota of the account's own.
    private const int MostReplicas = 1000;

    // Each is two rules of security groups for every caller, of which a group has few (Amazon VPC quotas).
    private const int MostMorePorts = 5;

    // Each has resources of its own, which an update goes through one after another.
    private const int MostMembers = 50;

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

    /// <summary>
    /// Further ports on which the container listens to callers inside the network, by whatever is spoken over TCP: 1 to 65535, 5 at most.
    /// Whoever is linked to the service reaches them at its private name. Routes and other clouds lead to <see cref="Port"/> alone.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<int> MorePorts { get; init; } = [];

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
    /// Directories that outlive its replicas; needs <see cref="Scaling.AtMostOne"/>, or <see cref="Scaling.Members"/>, of which each has
    /// its own, and <see cref="ContainerArgs.User"/>. They are protected in production. Default: none.
    /// </summary>
    public IReadOnlyList<Volume> Volumes { get; init; } = [];

    /// <summary>
    /// Whether load balancers send what a browser asks to the replica that answered it first, for as long as that one runs, by a cookie of
    /// theirs: for services that keep sessions in memory. Calls inside the network go to any replica. Default: false.
    /// </summary>
    public bool StickySessions { get; init; }

    /// <summary>What it is a broker of devices by; null for every other service.</summary>
    internal DeviceBroker? Devices { get; init; }

    /// <summary>What it speaks, whichever argument says so.</summary>
    internal ServiceProtocol Spoken =>
        Protocol == ServiceProtocol.Http && HealthCheck.Protocol == HealthProtocol.Grpc ? ServiceProtocol.Grpc : Protocol;

    /// <summary>Whether it listens.</summary>
    public bool IsHttp => Port is not null;

    /// <summary>The port on which it is asked whether it is well; null where a command does, and where nobody asks.</summary>
    internal int? CheckedPort => HealthCheck.Command.Count > 0 ? null : HealthCheck.Port ?? Port;

    /// <summary>Whether anybody asks it.</summary>
    internal bool IsChecked => HealthCheck.Command.Count > 0 || CheckedPort is not null;

    /// <summary>
    /// As many frameworks and images expect, the port stands in the environment on every cloud, and so does who a member is.
    /// </summary>
    internal override Variables Variables
    {
        get
        {
            if (!IsHttp && !HasMembers) return Environment;
            var variables = new Variables(Environment);
            if (Port is { } port) variables[PortVariable] = port.ToString(CultureInfo.InvariantCulture);
            foreach (var (name, text) in HasMembers ? OfMember : []) variables[name] = text;
            return variables;
        }
    }

    /// <inheritdoc/>
    internal override bool HasMembers => Scaling.Members is not null;

    private static Variables OfMember => new()
    {
        ["MEMBERS"] = Member.Each(Member.Host),
        ["MEMBER_HOST"] = Member.Host,
        ["MEMBER_NAME"] = Member.Name,
        ["MEMBER_NUMBER"] = Member.Number,
    };

    /// <inheritdoc/>
    internal override IEnumerable<(string Argument, string Word)> Words =>
        base.Words.Concat(HealthCheck.Command.Select(word => ("HealthCheck.Command", word)));

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        Decision.Of(Size),
        Scaling.AtMostOne
            ? new("replicas", "one at a time")
            : Scaling.Members is { } members
                ? Decision.Promise("replicas", members, Scaling.LeastQuorum, "members")
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
        .. StickySessions ? [new Decision("sessions", "sticky")] : Array.Empty<Decision>(),
        new("port", Port is { } port ? port.ToString(CultureInfo.InvariantCulture) : "none"),
        .. MorePorts.Count > 0 ? [new Decision("more ports", string.Join(", ", MorePorts))] : Array.Empty<Decision>(),
        .. Devices is { } devices
            ? [new Decision("devices", string.Create(CultureInfo.InvariantCulture, $"{devices.Connections} below {devices.Topic}/"))]
            : Array.Empty<Decision>(),
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
                Scaling = HasMembers ? Scaling.SetFor(profile) : Scaling with
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
        CheckMorePorts(guard);
        Devices?.Check(guard);
        guard.InRange(nameof(StopSeconds), StopSeconds, 1, 3600, "seconds");
        guard.Require(
            !Scaling.IsContradictory,
            "Scaling.AtMostOne",
            "true beside a Minimum or Maximum of more than 1, or beside Schedules",
            "true alone, or false",
            "Remove Scaling.Minimum, Maximum and Schedules where work must not be done twice, or set AtMostOne to false");
        if (Scaling.Members is { } members) CheckMembers(members, guard);
        else guard.InRange("Scaling.Minimum", Scaling.Minimum, 1, MostReplicas, "replicas");
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
        if (IsChecked) HealthCheck.Check(nameof(HealthCheck), guard);
        guard.Require(
            HealthCheck.Protocol != HealthProtocol.Grpc || Port is not { } own || (HealthCheck.Port ?? own) == own,
            "HealthCheck.Port",
            HealthCheck.Port,
            $"nothing beside HealthCheck.Protocol Grpc, because a service that is asked by gRPC speaks it on its own port, which is {Port}",
            "Remove it, or ask by HTTP");
        foreach (var sidecar in Sidecars.Where(sidecar => sidecar.CheckedPort is { } asked && (asked == CheckedPort || asked == Port)))
        {
            guard.Refuse(
                $"Sidecars '{sidecar.Name}'.HealthCheck.Port",
                sidecar.CheckedPort,
                "another port than its component's, because all containers of a replica share their ports",
                $"Let '{sidecar.Name}' listen on another port");
        }

        guard.Require(
            IsHttp || !StickySessions,
            nameof(StickySessions),
            "true for a worker, to which nobody sends requests",
            "true where Port is set, or false");
        if (!IsHttp) return;
        foreach (var variable in HasMembers ? OfMember.Keys.Where(Environment.ContainsKey) : [])
        {
            guard.Refuse(
                nameof(Environment),
                $"'{variable}'",
                "other names: every member of a set finds who it is there",
                $"Remove '{variable}', or write Member.Name, Number, Host or Each into another variable");
        }

        guard.Require(
            !Environment.ContainsKey(PortVariable),
            nameof(Environment),
            $"'{PortVariable}'",
            $"other names: every cloud sets {PortVariable} to the service's port",
            $"Remove '{PortVariable}', and set Port");
    }

    private IEnumerable<Decision> VolumeDecisions =>
        Volumes.Count == 0 ? [] : [new("volumes", string.Join(", ", Volumes.Select(volume => volume.Told)))];

    private IEnumerable<Decision> HealthCheckDecisions => (HealthCheck, CheckedPort) switch
    {
        ({ Command.Count: > 0 }, _) => [new("health check", "by a command")],
        ({ Protocol: var protocol }, { } asked) when protocol != HealthProtocol.Http || asked != Port =>
            [new("health check", string.Create(CultureInfo.InvariantCulture, $"by {protocol.ToString().ToUpperInvariant()} on {asked}"))],
        _ => [],
    };

    private void CheckMorePorts(Guard guard)
    {
        guard.InRange(nameof(MorePorts), MorePorts.Count, 0, MostMorePorts, "ports");
        foreach (var more in MorePorts) guard.InRange(nameof(MorePorts), more, 1, 65535);
        foreach (var twice in MorePorts.Append(Port ?? 0).GroupBy(number => number).Where(group => group.Count() > 1))
            guard.Refuse(nameof(MorePorts), $"{twice.Key} twice", $"ports once each, and other ones than Port, which is {Port}");
        guard.Require(
            IsHttp || MorePorts.Count == 0,
            nameof(MorePorts),
            "given for a worker, which nobody calls",
            "further ports where Port is set, or none",
            "Set Port, or remove them");
    }

    private void CheckMembers(int members, Guard guard)
    {
        guard.InRange("Scaling.Members", members, 1, MostMembers, "members");
        guard.Require(
            !Scaling.IsSetOtherwise,
            "Scaling.Members",
            $"{members} beside AtMostOne, Schedules, or another Minimum or Maximum",
            "a number of members alone, because none comes or goes by itself",
            "Remove the others");
        guard.Require(
            IsHttp,
            "Scaling.Members",
            $"{members} of a worker, which listens on no port by which its members could find each other",
            "sets of services",
            "Set Port, and MorePorts for what members say to each other");
    }
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
        get => AtMostOne ? 1 : Members ?? _minimum ?? 2;
        init => _minimum = value;
    }

    /// <summary>How many replicas run at most, up to 1000; the same as the minimum turns scaling off. Default: 4.</summary>
    public int Maximum
    {
        get => AtMostOne ? 1 : Members ?? _maximum ?? 4;
        init => _maximum = value;
    }

    /// <summary>
    /// Whether a single replica runs, and an update stops it before it starts the next one: for schedulers, whose work must not be done
    /// twice. Nothing runs in between. Minimum and maximum are 1 then. Default: false.
    /// </summary>
    public bool AtMostOne { get; init; }

    /// <summary>
    /// How many members it has where it is a set of them, 1 to 50: each with a name of its own (<c>search-0</c>, <c>search-1</c> …), which
    /// leads to it before it is ready, too, and with volumes of its own. They start together, and an update replaces one after another, the
    /// highest number first, each when the one before is well. Production and staging have as many as are declared, a preview one. Default:
    /// none, and replicas are alike.
    /// </summary>
    public int? Members { get; init; }

    /// <summary>The average CPU use that scaling aims at, 10 to 95 %. Default: 70.</summary>
    public int CpuPercent { get; init; } = 70;

    /// <summary>Times at which other bounds hold, of which no two overlap, such as the week before Christmas. Default: none.</summary>
    public IReadOnlyList<ScalingSchedule> Schedules { get; init; } = [];

    /// <summary>Whether more than one is asked for, and at most one.</summary>
    internal bool IsContradictory => AtMostOne && (_minimum > 1 || _maximum > 1 || Schedules.Count > 0);

    /// <summary>The fewest members of which a majority is left when one is lost.</summary>
    internal const int LeastQuorum = 3;

    /// <summary>Whether it is a set of members, and something else is asked for as well.</summary>
    internal bool IsSetOtherwise => Members is { } members
        && (AtMostOne || Schedules.Count > 0 || (_minimum ?? members) != members || (_maximum ?? members) != members);

    /// <summary>The same set in an environment: a majority of fewer members than are declared would be none.</summary>
    internal Scaling SetFor(EnvironmentProfile profile) =>
        profile.Kind == EnvironmentKind.Preview ? this with { Members = Math.Min(Members!.Value, 1) } : this;

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

/// <summary>What every cloud gives for a container service.</summary>
public interface IContainerService
{
    /// <summary>The private DNS name; empty for a worker.</summary>
    Output<string> Host { get; }

    /// <summary>The private url, such as <c>http://api.familink-production.internal:8080</c>; empty for a worker.</summary>
    Output<string> Url { get; }
}
