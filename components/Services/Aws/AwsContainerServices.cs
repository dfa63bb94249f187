using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Identities.Aws;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Registries.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Services.Aws;

/// <summary>Services on AWS.</summary>
internal sealed class AwsContainerServices()
    : Provision<ContainerService, AwsContext>(ContainerServiceKind.Instance, new(Backing.Native, "Amazon ECS on Fargate"))
{
    // AWS documentation: an ECS service uses five target groups at most.
    private const int MostLoadBalancers = 5;

    private static readonly Rule LoadBalancers = Rule.Error(
        "aws-service-load-balancers",
        "A service on AWS has routes of a few load balancers at most");

    private static readonly Rule Unchecked = Rule.Info("aws-service-health-check", "What a service says of its health check is heeded");
    private static readonly Gap HealthChecks = new(
        "health checks inside the network",
        "Only load balancers check health: a replica without a route is replaced when its container ends.") { Rule = Unchecked };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [HealthChecks, ReadOnlyRoots.Gap];

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
        checks.Guard(component, LoadBalancers).Require(
            balancers <= MostLoadBalancers,
            "Routes",
            $"routes of {balancers} load balancers",
            $"routes of {MostLoadBalancers} load balancers at most",
            "Merge load balancers");

        // How long a replica may take to start is heeded without a route too.
        var usual = new HealthCheck { GraceSeconds = component.Args.HealthCheck.GraceSeconds };
        if (component.Args.IsHttp && balancers == 0 && component.Args.HealthCheck != usual)
        {
            checks.Lacks(
                HealthChecks,
                component,
                "HealthCheck is set, and on AWS only load balancers check health: no route leads here.",
                "Leave HealthCheck out, or add a route");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(ContainerService component, AwsContext context)
    {
        var routes =
            from balancer in context.All<AwsLoadBalancer>()
            from route in balancer.Routes
            where route.Key == component
            select route.Value;
        var identity = context.Of<AwsServiceIdentity>(component);
        return new AwsContainerService(
            component,
            new(context.Get<AwsPrivateNetwork>(), context.Get<AwsRuntime>(), identity, AwsImage.Of(component, context), [.. routes]),
            context);
    }
}
