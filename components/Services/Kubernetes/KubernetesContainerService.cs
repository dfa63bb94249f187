using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Autoscaling.V2;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Autoscaling.V2;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Core = Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Deployment = Pulumi.Kubernetes.Apps.V1.Deployment;

namespace Infra.Components.Services.Kubernetes;

/// <summary>
/// A deployment that is scaled on processor use, or a stateful set where it has members, with a service in front when it listens. The
/// number of replicas of a deployment is the autoscaler's alone, also where it is fixed: whoever else had set it once would drop the
/// deployment to a single replica when it stops doing so, and would be refused when it starts to (Kubernetes documentation: server-side
/// apply, transferring ownership).
/// </summary>
internal sealed class KubernetesContainerService : PlacedComponent, IContainerService
{
    // A quarter more pods than replicas at a time, so that all are new after four rounds at most.
    private const int Rounds = 4;

    private readonly KubernetesGrantee _grantee;

    /// <summary>Begins the service: its links are followed.</summary>
    /// <param name="service">The declared service, its arguments resolved.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesContainerService(ContainerService service, KubernetesContext context)
        : base(context.PlaceInCluster(service))
    {
        _grantee = new KubernetesGrantee(Name, context, Tags, dependsOn => Child(dependsOn: dependsOn))
        {
            Members = context.Running.HostsOf(Name, service.Args.Scaling.Members ?? 0),
        };
        context.Connect(service, _grantee);
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Host { get; private set; } = null!;

    /// <inheritdoc/>
    [Output]
    public Output<string> Url { get; private set; } = null!;

    /// <summary>Creates what was begun.</summary>
    /// <param name="service">The declared service, its arguments resolved.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public void Complete(ContainerService service, KubernetesContext context)
    {
        var (name, args, cluster, tags) = (Name, service.Args, context.Running, Tags);
        var pod = ContainerPod.Of(service, _grantee, context);
        if (context.IsIdle(service) && !args.HasMembers) pod = pod.Asleep(context.Cloud);
        if (args.Scaling.Members is { } members) Join(service, members, pod, context);
        else Replicate(service, pod, context);
        if (args.Scaling.Minimum > 1) pod.Budget($"{name}-budget", Child());
        if (args.IsHttp) Listen(name, args, cluster, tags);
        if (args.HasMembers || (args.IsHttp && context.LinksTo(service).Any()))
        {
            InputUnion<int, string>[] ports = [KubernetesServiceTarget.PodPortName, .. args.MorePorts];
            _ = NetworkAccess.Open(name, cluster, tags, ClusterContext.Selector(name), ports);
        }

        Host = Output.Create(args.IsHttp ? cluster.Host(name) : "");
        Url = Output.Create(args.IsHttp ? $"http://{cluster.Host(name)}:{KubernetesServiceTarget.EntryPort}" : "");
        RegisterOutputs();
    }

    // Replicas that nobody tells apart.
    private void Replicate(ContainerService service, ContainerPod pod, KubernetesContext context)
    {
        var (name, args, cluster, tags) = (Name, service.Args, context.Running, Tags);
        var (volumes, claims) = PodVolume.Of(service, cluster, tags, Child);
        if (!pod.IsAsleep) pod = pod with { Volumes = volumes };

        // A round that makes no progress for so long fails the update.
        var round = RoundOf(args) + (args.Scaling.AtMostOne ? args.StopSeconds : 0);
        var spec = new DeploymentSpecArgs
        {
            // At first only; from then on the number is the autoscaler's.
            Replicas = args.Scaling.Minimum,
            RevisionHistoryLimit = 5,
            ProgressDeadlineSeconds = round,
            Selector = NetworkAccess.Select(ClusterContext.Selector(name)),
            // The one way in which the former pods are gone before the next ones start.
            Strategy = args.Scaling.AtMostOne
                ? new DeploymentStrategyArgs { Type = "Recreate" }
                : new DeploymentStrategyArgs
                {
                    Type = "RollingUpdate",
                    RollingUpdate = new RollingUpdateDeploymentArgs { MaxUnavailable = 0, MaxSurge = "25%" },
                },
            Template = TemplateOf(pod, args),
        };

        var deployment = new Deployment(
            name,
            new DeploymentArgs { Metadata = cluster.Metadata(name, tags), Spec = spec },
            Child(ignoreChanges: ["spec.replicas"], dependsOn: [.. _grantee.Grants, .. context.RunsBefore(service)])
                .Within(TimeSpan.FromSeconds(Rounds * round)));

        var autoscaler = Scale(name, args.Scaling, pod.IsAsleep, deployment, cluster, tags);
        if (args.Scaling.Schedules.Count > 0)
            KubernetesScalingSchedules.Create(name, args.Scaling, autoscaler, cluster, tags, dependsOn => Child(dependsOn: dependsOn));
        VolumeSnapshots.Create(name, claims, cluster, tags, dependsOn => Child(dependsOn: dependsOn));
    }

    // A set of members by name, which use each other as callers use them.
    private void Join(ContainerService service, int members, ContainerPod pod, KubernetesContext context)
    {
        var (name, args, cluster, tags) = (Name, service.Args, context.Running, Tags);
        var (volumes, claims) = PodVolume.OfMembers(service, members, cluster, tags, Child);
        pod = pod with { Volumes = volumes, Uses = pod.Uses.Concat(NetworkAccess.UserOf(name)).ToDictionary() };
        var names = KubernetesMembers.Name(service, cluster, tags, Child(deleteBeforeReplace: true));
        var options = Child(deleteBeforeReplace: true, dependsOn:
        [
            names, .. claims.Select(claim => claim.Claim), .. _grantee.Grants, .. context.RunsBefore(service),
        ]);
        _ = KubernetesMembers.Create(
            service,
            context.IsIdle(service) ? 0 : members,
            TemplateOf(pod, args),
            volumes,
            cluster,
            tags,
            options.Within(TimeSpan.FromSeconds(members * (RoundOf(args) + args.StopSeconds))));
        VolumeSnapshots.Create(name, claims, cluster, tags, dependsOn => Child(dependsOn: dependsOn));
    }

    private static int RoundOf(ContainerServiceArgs args) => Math.Max(600, args.HealthCheck.GraceSeconds * 2);

    private static PodTemplateSpecArgs TemplateOf(ContainerPod pod, ContainerServiceArgs args)
    {
        var container = pod.Container();
        if (args.Port is { } port)
            container.Ports.Add(new ContainerPortArgs { Name = KubernetesServiceTarget.PodPortName, ContainerPortValue = port });
        if (args.IsChecked && !pod.IsAsleep) Probe(container, args);
        var replica = pod.Around(container);
        pod.KeepServing(container, replica, args.StopSeconds);
        return pod.Template(replica, movable: true);
    }

    private static void Probe(Core.ContainerArgs container, ContainerServiceArgs args)
    {
        var probes = new PodProbes(args.HealthCheck, args.CheckedPort ?? args.Port);
        container.StartupProbe = probes.Start;
        if (!args.IsHttp)
        {
            container.LivenessProbe = probes.Asking();
            return;
        }

        // A member has started before it is ready, which may take the others.
        var own = new PodProbes(args.HealthCheck, args.Port);
        if (args.HasMembers) container.StartupProbe = own.Started;

        // Alive is less than ready: restarting a replica because a store is down makes an outage longer.
        (container.ReadinessProbe, container.LivenessProbe) = (probes.Asking(), own.Listening(6));
    }

    private HorizontalPodAutoscaler Scale(
        string name,
        Scaling scaling,
        bool isAsleep,
        Deployment deployment,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags)
    {
        var (minimum, maximum) = isAsleep ? (1, 1) : scaling.BoundsOn(cluster.Settings.Today);
        var metadata = cluster.Metadata(name, tags);

        // What schedules changed since belongs to them: an update takes it back.
        if (scaling.Schedules.Count > 0) metadata.Annotations.Add("pulumi.com/patchForce", "true");
        return new HorizontalPodAutoscaler($"{name}-scaling", new HorizontalPodAutoscalerArgs
        {
            Metadata = metadata,
            Spec = new HorizontalPodAutoscalerSpecArgs
            {
                ScaleTargetRef = new CrossVersionObjectReferenceArgs
                {
                    ApiVersion = "apps/v1",
                    Kind = "Deployment",
                    Name = deployment.Metadata.Apply(metadata => metadata.Name),
                },
                MinReplicas = minimum,
                MaxReplicas = maximum,
                Metrics =
                {
                    new MetricSpecArgs
                    {
                        Type = "Resource",
                        Resource = new ResourceMetricSourceArgs
                        {
                            Name = "cpu",
                            Target = new MetricTargetArgs { Type = "Utilization", AverageUtilization = scaling.CpuPercent },
                        },
                    },
                },
                Behavior = new HorizontalPodAutoscalerBehaviorArgs
                {
                    ScaleUp = new HPAScalingRulesArgs
                    {
                        StabilizationWindowSeconds = 0,
                        SelectPolicy = "Max",
                        Policies =
                        {
                            new HPAScalingPolicyArgs { Type = "Percent", Value = 100, PeriodSeconds = 60 },
                            new HPAScalingPolicyArgs { Type = "Pods", Value = 4, PeriodSeconds = 60 },
                        },
                    },
                    ScaleDown = new HPAScalingRulesArgs
                    {
                        StabilizationWindowSeconds = 300,
                        Policies = { new HPAScalingPolicyArgs { Type = "Pods", Value = 1, PeriodSeconds = 60 } },
                    },
                },
            },
        }, Child());
    }

    private void Listen(string name, ContainerServiceArgs args, ClusterContext cluster, IReadOnlyDictionary<string, string> tags)
    {
        var entry = new ServicePortArgs
        {
            Name = "http",
            Port = KubernetesServiceTarget.EntryPort,
            TargetPort = KubernetesServiceTarget.PodPortName,
        };

        // Gateways would speak HTTP/1.1 to it (Kubernetes documentation: Services, application protocol).
        if (args.Spoken != ServiceProtocol.Http) entry.AppProtocol = "kubernetes.io/h2c";
        var selector = new InputMap<string>();
        foreach (var (key, value) in ClusterContext.Selector(name)) selector.Add(key, value);
        _ = new Service($"{name}-service", new ServiceArgs
        {
            Metadata = cluster.Named(name, name, tags),
            Spec = new ServiceSpecArgs
            {
                Type = "ClusterIP",
                Selector = selector,
                Ports = args.MorePorts.Select(PortOf).Prepend(entry).ToList(),
            },
        }, Child(deleteBeforeReplace: true));
    }

    private static ServicePortArgs PortOf(int port) =>
        new() { Name = string.Create(CultureInfo.InvariantCulture, $"port-{port}"), Port = port, TargetPort = port };
}
