using System.Globalization;
using Infra.Components.Clouds.Aws;
using Infra.Components.LoadBalancers.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;
using Pulumi;
using AppAutoScaling = Pulumi.Aws.AppAutoScaling;
using DiscoveryInputs = Pulumi.Aws.ServiceDiscovery.Inputs;
using Ecs = Pulumi.Aws.Ecs;
using EcsInputs = Pulumi.Aws.Ecs.Inputs;
using Metric = Pulumi.Aws.AppAutoScaling.Inputs.PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs;
using ScalingInputs = Pulumi.Aws.AppAutoScaling.Inputs;
using ServiceDiscovery = Pulumi.Aws.ServiceDiscovery;

namespace Infra.Components.Services.Aws;

/// <summary>Where a service on AWS stands, and what it needs of others.</summary>
/// <param name="Network">The network.</param>
/// <param name="Runtime">The cluster.</param>
/// <param name="Routes">The load balancers' routes to it.</param>
internal sealed record AwsServiceSite(
    AwsPrivateNetwork Network,
    AwsRuntime Runtime,
    IReadOnlyList<AwsRoute> Routes);

/// <summary>
/// A service of Amazon ECS on Fargate. A new revision replaces the old one replica by replica, and is taken back when it does not get well.
/// </summary>
internal sealed class AwsContainerService(ContainerService service, AwsContext context)
    : AwsConsumer<ContainerService>(service, context), IContainerService
{
    // How long the provider waits for a steady state by itself.
    private const int ProviderMinutes = 20;

    // Nobody's name is asked for where nobody calls.
    private readonly bool _isCalled = service.Args.IsHttp && context.LinksTo(service).Any();

    /// <inheritdoc/>
    [Output]
    public Output<string> Host { get; private set; } = null!;

    /// <inheritdoc/>
    [Output]
    public Output<string> Url { get; private set; } = null!;

    /// <summary>Builds what was begun.</summary>
    public void Complete(AwsServiceSite site)
    {
        var args = Declared.Args;
        var family = $"{Context.Stack}_{Name}";
        var volumes = AwsVolumes.Of(args, Grantee, Identity, site.Network);
        var definition = AwsContainer.Create(
            Grantee, Identity, Declared, family, PortsOf(args, site), args.StopSeconds, CheckFor(site), volumes);

        var arguments = new Ecs.ServiceArgs
        {
            Cluster = site.Runtime.Cluster.Arn,
            TaskDefinition = definition.Arn,
            DesiredCount = StartsWithNone ? 0 : args.Scaling.Minimum,
            // Named, although it is the default: the provider tells a deployment that was rolled back from one that got well only then.
            DeploymentController = new EcsInputs.ServiceDeploymentControllerArgs { Type = "ECS" },
            // Starting with a strategy, and forcing deployments, lets the strategy change later without replacing the service.
            CapacityProviderStrategies = Capacity(args),
            ForceNewDeployment = true,
            DeploymentCircuitBreaker = new EcsInputs.ServiceDeploymentCircuitBreakerArgs { Enable = true, Rollback = true },
            DeploymentMinimumHealthyPercent = args.Scaling.AtMostOne ? 0 : 100,
            DeploymentMaximumPercent = args.Scaling.AtMostOne ? 100 : 200,
            // It starts a replica elsewhere before it stops one.
            AvailabilityZoneRebalancing = args.Scaling.AtMostOne ? "DISABLED" : "ENABLED",
            EnableEcsManagedTags = true,
            PropagateTags = "SERVICE",
            WaitForSteadyState = true,
            NetworkConfiguration = new EcsInputs.ServiceNetworkConfigurationArgs
            {
                Subnets = site.Network.PrivateSubnets,
                SecurityGroups = [Identity.Group.Id],
                AssignPublicIp = false,
            },
            Tags = Tags.AsInput(),
        };
        foreach (var (secret, version) in Grantee.SecretVersions) arguments.Triggers.Add(secret, version);
        if (site.Routes.Count > 0) arguments.HealthCheckGracePeriodSeconds = args.HealthCheck.GraceSeconds;
        foreach (var route in site.Routes)
        {
            arguments.LoadBalancers.Add(new EcsInputs.ServiceLoadBalancerArgs
            {
                TargetGroupArn = route.TargetGroup.Arn,
                ContainerName = Name,
                ContainerPort = route.Port,
            });
        }

        if (_isCalled)
            arguments.ServiceRegistries = new EcsInputs.ServiceServiceRegistriesArgs { RegistryArn = PrivateName(site.Runtime).Arn };
        var options = Child(
            ignoreChanges: args.Scaling.IsAutomatic ? ["desiredCount"] : null,
            dependsOn:
            [
                site.Runtime.Capacity,
                .. site.Network.Ready,
                .. Grantee.Grants,
                .. site.Routes.SelectMany(route => route.Leads),
                .. Context.RunsBefore(Declared),
            ]);
        // What replicas may take to start comes on top of what the provider would wait for them.
        var patience = TimeSpan.FromMinutes(ProviderMinutes) + TimeSpan.FromSeconds(args.IsChecked ? args.HealthCheck.GraceSeconds : 0);
        options.CustomTimeouts = new CustomTimeouts { Create = patience, Update = patience };
        var created = new Ecs.Service(Name, arguments, options);
        if (args.Scaling.IsAutomatic) Scale(args.Scaling, site.Runtime.Cluster, created);

        Host = Output.Create(_isCalled ? AwsRuntime.HostOf(Name, Context) : "");
        Url = Output.Create(_isCalled ? $"http://{AwsRuntime.HostOf(Name, Context)}:{args.Port}" : "");
        RegisterOutputs();
    }

    private static IReadOnlyList<(int Port, string Transport)> PortsOf(ContainerServiceArgs args, AwsServiceSite site) =>
    [
        .. (args.Port is { } port ? [(port, "tcp")] : Enumerable.Empty<(int, string)>())
            .Concat(args.MorePorts.Select(more => (more, "tcp")))
            .Concat(site.Routes.Select(route => (route.Port, route.Transport)))
            .Distinct(),
    ];

    private AwsTaskCheck? CheckFor(AwsServiceSite site)
    {
        var (args, health) = (Declared.Args, Declared.Args.HealthCheck);
        var asked = site.Routes.Any(route => route.IsHttp) ? null : args.CheckedPort;
        return AwsTaskCheck.Of(health, asked, AwsContainer.BusyBoxImage(args, site.Network.Egress));
    }

    private static InputList<EcsInputs.ServiceCapacityProviderStrategyArgs> Capacity(ContainerServiceArgs args) =>
        args.Tweak<AwsServiceTweak>() is { Spot: true }
        ?
        [
            new EcsInputs.ServiceCapacityProviderStrategyArgs { CapacityProvider = "FARGATE", Base = 1, Weight = 0 },
            new EcsInputs.ServiceCapacityProviderStrategyArgs { CapacityProvider = "FARGATE_SPOT", Weight = 1 },
        ]
        : [new EcsInputs.ServiceCapacityProviderStrategyArgs { CapacityProvider = "FARGATE", Weight = 1 }];

    private ServiceDiscovery.Service PrivateName(AwsRuntime runtime) => new(
        Name,
        new()
        {
            Name = Name,
            DnsConfig = new DiscoveryInputs.ServiceDnsConfigArgs
            {
                NamespaceId = runtime.Namespace!.Id,
                DnsRecords = [new DiscoveryInputs.ServiceDnsConfigDnsRecordArgs { Type = "A", Ttl = 10 }],
                RoutingPolicy = "MULTIVALUE",
            },
            HealthCheckCustomConfig = ReportedByEcs(),
            ForceDestroy = true,
            Tags = Tags.AsInput(),
        },
        Child(deleteBeforeReplace: true));

    // AWS takes no other threshold, which is why it counts as obsolete; but an empty object does not reach AWS, and without one ECS has
    // nowhere to report how its tasks are, and stops them.
    private static DiscoveryInputs.ServiceHealthCheckCustomConfigArgs ReportedByEcs() =>
#pragma warning disable CS0618
        new() { FailureThreshold = 1 };
#pragma warning restore CS0618

    // What scales is made once with a number, and has it by its bounds from then on.
    private bool StartsWithNone => Context.IsIdle(Declared)
        && (!Declared.Args.Scaling.IsAutomatic || Context.StandingOf(Declared) is { State: StandingState.Beside, IsLeft: false });

    private void Scale(Scaling scaling, Ecs.Cluster cluster, Ecs.Service service)
    {
        // Whenever bounds are set, AWS moves the number of replicas between them, also up from none (Application Auto Scaling API:
        // RegisterScalableTarget), while the number that the service was made with is ignored from then on.
        var idle = Context.IsIdle(Declared);
        var (minimum, maximum) = idle ? (0, 0) : scaling.BoundsOn(Context.Blueprint.Settings.Today);
        var arguments = new AppAutoScaling.TargetArgs
        {
            ServiceNamespace = "ecs",
            ScalableDimension = "ecs:service:DesiredCount",
            ResourceId = Output.Format($"service/{cluster.Name}/{service.Name}"),
            MinCapacity = minimum,
            MaxCapacity = maximum,
            Tags = Tags.AsInput(),
        };
        if (scaling.Schedules.Count > 0)
            arguments.SuspendedState = new ScalingInputs.TargetSuspendedStateArgs { ScheduledScalingSuspended = idle };
        var target = new AppAutoScaling.Target(Name, arguments, Child());
        Resource last = new AppAutoScaling.Policy(
            Name,
            new()
            {
                ServiceNamespace = target.ServiceNamespace,
                ScalableDimension = target.ScalableDimension,
                ResourceId = target.ResourceId,
                PolicyType = "TargetTrackingScaling",
                TargetTrackingScalingPolicyConfiguration = new ScalingInputs.PolicyTargetTrackingScalingPolicyConfigurationArgs
                {
                    TargetValue = scaling.CpuPercent,
                    ScaleInCooldown = 300,
                    ScaleOutCooldown = 60,
                    PredefinedMetricSpecification = new Metric { PredefinedMetricType = "ECSServiceAverageCPUUtilization" },
                },
            },
            Child());

        // One after the other: AWS refuses a change of a service's scaling while another one is on its way.
        foreach (var (schedule, index) in scaling.Schedules.Select((schedule, index) => (schedule, index + 1)))
        {
            last = At(schedule.From, "from", scaling.BoundsOf(schedule));
            last = At(schedule.Until, "until", (scaling.Minimum, scaling.Maximum));

            AppAutoScaling.ScheduledAction At(string time, string word, (int Minimum, int Maximum) bounds) => new(
                string.Create(CultureInfo.InvariantCulture, $"{Name}-{word}-{index}"),
                new()
                {
                    ServiceNamespace = target.ServiceNamespace,
                    ScalableDimension = target.ScalableDimension,
                    ResourceId = target.ResourceId,
                    Schedule = AwsCron.Expression(Cron.Read(time)!),
                    Timezone = schedule.TimeZone,
                    ScalableTargetAction = new ScalingInputs.ScheduledActionScalableTargetActionArgs
                    {
                        MinCapacity = bounds.Minimum,
                        MaxCapacity = bounds.Maximum,
                    },
                },
                Child(dependsOn: [last]));
        }
    }
}
