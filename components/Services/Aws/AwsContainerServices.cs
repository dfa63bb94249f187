using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Aws;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Services.Aws;

/// <summary>Services on AWS.</summary>
internal sealed class AwsContainerServices()
    : Provision<ContainerService, AwsContext>(ContainerServiceKind.Instance, new(Backing.Native, "Amazon ECS on Fargate"))
{
    // AWS documentation: an ECS service uses five target groups at most.
    private const int MostTargetGroups = 5;

    private static readonly Rule LoadBalancers = Rule.Error(
        "aws-service-load-balancers",
        "A service on AWS has routes of a few load balancers at most");

    // AWS documentation, AWS Fargate service quotas: on-demand vCPU of an account and region, raised on request.
    private const double GrantedVCpu = 6;

    private static readonly Rule Quota = Rule.Info("aws-fargate-quota", "Services need no more vCPU than AWS grants every account");

    private static readonly Rule Unchecked = Rule.Info("aws-service-health-check", "What a service says of its health check is heeded");
    private static readonly Gap HealthChecks = new(
        "health checks without egress",
        "Where no route leads to a service, a container beside it checks it, whose image comes from a public registry.")
    {
        Rule = Unchecked,
    };

    private static readonly Gap SlowChecks = new(
        "slow health checks",
        $"Without a route an answer may take {AwsTaskCheck.LongestTimeoutSeconds} s at most, and a start 5 minutes and 7 intervals.")
    {
        Rule = Unchecked,
    };

    private static readonly Gap GrpcChecks = new(
        "gRPC health checks without routes",
        "Of workers, and of services to which no route leads, it is looked whether they listen on the port.")
    {
        Rule = Unchecked,
    };

    private static readonly Gap RoutedChecks = new(
        "health checks of routed services by TCP or a command",
        "Load balancers ask by HTTP, or gRPC, and any answer but those of 500 and more will do; a command replaces replicas besides.")
    {
        Rule = Unchecked,
    };

    private static readonly Rule Stopping = Rule.Warning("aws-stop-seconds", "A service stops within the seconds that Fargate gives");
    private static readonly Gap StopTime = new("minutes to stop", $"{AwsTask.LongestStopSeconds} seconds to stop at most.")
    {
        Rule = Stopping,
    };

    private static readonly Rule Overlaps = Rule.Info("aws-at-most-one", "Of services of one replica the former has stopped in time");
    private static readonly Gap AtMostOne = new(
        "never two replicas",
        "A replica that was told to stop counts no more, so the next one may start while it finishes its work.")
    {
        Rule = Overlaps,
    };

    private static readonly Rule Sizes = Rule.Info("aws-volume", "Volumes are disks of the size that is asked for");
    private static readonly Gap Disks = new(
        "disks",
        "Volumes are directories of Amazon EFS, over the network and without a size: they grow with what is written, and are slower than "
        + "a disk. Files of databases do not belong there.")
    {
        Rule = Sizes,
    };

    private static readonly Rule SpeedRule = Rule.Info("aws-volume-speed", "Fast volumes are faster than others");
    private static readonly Gap Speed = new(
        "fast volumes",
        "All volumes are as fast as Amazon EFS is by itself, whose throughput grows with what is asked of it.")
    {
        Rule = SpeedRule,
    };

    // AWS documentation: Amazon EFS, automatic backups.
    private const int BackupDays = 35;

    private static readonly Rule Retention = Rule.Info("aws-volume-backup", "Backups of volumes are kept for the days that are asked for");
    private static readonly Gap Days = new("days of backups of volumes", "Backups of volumes are kept for 35 days.") { Rule = Retention };

    private static readonly Rule MembersRule = Rule.Error(
        "aws-members",
        "Sets of members stand where each has a name and a disk of its own");

    private static readonly Gap Members = new(
        "members by name",
        "No sets of members: tasks of Amazon ECS are all alike, disks that it attaches go with each of them, and what stays is a file "
        + "system over the network, on which search engines, brokers and stores with a quorum do not keep their files.")
    {
        Rule = MembersRule,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        StopTime,
        AtMostOne,
        Members,
        Disks,
        Speed,
        Days,
        HealthChecks,
        SlowChecks,
        GrpcChecks,
        RoutedChecks,
        ReadOnlyRoots.Gap,
        MountedDirectory.Gap,
        new("private names", "A service that nobody calls has no private name."),
        new("another port", "Callers inside the network find another port of a service only once they are replaced, too."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(AwsServiceTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(ContainerService component) => AwsContainer.Beside;

    /// <inheritdoc/>
    protected override void Check(ContainerService component, CloudChecks checks)
    {
        AwsContainerChecks.Check(component, checks);
        AwsGroupRules.CheckConsumers(component, checks);
        var balancers = checks.On<LoadBalancer>().Count(balancer => balancer.Args.Routes.Any(route => route.Service == component));
        var ports = checks.On<LoadBalancer>().Sum(balancer => balancer.Args.Listeners
            .Where(listener => listener.Service == component)
            .DistinctBy(listener => (listener.Target, listener.Transport))
            .Count());
        checks.Guard(component, LoadBalancers).Require(
            balancers + ports <= MostTargetGroups,
            "Routes",
            $"routes of {balancers} load balancers, and {ports} ports for listeners",
            $"{MostTargetGroups} of both together at most",
            "Merge load balancers, or lead listeners to the same port");

        CheckStopping(component, checks);
        if (component.Args.HasMembers) CheckMembers(component, checks);
        else CheckVolumes(component, checks);
        if (!component.Args.IsChecked) return;
        var check = component.Args.HealthCheck;
        if (balancers == 0 || check.Command.Count > 0) CheckHealth(component, checks);
        if (balancers > 0) CheckRouted(component, checks);
    }

    /// <inheritdoc/>
    protected override PlacedComponent? Begin(ContainerService component, AwsContext context) =>
        new AwsContainerService(component, context);

    /// <inheritdoc/>
    protected override PlacedComponent Build(ContainerService component, AwsContext context)
    {
        var routes = context.All<AwsLoadBalancer>().SelectMany(balancer => balancer.Routes).Where(route => route.Service == component);
        var service = context.Begun<AwsContainerService>(component);
        service.Complete(new(context.Get<AwsPrivateNetwork>(), context.Get<AwsRuntime>(), [.. routes]));
        return service;
    }

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        var most = checks.On<ContainerService>().Sum(service => VCpuOf(service.Args) * service.Args.Scaling.Highest);
        if (most <= GrantedVCpu) return;
        checks.Report(
            Quota,
            null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"All replicas of all services need {most} vCPU of AWS Fargate, and AWS grants {GrantedVCpu} to an account that has not "
                + $"asked for more. Raise the quota 'Fargate On-Demand vCPU resource count' of the region to {most} at least, and to twice "
                + $"as much where all of them are updated at once."));
    }

    private static double VCpuOf(ContainerServiceArgs args) =>
        (args.Tweak<AwsServiceTweak>()?.CpuUnits ?? FargateSize.Of(args.ReplicaCapacity).CpuUnits) / 1024.0;

    private static void CheckHealth(ContainerService component, CloudChecks checks)
    {
        var health = component.Args.HealthCheck;
        if (component.Args.CheckedPort is null)
        {
            CheckSlow(component, checks);
            return;
        }

        if (health.Protocol == HealthProtocol.Grpc)
        {
            checks.Lacks(
                GrpcChecks,
                component,
                "HealthCheck.Protocol is Grpc and no route leads here: nothing calls grpc.health.v1.Health; it is looked whether it "
                + "listens.",
                "Ask by a command of the image, such as grpc_health_probe");
        }

        CheckSlow(component, checks);
        if (AwsContainer.BusyBoxImage(component.Args, checks.Model.Find<PrivateNetwork>()?.Args.Egress ?? Egress.Shared) is null)
        {
            checks.Lacks(
                HealthChecks,
                component,
                "No route leads here and the network has no way out: nothing checks whether a replica is well.",
                "Copy an image with BusyBox and name it in AwsServiceTweak.BusyBoxImage, or add a route");
        }
    }

    private static void CheckStopping(ContainerService component, CloudChecks checks)
    {
        var seconds = component.Args.StopSeconds;
        if (seconds > AwsTask.LongestStopSeconds)
        {
            checks.Lacks(
                StopTime,
                component,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"StopSeconds is {seconds}; Fargate gives {AwsTask.LongestStopSeconds} seconds at most, and so it does here."),
                "Let work that takes longer bear being repeated");
        }

        if (!component.Args.Scaling.AtMostOne) return;
        checks.Lacks(
            AtMostOne,
            component,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Scaling.AtMostOne is true; ECS stops a replica first, and may start the next one within the StopSeconds of the former, "
                + $"which are {Math.Min(seconds, AwsTask.LongestStopSeconds)}."),
            "Lower StopSeconds, or take a lock in a store around work that must not be done twice");
    }

    private static void CheckMembers(ContainerService component, CloudChecks checks) => checks.Lacks(
        Members,
        component,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Scaling.Members is {component.Args.Scaling.Members}, and Amazon ECS has no tasks with names and disks that stay theirs."),
        "Take what AWS runs itself, such as a ManagedDatabase, a Cache or a MessageBroker, lead to one elsewhere by an External");

    private static void CheckVolumes(ContainerService component, CloudChecks checks)
    {
        var volumes = component.Args.Volumes;
        if (volumes.Count == 0) return;
        checks.Lacks(
            Disks,
            component,
            string.Create(
                CultureInfo.InvariantCulture,
                $"SizeGiB is {volumes.Sum(volume => volume.SizeGiB)} in all; Amazon EFS has no size: what is written is what is billed, "
                + $"and it is read over the network."),
            "Keep rows in a ManagedDatabase rather than in files");
        if (volumes.Any(volume => volume.Speed == VolumeSpeed.Fast))
        {
            checks.Lacks(
                Speed,
                component,
                "Speed of a volume is Fast; Amazon EFS answers as fast to all, in some milliseconds, and is no disk.",
                "Keep what must be faster in a ManagedDatabase or a Cache");
        }

        if (volumes.All(volume => volume.BackupDays is 0 or BackupDays)) return;
        checks.Lacks(
            Days,
            component,
            string.Create(
                CultureInfo.InvariantCulture,
                $"BackupDays is {string.Join(", ", volumes.Select(volume => volume.BackupDays))}; AWS backs up all volumes of a service, "
                + $"every day, and keeps that for {BackupDays} days."),
            $"Set BackupDays to 0 or {BackupDays} for all of them");
    }

    private static void CheckRouted(ContainerService component, CloudChecks checks)
    {
        var health = component.Args.HealthCheck;
        if (health.Protocol == HealthProtocol.Grpc || health is { Protocol: HealthProtocol.Http, Command.Count: 0 }) return;
        checks.Lacks(
            RoutedChecks,
            component,
            $"HealthCheck asks {(health.Command.Count > 0 ? "by a command" : "by TCP")}; load balancers "
            + (component.Args.Spoken == ServiceProtocol.Grpc
                ? "ask by gRPC, and take any answer."
                : $"ask for HealthCheck.Path, which is {health.Path}, by HTTP, and take any answer below 500."),
            "Answer by HTTP or gRPC");
    }

    private static void CheckSlow(ContainerService component, CloudChecks checks)
    {
        var health = component.Args.HealthCheck;
        var longest = AwsTaskCheck.LongestGraceSeconds(health.IntervalSeconds);
        if (health.TimeoutSeconds <= AwsTaskCheck.LongestTimeoutSeconds && health.GraceSeconds <= longest) return;
        checks.Lacks(
            SlowChecks,
            component,
            $"HealthCheck.TimeoutSeconds is {health.TimeoutSeconds} and HealthCheck.GraceSeconds {health.GraceSeconds}; where ECS asks, "
            + $"{AwsTaskCheck.LongestTimeoutSeconds} and {longest} at most are heeded.",
            "Lower them, or add a route");
    }
}
