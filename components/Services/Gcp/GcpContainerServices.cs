using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities;
using Infra.Components.Networks;
using Infra.Components.Networks.Gcp;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Services.Gcp;

/// <summary>Services on Google Cloud.</summary>
internal sealed class GcpContainerServices()
    : Provision<ContainerService, GcpContext>(ContainerServiceKind.Instance, new(Backing.Native, "Cloud Run")), IUsesApis
{
    private static readonly Rule Values = Rule.Error("gcp-service-arguments", "Cloud Run accepts the service's arguments");
    private static readonly Rule Stopping = Rule.Warning("gcp-stop-seconds", "A service stops within the seconds that Cloud Run gives");
    private static readonly Rule WorkersScale = Rule.Warning("gcp-scaling", "Workers, which do not scale, have a fixed number of replicas");

    private static readonly Rule HealthChecks = Rule.Warning("gcp-health-check", "Cloud Run asks as services say how they show to be well");
    private static readonly Rule GrpcCalls = Rule.Warning("gcp-grpc-calls", "Who calls a gRPC service can");
    private static readonly Rule GrpcPorts = Rule.Error("gcp-grpc-ports", "The proxy to gRPC services listens at ports of its own");

    private static readonly Gap Commands =
        new("health checks by a command", "No program runs in a container to ask whether it is well.") { Rule = HealthChecks };
    private static readonly Gap Connections =
        new("health checks by TCP", "By TCP a container is asked until it has started, and never after.") { Rule = HealthChecks };
    private static readonly Gap Grpc =
        new("gRPC from jobs and other clouds", "Jobs, and callers on other clouds, do not reach services by gRPC.") { Rule = GrpcCalls };
    private static readonly Gap Proxies = new(
        "gRPC without a proxy",
        "Who calls services by gRPC has a proxy of 1 vCPU beside each replica, whose image comes from a public registry.");
    private static readonly Rule Overlaps = Rule.Warning("gcp-at-most-one", "Of services of one replica no two run at a time");
    private static readonly Gap AtMostOne =
        new("never two replicas", "An update starts the next replica before it stops the former.") { Rule = Overlaps };
    private static readonly Gap StopTime = new("stop time", "10 seconds to stop.") { Rule = Stopping };
    private static readonly Rule Starts = Rule.Error("gcp-start-seconds", "Containers start within the time that Cloud Run gives them");
    private static readonly Gap LongStarts =
        new("slow starts", string.Create(CultureInfo.InvariantCulture, $"{CloudRunSize.StartSeconds} seconds to start.")) { Rule = Starts };
    private static readonly Rule Ports = Rule.Error("gcp-more-ports", "Services on Cloud Run listen on one port");
    private static readonly Gap MorePorts = new("further ports", "Callers reach one port of a service.") { Rule = Ports };
    private static readonly Gap LongRequests =
        new("requests of any length", "A request, or a connection that stays open, ends after an hour.");
    private static readonly Gap SidecarOrder =
        new("order of sidecars that nobody asks", "Sidecars without a health check start at the same time as the container.");
    private static readonly Rule VolumesRule = Rule.Error("gcp-volumes", "Services with volumes stand where replicas never overlap");
    private static readonly Gap Volumes = new(
        "volumes",
        "No volumes: Cloud Run has no disks, mounts file servers without locks and buckets without a file system's promises, and starts "
        + "the next replica before it stops the former, so that two would write to the same files.")
    {
        Rule = VolumesRule,
    };

    private static readonly Rule MembersRule = Rule.Error("gcp-members", "Sets of members stand where each has a name of its own");
    private static readonly Gap Members = new(
        "members by name",
        "No sets of members: instances of Cloud Run are all alike, have no names, no volumes and no order, and nobody reaches one of them.")
    {
        Rule = MembersRule,
    };

    private static readonly Rule Machines = Rule.Error("gcp-device-broker", "The machine of a broker of devices can run it");
    private static readonly Rule OneMachine = Rule.Notable("gcp-device-broker-machine", "Brokers of devices are looked after by the cloud");
    private static readonly Gap Brokers = new(
        "brokers of devices without a machine",
        "A broker of devices is one machine of Compute Engine, which Google restarts in its zone, and whose disk has no backups.")
    {
        Rule = OneMachine,
    };

    private static readonly Gap WorkerScaling = new("worker scaling", "Workers have a fixed number of replicas.") { Rule = WorkersScale };

    private static readonly Rule Maxima = Rule.Info("gcp-scaling-schedule", "Scheduled bounds of scaling hold when they are due");
    private static readonly Gap ScheduledMaxima = new(
        "scheduled maxima",
        "The highest of all scheduled maxima holds at all times.")
    {
        Rule = Maxima,
    };

    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["run"];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        GcpContainerChecks.Arm64, GcpContainerChecks.User, GcpContainerChecks.Steps, ReadOnlyRoots.Gap, MountedDirectory.Gap, Commands,
        Connections, SidecarOrder, Grpc, Proxies, AtMostOne, StopTime, LongStarts, MorePorts, LongRequests, Volumes, Members,
        WorkerScaling,
        ScheduledMaxima,
        Brokers,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks { get; } = [typeof(GcpServiceTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(ContainerService component) =>
        [RuntimeKind.Instance, PrivateNetworkKind.Instance, ContainerRegistryKind.Instance, ServiceIdentityKind.Instance];

    /// <inheritdoc/>
    protected override void Check(ContainerService component, CloudChecks checks)
    {
        if (component.Args.Devices is not null)
        {
            CheckMachine(component, checks);
            return;
        }

        GcpContainerChecks.Check(component, checks);
        CheckStopping(component, checks);
        CheckOverlap(component, checks);
        CheckMembers(component, checks);
        CheckVolumes(component, checks);
        CheckMaxima(component, checks);
        if (component.Args.IsChecked) CheckHealth(component, checks);
        var called = GcpGrpcProxy.CalledBy(checks.LinksOf(component)).Distinct().ToList();
        CheckSidecars(component, called.Count > 0 ? [GcpGrpcProxy.Declared, .. component.Args.Sidecars] : component.Args.Sidecars, checks);
        CheckForwards(component, called, checks);
        CheckGrpc(component, checks);
        if (component.Args.IsHttp) CheckHttp(component, checks);
        else CheckWorker(component, checks);
    }

    /// <inheritdoc/>
    protected override PlacedComponent? Begin(ContainerService component, GcpContext context) =>
        new GcpContainerService(component, context.Get<GcpPrivateNetwork>(), context);

    /// <inheritdoc/>
    protected override PlacedComponent Build(ContainerService component, GcpContext context)
    {
        var service = context.Begun<GcpContainerService>(component);
        service.Complete(component, context.Get<GcpRuntime>());
        return service;
    }

    private static void CheckMachine(ContainerService broker, CloudChecks checks)
    {
        var (args, guard) = (broker.Args, checks.Guard(broker, Machines));
        checks.Lacks(
            Brokers,
            broker,
            "It is one machine of Compute Engine, because Cloud Run passes nothing on but HTTP. Devices wait while Google starts it anew, "
            + "or for as long as its zone is away, and come back by themselves.",
            "Tell who is on call");
        guard.Require(
            args.Volumes.Count == 1,
            nameof(ContainerServiceArgs.Volumes),
            args.Volumes.Count,
            "the one of DeviceBroker.Service, for which the machine has a disk",
            "Leave Volumes as DeviceBroker.Service says");
        guard.Require(
            args.Architecture == CpuArchitecture.Amd64,
            nameof(ContainerServiceArgs.Architecture),
            args.Architecture,
            "Amd64, of which the machine is",
            "Leave Architecture out");
        guard.Require(
            GcpServiceMachine.TypeOf(args) is not null,
            nameof(ContainerServiceArgs.Size),
            args.Size,
            "sizes that a machine has: up to 8 vCPU and 32 GiB",
            "Lower Size or MemoryMiB");
        guard.Require(
            args.Steps.Count + args.Sidecars.Count == 0,
            nameof(ContainerServiceArgs.Sidecars),
            string.Join(", ", args.Steps.Select(step => step.Name).Concat(args.Sidecars.Select(sidecar => sidecar.Name))),
            "no steps and no sidecars: the machine runs one container",
            "Remove them");
        MountedDirectory.Check(broker, args.Files.Keys, checks, Machines);
        var image = checks.Settings.Images.GetValueOrDefault(broker.Name, "");
        guard.Require(
            image.StartsWith("docker.io/", StringComparison.Ordinal) && !checks.Settings.Registries.ContainsKey("docker.io"),
            $"infra:images.{broker.Name}",
            $"'{image}'",
            "an image of Docker Hub that anyone may pull, because the machine pulls it without credentials",
            "Name the official one, such as docker.io/eclipse-mosquitto with its digest");
        guard.Require(
            checks.Model.Find<PrivateNetwork>() is not { Args.Egress: Egress.None },
            "Egress of the network",
            Egress.None,
            "Shared or PerZone, by which the machine pulls its image",
            "Change Egress");
    }

    // Nobody gets what the argument says, so it is always said. Whoever asks for more than is usual depends on it.
    private static void CheckStopping(ContainerService service, CloudChecks checks)
    {
        var seconds = service.Args.StopSeconds;
        if (seconds == CloudRunSize.StopSeconds) return;
        checks.Lacks(
            StopTime,
            service,
            string.Create(
                CultureInfo.InvariantCulture,
                $"StopSeconds is {seconds}; Cloud Run gives {CloudRunSize.StopSeconds} seconds to everyone."),
            "Let work that takes longer bear being repeated",
            seconds > new ContainerServiceArgs().StopSeconds ? Severity.Warning : Severity.Info);
    }

    private static void CheckOverlap(ContainerService service, CloudChecks checks)
    {
        if (!service.Args.Scaling.AtMostOne) return;
        checks.Lacks(
            AtMostOne,
            service,
            "Scaling.AtMostOne is true; a single replica runs, but Cloud Run starts the next one before it stops the former.",
            "Take a lock in a store around work that must not be done twice");
    }

    private static void CheckMembers(ContainerService service, CloudChecks checks)
    {
        if (service.Args.Scaling.Members is not { } members) return;
        checks.Lacks(
            Members,
            service,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Scaling.Members is {members}, and Cloud Run has no instance with a name of its own."),
            "Take what Google Cloud runs itself, such as a ManagedDatabase or a Cache, lead to one elsewhere by an External");
    }

    private static void CheckVolumes(ContainerService service, CloudChecks checks)
    {
        if (service.Args.Volumes.Count == 0) return;
        checks.Lacks(
            Volumes,
            service,
            $"Volumes has {string.Join(", ", service.Args.Volumes.Select(volume => volume.Path))}, and Cloud Run has none that one replica "
            + "alone writes to.",
            "Keep files in a Bucket");
    }

    private static void CheckMaxima(ContainerService service, CloudChecks checks)
    {
        var scaling = service.Args.Scaling;
        if (!service.Args.IsHttp || scaling.Highest == scaling.Maximum) return;
        checks.Lacks(
            ScheduledMaxima,
            service,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Scaling.Maximum is {scaling.Maximum}, and {scaling.Highest} at times; on Cloud Run up to {scaling.Highest} replicas run "
                + $"whenever requests want them."),
            "Let what they use bear as many at any time");
    }

    private static void CheckSidecars(ContainerService service, IReadOnlyList<Sidecar> sidecars, CloudChecks checks)
    {
        if (sidecars.Count == 0) return;
        var guard = checks.Guard(service, Values);
        var total = CloudRunSize.VCpu(service.Args.Capacity) + sidecars.Sum(sidecar => CloudRunSize.VCpu(sidecar.Capacity));
        guard.Require(
            total <= CloudRunSize.MostVCpu,
            nameof(ContainerServiceArgs.Sidecars),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{service.Args.Sidecars.Count}, with which, and with the proxy of who calls gRPC, a replica has {total} vCPU"),
            $"{CloudRunSize.MostVCpu} vCPU of all containers together, of which a sidecar has 1 at least",
            "Lower Size, or do without a sidecar");
        foreach (var sidecar in sidecars)
        {
            if (sidecar.HealthCheck is not { } check) continue;
            if (check.Command.Count > 0)
            {
                checks.Lacks(
                    Commands,
                    service,
                    $"HealthCheck.Command of '{sidecar.Name}' is given; Cloud Run runs nothing in a container, does not find out whether "
                    + "it is well, and lets nothing wait for it.",
                    "Answer over the network, and set HealthCheck.Port");
            }

            CheckStart($"HealthCheck.GraceSeconds of '{sidecar.Name}'", check, service, checks);
        }
    }

    private static void CheckStart(string argument, HealthCheck check, ContainerService service, CloudChecks checks)
    {
        if (check.GraceSeconds <= CloudRunSize.StartSeconds) return;
        checks.Lacks(
            LongStarts,
            service,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{argument} is {check.GraceSeconds}; allowed: 0 to {CloudRunSize.StartSeconds} seconds, because Cloud Run gives up on a "
                + $"container after that."),
            "Let it listen before it has loaded what it needs");
    }

    private static void CheckWorker(ContainerService worker, CloudChecks checks)
    {
        var scaling = worker.Args.Scaling;
        if (scaling.Maximum <= scaling.Minimum) return;
        checks.Lacks(
            WorkerScaling,
            worker,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Scaling is {scaling.Minimum} to {scaling.Maximum} replicas, but workers on Cloud Run do not scale on CPU: "
                + $"{scaling.Minimum} run."),
            $"Raise infra:components.{worker.Name}.scaling.minimum before a peak");
    }

    private static void CheckHttp(ContainerService service, CloudChecks checks)
    {
        var guard = checks.Guard(service, Values);
        var tweak = service.Args.Tweak<GcpServiceTweak>() ?? new();
        guard.InRange("GcpServiceTweak.Concurrency", tweak.Concurrency, 1, 1000, "requests");
        guard.InRange("GcpServiceTweak.RequestTimeoutSeconds", tweak.RequestTimeoutSeconds, 1, 3600, "seconds");
        if (service.Args.MorePorts.Count == 0) return;
        checks.Lacks(
            MorePorts,
            service,
            $"MorePorts are {string.Join(", ", service.Args.MorePorts)}; Cloud Run leads to the port of one container and no other.",
            "Offer everything on one port, or run what wants the other one as a sidecar, which reaches it by 127.0.0.1");
    }

    private static void CheckHealth(ContainerService service, CloudChecks checks)
    {
        var (args, check) = (service.Args, service.Args.HealthCheck);
        if (check.Command.Count > 0)
        {
            checks.Lacks(
                Commands,
                service,
                "HealthCheck.Command is given; Cloud Run runs nothing in a container "
                + (args.IsHttp ? "and asks by TCP until it has started." : "and does not find out whether the worker is well."),
                "Answer by HTTP, and set HealthCheck." + (args.IsHttp ? "Path" : "Port"));
        }
        else if (check.Protocol == HealthProtocol.Tcp)
        {
            checks.Lacks(
                Connections,
                service,
                "HealthCheck.Protocol is Tcp; Cloud Run asks by TCP until a container has started, and never after.",
                "Answer by HTTP or gRPC",
                Severity.Info);
        }

        if (args.CheckedPort is null && !args.IsHttp) return;
        CheckStart("HealthCheck.GraceSeconds", check, service, checks);
    }

    private static void CheckGrpc(ContainerService service, CloudChecks checks)
    {
        if (service.Args.Spoken != ServiceProtocol.Grpc || !service.Args.IsHttp) return;
        var others = checks.LinksTo(service)
            .Where(link => link.CrossesClouds || link.Consumer.Component is not ContainerService)
            .Select(link => link.Consumer.Name)
            .Distinct()
            .ToList();
        if (others.Count == 0) return;
        checks.Lacks(
            Grpc,
            service,
            $"It speaks gRPC, and is called by {string.Join(", ", others)}: the balancer in front of it takes that by TLS only, which a "
            + "proxy beside a service speaks, and nothing does beside a job or elsewhere.",
            "Offer these callers HTTP");
    }

    private static void CheckForwards(ContainerService caller, IReadOnlyList<ContainerService> called, CloudChecks checks)
    {
        if (called.Count == 0) return;
        var guard = checks.Guard(caller, GrpcPorts);
        var own = caller.Args.MorePorts.Concat(new[] { caller.Args.Port, caller.Args.CheckedPort }.OfType<int>()).ToHashSet();
        guard.Require(
            !own.Contains(RelayPorts.Health),
            nameof(ContainerServiceArgs.Port),
            RelayPorts.Health,
            "ports other than that at which the proxy to gRPC services says that it works");
        foreach (var ports in called.GroupBy(service => RelayPorts.Of(checks.Settings, service.Name)))
        {
            if (ports.Count() == 1 && !own.Contains(ports.Key)) continue;
            var names = string.Join(", ", ports.Select(service => service.Name));
            guard.Refuse(
                $"infra:relayPorts of {names}",
                ports.Key,
                $"a port for each service that '{caller.Name}' calls by gRPC, other than its own",
                $"Set infra:relayPorts.{ports.Last().Name} to another one from {RelayPorts.First} to {RelayPorts.Last}");
        }
    }
}
