using Infra.Tests.Testing;

namespace Infra.Tests.ContentDelivery;

public sealed class CdnOnAws() : CdnContract(new AwsFixture())
{
    protected override bool HasAddress => false;

    protected override (string Type, string Path) Kept => ("aws:cloudfront/cachePolicy:CachePolicy", "defaultTtl");

    protected override (string Type, string Path) Document => ("aws:cloudfront/distribution:Distribution", "defaultRootObject");
}

public sealed class CdnOnGoogleCloud() : CdnContract(new GcpFixture())
{
    protected override bool HasAddress => true;

    protected override (string Type, string Path) Kept => ("gcp:compute/backendService:BackendService", "cdnPolicy.defaultTtl");

    protected override (string Type, string Path) Document =>
        ("gcp:compute/uRLMap:URLMap", "pathMatchers[0].pathRules[0].routeAction.urlRewrite.pathPrefixRewrite");

    protected override string? FallbackRule => "cdn-fallback";
}

public sealed class CdnOnScaleway() : CdnContract(new ScalewayFixture())
{
    protected override bool HasAddress => false;

    protected override (string Type, string Path) Kept => ("scaleway:edgeservices/cacheStage:CacheStage", "fallbackTtl");

    protected override (string Type, string Path) Document =>
        ("scaleway:object/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "indexDocument.suffix");

    protected override string? FallbackRule => "scaleway-cdn-fallback";

    protected override bool TakesLoadBalancers => false;

    protected override bool WritesItsOwnName => true;
}

public sealed class CdnOnOvh() : SuppliedCdnContract(new OvhFixture());

public sealed class CdnOnKubernetes() : SuppliedCdnContract(new KubernetesFixture());
