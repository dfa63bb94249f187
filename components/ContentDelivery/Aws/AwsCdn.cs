using Infra.Components.Buckets.Aws;
using Infra.Components.Certificates.Aws;
using Infra.Components.Clouds.Aws;
using Infra.Components.Dns;
using Infra.Components.Dns.Aws;
using Infra.Components.LoadBalancers;
using Pulumi;
using CloudFront = Pulumi.Aws.CloudFront;
using CloudFrontInputs = Pulumi.Aws.CloudFront.Inputs;

namespace Infra.Components.ContentDelivery.Aws;

/// <summary>
/// A distribution of Amazon CloudFront. A bucket lets it in by its signature (origin access control), and nobody else; a load balancer is
/// asked as clients ask it. Its certificate is kept in Virginia, from where CloudFront takes all of them.
/// </summary>
internal sealed class AwsCdn : PlacedCdn<AwsGrantee>, IAwsAliasTarget
{
    /// <summary>
    /// The region from which CloudFront takes certificates (AWS documentation: requirements for certificates of CloudFront).
    /// </summary>
    public const string CertificateRegion = "us-east-1";

    private const string OriginId = "origin";

    // AWS documentation, CloudFront: managed policies. Security headers: HSTS, nosniff, frames of the same origin, a short referrer.
    private const string SecurityHeaders = "67f7725c-6f97-4210-82d7-5512b31e9d03";
    private const string EverythingButTheHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
    private const string OriginOfPages = "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf";

    private static readonly string[] Reading = ["GET", "HEAD"];
    private static readonly string[] ReadingAcrossOrigins = ["GET", "HEAD", "OPTIONS"];
    private static readonly string[] Everything = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];

    // Without the right to list a bucket, S3 answers so for what is not there, and 404 where it may be told.
    private static readonly int[] NotThere = [403, 404];

    /// <summary>Builds the distribution.</summary>
    /// <param name="cdn">The declared network.</param>
    /// <param name="zone">The zone that proves its host; null in a stack without a domain.</param>
    /// <param name="context">The stack's part.</param>
    public AwsCdn(Cdn cdn, ServedZone? zone, AwsContext context)
        : base(context.Place(cdn), cdn.Args)
    {
        var bucket = Args.Origin.Bucket is { } objects ? context.Of<AwsBucket>(objects) : null;
        var acrossOrigins = Args.Origin.Bucket is { Args.CorsOrigins.Count: > 0 };
        var behavior = new CloudFrontInputs.DistributionDefaultCacheBehaviorArgs
        {
            TargetOriginId = OriginId,
            ViewerProtocolPolicy = "redirect-to-https",
            AllowedMethods = (bucket is null ? Everything : acrossOrigins ? ReadingAcrossOrigins : Reading).ToList(),
            CachedMethods = Reading.ToList(),
            Compress = true,
            CachePolicyId = Keeping(acrossOrigins).Id,
        };

        // Services say their own headers of security; a bucket has none.
        if (bucket is null) behavior.OriginRequestPolicyId = EverythingButTheHost;
        else behavior.ResponseHeadersPolicyId = SecurityHeaders;
        if (acrossOrigins) behavior.OriginRequestPolicyId = OriginOfPages;
        var arguments = new CloudFront.DistributionArgs
        {
            Enabled = true,
            Comment = $"{Name} of {context.Stack}",
            IsIpv6Enabled = true,
            HttpVersion = "http2and3",
            Origins = [bucket is null ? Balancer(context) : Objects(bucket)],
            DefaultCacheBehavior = behavior,
            Restrictions = new CloudFrontInputs.DistributionRestrictionsArgs
            {
                GeoRestriction = new CloudFrontInputs.DistributionRestrictionsGeoRestrictionArgs { RestrictionType = "none" },
            },
            ViewerCertificate = zone is null
                ? new CloudFrontInputs.DistributionViewerCertificateArgs { CloudfrontDefaultCertificate = true }
                : new CloudFrontInputs.DistributionViewerCertificateArgs
                {
                    AcmCertificateArn = AwsCertificate.Issue(
                        $"{Name}-certificate",
                        Args.NamesToProve,
                        CertificateRegion,
                        zone,
                        Tags,
                        this,
                        Child),
                    MinimumProtocolVersion = "TLSv1.2_2021",
                    SslSupportMethod = "sni-only",
                },
            Tags = Tags.AsInput(),
        };
        if (Args.FullHost is { } host) arguments.Aliases = [host];
        if (Args.DefaultDocument.Length > 0) arguments.DefaultRootObject = Args.DefaultDocument;
        if (Args.FallbackDocument.Length > 0) arguments.CustomErrorResponses = NotThere.Select(Shown).ToList();
        var distribution = new CloudFront.Distribution(Name, arguments, Child(protect: context.Protect));
        bucket?.LetRead(distribution.Arn);
        HostedZoneId = distribution.HostedZoneId;
        Complete(distribution.DomainName, AddressKind.HostName);

        CloudFrontInputs.DistributionCustomErrorResponseArgs Shown(int status) => new()
        {
            ErrorCode = status,
            ResponseCode = 200,
            ResponsePagePath = $"/{Args.FallbackDocument}",

            // One that appears is found soon.
            ErrorCachingMinTtl = 10,
        };
    }

    /// <inheritdoc/>
    public Output<string> HostedZoneId { get; }

    /// <inheritdoc/>
    public bool TellsItsHealth => false;

    // Objects are the same for everyone; answers of services are told apart by all that may make them differ, and are kept only where they
    // say so: one without a word of it may be somebody's own.
    private CloudFront.CachePolicy Keeping(bool acrossOrigins)
    {
        var isBucket = Args.Origin.Bucket is not null;
        string[] headers = isBucket ? acrossOrigins ? ["Origin"] : [] : ["Authorization", "Origin"];
        var telling = new CloudFrontInputs.CachePolicyParametersInCacheKeyAndForwardedToOriginHeadersConfigArgs
        {
            HeaderBehavior = headers.Length == 0 ? "none" : "whitelist",
        };
        if (headers.Length > 0)
        {
            telling.Headers = new CloudFrontInputs.CachePolicyParametersInCacheKeyAndForwardedToOriginHeadersConfigHeadersArgs
            {
                Items = headers.ToList(),
            };
        }

        return new(
            $"{Name}-cache",
            new()
            {
                MinTtl = 0,
                DefaultTtl = isBucket ? Args.TtlSeconds : 0,
                MaxTtl = CdnArgs.LongestTtlSeconds,
                ParametersInCacheKeyAndForwardedToOrigin =
                    new CloudFrontInputs.CachePolicyParametersInCacheKeyAndForwardedToOriginArgs
                    {
                        EnableAcceptEncodingBrotli = true,
                        EnableAcceptEncodingGzip = true,
                        CookiesConfig = new CloudFrontInputs.CachePolicyParametersInCacheKeyAndForwardedToOriginCookiesConfigArgs
                        {
                            CookieBehavior = isBucket ? "none" : "all",
                        },
                        HeadersConfig = telling,
                        QueryStringsConfig =
                            new CloudFrontInputs.CachePolicyParametersInCacheKeyAndForwardedToOriginQueryStringsConfigArgs
                            {
                                QueryStringBehavior = isBucket ? "none" : "all",
                            },
                    },
            },
            Child());
    }

    private CloudFrontInputs.DistributionOriginArgs Objects(AwsBucket bucket) => new()
    {
        OriginId = OriginId,
        DomainName = bucket.RegionalHost,
        OriginAccessControlId = new CloudFront.OriginAccessControl(
            $"{Name}-access",
            new() { OriginAccessControlOriginType = "s3", SigningBehavior = "always", SigningProtocol = "sigv4" },
            Child()).Id,
    };

    private CloudFrontInputs.DistributionOriginArgs Balancer(AwsContext context) => new()
    {
        OriginId = OriginId,
        DomainName = Args.Origin.FullHost is { } host
            ? Output.Create(host)
            : context.Nearest<IEntrance>(Args.Origin.LoadBalancer!).Address,
        CustomOriginConfig = new CloudFrontInputs.DistributionOriginCustomOriginConfigArgs
        {
            HttpPort = 80,
            HttpsPort = 443,
            OriginProtocolPolicy = Args.Origin.FullHost is null ? "http-only" : "https-only",
            OriginSslProtocols = ["TLSv1.2"],
        },
    };
}
