using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.LoadBalancers;

namespace Infra.Components.ContentDelivery.Scaleway;

/// <summary>Content delivery networks on Scaleway.</summary>
internal sealed class ScalewayCdns()
    : CdnProvision<ScalewayContext, KubernetesGrantee>(new(Backing.Native, ScalewayEdgePlan.Product))
{
    // Scaleway documentation, Edge Services: managed certificates are those of Let's Encrypt.
    private static readonly string[] Authorities = ["letsencrypt.org"];

    private static readonly Rule Names = Rule.Error("scaleway-cdn-host", "Let's Encrypt can issue a certificate for its host");
    private static readonly Rule Website = Rule.Error(
        "scaleway-cdn-bucket",
        "A bucket has one content delivery network, as it has one website");


    private static readonly Gap Balancers = new(
        "load balancers as origin",
        "In front of buckets only: Edge Services knows load balancers that Scaleway's API made, and a cluster makes its own.")
    {
        Rule = Rule.Error("scaleway-cdn-origin", "Edge Services stand in front of buckets"),
    };

    private static readonly Gap Status = new("status 200 at paths that have none", "FallbackDocument is shown with status 404.")
    {
        Rule = Rule.Notable("scaleway-cdn-fallback", "The document at paths that have none is shown with status 200"),
    };

    private static readonly Gap Private = new(
        "a bucket that is read by it alone",
        "The bucket's website is switched on, by which its objects are read past the network, too.")
    {
        Rule = Rule.Info("scaleway-cdn-website", "A bucket is read by its content delivery network alone"),
    };

    private static readonly Gap Documents = new(
        "no document where none is asked for",
        "Without a DefaultDocument, index.html is shown, and any of them in folders, too.");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        Balancers,
        Status,
        Private,
        Documents,
        new("certificate with the first update", "Its certificate is issued some minutes after a record leads to it."),
        new("TLS 1.2 and redirects", "Nothing says which TLS it speaks at least, and whether it redirects plain HTTP."),
        new("headers of security", "It adds none, and compresses nothing."),
        new("cross-origin reads", "Nothing says that it tells the answers apart that a bucket gives pages of other origins."),
        new("tags", "Pipelines have no tags."),
    ];

    /// <inheritdoc/>
    protected override AddressKind OwnAddressKind => AddressKind.HostName;

    /// <inheritdoc/>
    protected override void CheckOwn(Cdn component, CloudChecks checks)
    {
        var args = component.Args;
        IssuancePolicy.Check(checks.Guard(component, Names), nameof(CdnArgs.Host), args.NamesToProve, checks.Model, Authorities);
        if (args.Origin.Bucket is not { } bucket)
        {
            checks.Lacks(
                Balancers,
                component,
                $"Origin is the load balancer '{args.Origin.Component.Name}', which Edge Services cannot be pointed at; allowed: a bucket.",
                $"Set infra:components.{component.Name}.supplier in the stack's file");
            return;
        }

        var others = checks.On<Cdn>().TakeWhile(other => other != component).Where(other => !other.Args.IsSupplied);
        if (others.FirstOrDefault(other => other.Args.Origin.Bucket == bucket) is { } first)
        {
            checks.Report(
                Website,
                component,
                $"Origin is the bucket '{bucket.Name}', as that of '{first.Name}' is; allowed on Scaleway: one content delivery network "
                + "for a bucket, whose website it is. Give it a bucket of its own.");
        }

        checks.Report(
            Private.Rule!,
            component,
            $"It reads '{bucket.Name}' by its website, which Scaleway shows under a name of its own, too: what lies in it is for "
            + "everyone in any case. Keep what is not in another bucket.");
        if (args.FallbackDocument.Length > 0)
        {
            checks.Lacks(
                Status,
                component,
                $"FallbackDocument is '{args.FallbackDocument}', and is shown with status 404: browsers show it, and search engines "
                + "leave it out.",
                "Leave it out, and keep paths behind # in the browser");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent BuildOwn(Cdn component, ScalewayContext context) =>
        new ScalewayCdn(component, ScalewayEdgePlan.Of(context), context);
}
