using Infra.Components.Certificates;
using Infra.Components.Certificates.Gcp;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.ContentDelivery.Gcp;

/// <summary>Content delivery networks on Google Cloud.</summary>
internal sealed class GcpCdns() : CdnProvision<GcpContext, GcpGrantee>(new(Backing.Native, "Cloud CDN")), IUsesApis
{
    private static readonly Rule Names = Rule.Error("gcp-cdn-host", "Google can issue a certificate for its host");

    private static readonly Gap Fallback = new(
        CdnRules.FallbackPromise,
        "A path without an object is answered by an error: Cloud CDN shows documents of public buckets only.")
    {
        Rule = CdnRules.Fallback,
    };

    private static readonly Gap Plain = new("https without a domain", "Without a domain it is an address, which has no certificate.")
    {
        Rule = new(
            "gcp-cdn-plain",
            "Content delivery networks speak HTTPS",
            Severity.Error,
            Severity.Warning,
            Severity.Warning,
            CanBeWaived: false),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        Fallback,
        Plain,
        new(CdnRules.OwnTimesPromise, "Of a bucket's objects, TtlSeconds decides, whatever their Cache-Control says."),
        new(CdnRules.CookiesPromise, "Cookies tell no answers of services apart: those that differ by them say private, and are not kept."),
        new(CdnRules.FolderPromise, "DefaultDocument is shown at the root, and not in folders."),
        new("not found", "An object that is not there is answered 403: whoever may learn that it is not there may list all that are."),
        new("keys that expire", "The bucket is read with a key of a service account, which is replaced by 'pulumi up --replace <urn>'."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["certificatemanager", "compute", "iam", "storage"];

    /// <inheritdoc/>
    protected override AddressKind OwnAddressKind => AddressKind.Ip;

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> BesideOwn => [RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void CheckOwn(Cdn component, CloudChecks checks)
    {
        var args = component.Args;
        IssuancePolicy.Check(
            checks.Guard(component, Names),
            nameof(CdnArgs.Host),
            args.NamesToProve,
            checks.Model,
            GcpCertificates.Authorities);
        if (!args.HasName)
        {
            checks.Lacks(
                Plain,
                component,
                $"'{args.Zone.Name}' has no domain, so that it is found at an address and speaks plain HTTP: what it shows can be read "
                + "and changed on the way; allowed in production: a domain.",
                "Set infra:domain in the stack's file");
        }

        if (args.FallbackDocument.Length > 0)
        {
            checks.Lacks(
                Fallback,
                component,
                $"FallbackDocument is '{args.FallbackDocument}', and Cloud CDN shows documents of public buckets only in place of an "
                + "error: paths without an object are answered 403.",
                "Leave it out, and keep paths behind # in the browser");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent BuildOwn(Cdn component, GcpContext context) => new GcpCdn(
        component,
        component.Args.HasName ? context.Nearest<ServedZone>(component.Args.Zone) : null,
        context.Get<GcpRuntime>(),
        context);
}
