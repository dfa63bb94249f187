using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.LoadBalancers;

/// <summary>Where traffic from outside enters.</summary>
public sealed class LoadBalancerKind : ComponentKind
{
    private static readonly Rule Encrypted = new(
        "load-balancer-plain",
        "Load balancers speak HTTPS",
        Severity.Error,
        Severity.Warning,
        Severity.Warning,
        CanBeWaived: false);

    private static readonly Rule Found = Rule.Error("load-balancer-host", "Who asks where a load balancer is found can be told");

    private LoadBalancerKind()
        : base("LoadBalancer", BuildStage.Edge)
    {
    }

    /// <summary>The kind.</summary>
    public static LoadBalancerKind Instance { get; } = new();

    /// <inheritdoc/>
    public override string? Lasts => "its address, which DNS records of others may point at";

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionKey> ConnectionKeys { get; } =
    [
        new("HOST", "The name at which clients find the consumer: the exact host of its own first route or, without one, of the first "
            + "route of all; in a stack without a domain, the name or address that the cloud gives the load balancer."),
        new("SCHEME", "`https`; `http` in a stack without a domain, where browsers keep no cookie that is marked Secure.")
        {
            Words = ["https", "http"],
        },
        new("URL", "Both in one url, without a path and a final slash."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Intent> IntentsOn(Component component) => [Intent.Connect];

    /// <inheritdoc/>
    public override Reach ReachOf(Component component) => Reach.Carried;

    /// <inheritdoc/>
    public override void Check(Model model, Findings findings)
    {
        foreach (var balancer in model.Components.OfType<LoadBalancer>())
        {
            if (!balancer.Stands || balancer.Args.HasName) continue;
            findings.Report(
                Encrypted,
                balancer.Name,
                $"'{balancer.Args.Certificate.Args.Zone.Name}' has no domain, so that it is found by the name or address that its cloud "
                + "gives it, and speaks plain HTTP: what is sent can be read and changed on the way, passwords among it, and browsers keep "
                + "no cookie that is marked Secure; allowed in production: a domain. Set infra:domain in the stack's file, or show nothing "
                + "there that matters.");
        }

        foreach (var link in model.Links)
        {
            if (link.Target is not LoadBalancer target || !IsLost(target, link.Consumer)) continue;
            findings.Report(
                Found,
                link.Consumer.Name,
                $"It is linked to '{target.Name}', which has no route with an exact host; allowed: a load balancer that has one, such as "
                + "www or @. Add such a route, or remove the link.");
        }
    }

    private static bool IsLost(LoadBalancer balancer, Component consumer) =>
        balancer.Args.HasName ? balancer.Args.HostFor(consumer) is null : balancer.Args.Routes.Count == 0;
}
