using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Certificates.Aws;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Identities.Aws;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Systems;

namespace Infra.Components.LoadBalancers.Aws;

/// <summary>Load balancers on AWS.</summary>
internal sealed partial class AwsLoadBalancers()
    : Provision<LoadBalancer, AwsContext>(LoadBalancerKind.Instance, new(Backing.Native, "AWS Application Load Balancer")), IGivesAddresses
{
    // AWS documentation, Elastic Load Balancing: a path pattern has 128 characters at most, of which ours adds two; so has a host.
    private const int LongestPath = 126;
    private const int LongestHost = 128;

    // AWS documentation, Elastic Load Balancing: the default quota of rules, which routes, redirects and answers of 404 share.
    private const int MostRules = 100;

    private static readonly Rule Arguments = Rule.Error(
        "aws-load-balancer-arguments",
        "AWS Application Load Balancers accept the load balancer's arguments");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        new("fixed address", "Its address is a host name."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(AwsLoadBalancerTweak)];

    /// <inheritdoc/>
    public AddressKind AddressKindOf(LoadBalancer balancer) => AddressKind.HostName;

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(LoadBalancer component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(LoadBalancer component, CloudChecks checks)
    {
        AwsNames.Check(component, checks, "internal-");
        var guard = checks.Guard(component, Arguments);
        var tweak = component.Args.Tweak<AwsLoadBalancerTweak>() ?? new();
        guard.Matches(
            "AwsLoadBalancerTweak.TlsPolicy",
            tweak.TlsPolicy,
            TlsPolicy(),
            "the name of a policy such as ELBSecurityPolicy-TLS13-1-2-2021-06");
        if (tweak.AccessLogDays is { } days) guard.InRange("AwsLoadBalancerTweak.AccessLogDays", days, 0, 3650, "days");
        foreach (var route in component.Args.FullRoutes)
        {
            guard.Require(
                RulePriorities.Depth(route.Path) <= RulePriorities.DeepestPath,
                "Routes.Path",
                route.Path,
                $"paths of {RulePriorities.DeepestPath} segments at most");
            guard.Require(
                route.Path.Length <= LongestPath,
                "Routes.Path",
                $"{route.Path.Length} characters",
                $"{LongestPath} characters at most");
            CheckHost("Routes.Host", route.Host);
        }

        var rules = component.Args.Routes.Count + component.Args.Redirects.Count + component.Args.PartialHosts.Count();
        guard.Require(
            rules <= MostRules || !component.Args.PartialHosts.Any(),
            nameof(LoadBalancerArgs.Routes),
            string.Create(CultureInfo.InvariantCulture, $"{rules} rules with those that keep hosts from a wildcard's routes"),
            string.Create(CultureInfo.InvariantCulture, $"{MostRules} rules at most"),
            "Route every path of a host, or merge routes");
        foreach (var redirect in component.Args.FullRedirects)
        {
            CheckHost("Redirects.Host", redirect.Host);
            CheckHost("Redirects.To", redirect.To);
        }

        AwsGroupRules.Check(component, component.Args.Routes.Select(route => route.Service).Distinct().Count(), "services", checks);

        void CheckHost(string argument, string host) => guard.Require(
            host.Length <= LongestHost,
            argument,
            $"{host.Length} characters",
            $"{LongestHost} characters at most");
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(LoadBalancer component, AwsContext context) => new AwsLoadBalancer(
        component,
        context.Get<AwsPrivateNetwork>(),
        context.Of<AwsCertificate>(component.Args.Certificate),
        context.Of<AwsServiceIdentity>,
        context);

    [GeneratedRegex(@"^ELBSecurityPolicy-[A-Za-z0-9-]+\z")]
    private static partial Regex TlsPolicy();
}
