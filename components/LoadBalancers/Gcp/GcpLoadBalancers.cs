using Infra.Components.Certificates.Gcp;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.LoadBalancers.Gcp;

/// <summary>Load balancers on Google Cloud.</summary>
internal sealed class GcpLoadBalancers()
    : Provision<LoadBalancer, GcpContext>(LoadBalancerKind.Instance, new(Backing.Native, "Cloud Load Balancing")),
        IUsesApis,
        IGivesAddresses
{
    private static readonly Rule Values = Rule.Error(
        "gcp-load-balancer-arguments",
        "Cloud Load Balancing accepts the load balancer's arguments");

    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["compute"];

    /// <inheritdoc/>
    public AddressKind AddressKindOf(LoadBalancer balancer) => AddressKind.Ip;

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(LoadBalancer component) => [RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(LoadBalancer component, CloudChecks checks) => checks.Guard(component, Values).InRange(
        nameof(LoadBalancerArgs.IdleTimeoutSeconds),
        component.Args.IdleTimeoutSeconds,
        GcpLoadBalancer.ShortestIdleSeconds,
        GcpLoadBalancer.LongestIdleSeconds,
        "seconds");

    /// <inheritdoc/>
    protected override PlacedComponent Build(LoadBalancer component, GcpContext context) =>
        new GcpLoadBalancer(component, context.Of<GcpCertificate>(component.Args.Certificate), context.Get<GcpRuntime>(), context);
}
