using Infra.Components.Buckets.Aws;
using Infra.Components.Certificates;
using Infra.Components.Certificates.Aws;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;

namespace Infra.Components.ContentDelivery.Aws;

/// <summary>Content delivery networks on AWS.</summary>
internal sealed class AwsCdns() : CdnProvision<AwsContext, AwsGrantee>(new(Backing.Native, "Amazon CloudFront"))
{
    private static readonly Rule Names = Rule.Error(
        "aws-cdn-host",
        "AWS Certificate Manager can issue, and renew, a certificate for its host");

    private static readonly Rule Key = Rule.Notable("aws-cdn-key", "The key of a bucket's objects lets CloudFront read them");

    private static readonly Rule Origin = Rule.Error("aws-cdn-origin", "CloudFront asks load balancers that have a name");

    private static readonly Gap Addresses = new("origins with an address", "A load balancer without a host name needs a domain.")
    {
        Rule = Origin,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        Addresses,
        new(CdnRules.FolderPromise, "DefaultDocument is shown at the root, and not in folders."),
        new("TLS 1.2 without a domain", "At CloudFront's own name, clients with TLS 1.0 are let in, too."),
    ];

    /// <inheritdoc/>
    protected override AddressKind OwnAddressKind => AddressKind.HostName;

    /// <inheritdoc/>
    protected override void CheckOwn(Cdn component, CloudChecks checks)
    {
        var args = component.Args;
        IssuancePolicy.Check(
            checks.Guard(component, Names),
            nameof(CdnArgs.Host),
            args.NamesToProve,
            checks.Model,
            AwsCertificates.Authorities);
        if (args.Origin.Bucket?.Args.Tweak<AwsBucketTweak>()?.KmsKeyArn is { } key)
        {
            checks.Report(
                Key,
                component,
                $"The objects of '{args.Origin.Bucket.Name}' are encrypted with {key}, whose policy nothing here changes; allowed: one "
                + "that lets cloudfront.amazonaws.com call kms:Decrypt, on the condition that AWS:SourceArn is the distribution. Add it "
                + "to the key's policy after the first update, or leave AwsBucketTweak.KmsKeyArn out.");
        }

        if (args.Origin.LoadBalancer is { Args.HasName: false } balancer && RecordTargets.KindOf(balancer, checks) == AddressKind.Ip)
        {
            checks.Lacks(
                Addresses,
                component,
                $"'{balancer.Name}' has an address and no host, as its zone has no domain, and CloudFront asks names only; allowed: a "
                + "load balancer with a host.",
                "Set infra:domain in the stack's file");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent BuildOwn(Cdn component, AwsContext context) => new AwsCdn(
        component,
        component.Args.HasName ? context.Nearest<ServedZone>(component.Args.Zone) : null,
        context);
}
