using Infra.Components.Buckets;
using Infra.Components.Buckets.Aws;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.ContentDelivery;
using Infra.Components.Dns;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.ContentDelivery;

public sealed class AwsCdnTests
{
    private const string Distribution = "aws:cloudfront/distribution:Distribution";
    private const string CachePolicy = "aws:cloudfront/cachePolicy:CachePolicy";

    [Fact]
    public void The_bucket_lets_the_distribution_read_objects_and_list_nothing()
    {
        var plan = Plan(model => CdnContract.Used(model));
        var policy = plan.Only("aws:s3/bucketPolicy:BucketPolicy", "media-policy").JsonInput("policy")!.Value;

        Assert.Equal("Deny", policy.At("Statement[0].Effect"));
        Assert.Equal("[\"s3:GetObject\"]", policy.At("Statement[1].Action"));
        Assert.Equal("cloudfront.amazonaws.com", policy.At("Statement[1].Principal.Service"));
        Assert.Equal("{assets.arn}", policy.At("Statement[1].Condition.StringEquals.AWS:SourceArn"));
        Assert.Null(policy.At("Statement[2].Action"));
        Assert.Equal("media", plan.Only("aws:s3/bucketPolicy:BucketPolicy", "media-policy").Component);
        var block = plan.Only("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "media-private");
        Assert.Equal("True", block.Input("restrictPublicBuckets"));
        Assert.True(plan.Only(Distribution).RefersTo(
            plan.Only("aws:cloudfront/originAccessControl:OriginAccessControl"),
            "origins[0].originAccessControlId"));
    }

    [Fact]
    public void Two_distributions_in_front_of_one_bucket_are_both_let_in()
    {
        var plan = Plan(model =>
        {
            var first = CdnContract.Used(model);
            model.Add(new Cdn("more", first.Args with { Host = "more" }));
        });
        var policy = plan.Only("aws:s3/bucketPolicy:BucketPolicy", "media-policy").JsonInput("policy")!.Value;

        Assert.Equal(
            ["{assets.arn}", "{more.arn}"],
            new[] { 1, 2 }.Select(at => policy.At($"Statement[{at}].Condition.StringEquals.AWS:SourceArn")));
    }

    [Fact]
    public void Its_certificate_is_kept_in_virginia_and_proved_by_the_zone()
    {
        var plan = Plan(model => CdnContract.Used(model));
        var certificate = plan.Only("aws:acm/certificate:Certificate", "assets-certificate");

        Assert.Equal(("us-east-1", "assets.shop.example"), (certificate.Input("region"), certificate.Input("domainName")));
        Assert.Equal("us-east-1", plan.Only("aws:acm/certificateValidation:CertificateValidation").Input("region"));
        Assert.True(plan.Only("aws:route53/record:Record", "zone-proof-assets.shop.example").RefersTo(certificate));
        Assert.Equal("TLSv1.2_2021", plan.Only(Distribution).Input("viewerCertificate.minimumProtocolVersion"));
        Assert.Equal("redirect-to-https", plan.Only(Distribution).Input("defaultCacheBehavior.viewerProtocolPolicy"));
    }

    [Fact]
    public void A_name_that_a_certificate_of_the_stack_covers_too_is_proved_once() =>
        Assert.Single(
            Plan(model =>
            {
                var cdn = CdnContract.Used(model);
                model.Add(new Certificate("certificate", new() { Hosts = ["assets"], Zone = cdn.Args.Zone }));
            }).OfType("aws:route53/record:Record"),
            record => record.Name.StartsWith("zone-proof", StringComparison.Ordinal));

    [Fact]
    public void Its_name_is_an_alias_whose_health_is_not_asked()
    {
        var plan = Plan(model => CdnContract.Used(model));
        var record = plan.Only("aws:route53/record:Record", "name");

        Assert.True(record.RefersTo(plan.Only(Distribution), "aliases[0].name"));
        Assert.Equal(("A", "False"), (record.Input("type"), record.Input("aliases[0].evaluateTargetHealth")));
    }

    [Fact]
    public void The_zones_own_name_leads_to_it()
    {
        var plan = Plan(model =>
        {
            var zone = model.Add(new DnsZone("zone"));
            var cdn = model.Add(new Cdn("site", new() { Origin = new(model.Add(new Bucket("pages"))), Zone = zone, Host = "@" }));
            model.Add(new DnsRecord("name", new() { Zone = zone, Host = "@", Targets = [new(cdn)] }));
        });

        Assert.Equal("shop.example", plan.Only(Distribution).Input("aliases[0]"));
    }

    [Fact]
    public void Objects_are_the_same_for_everyone_and_answers_of_services_are_told_apart_and_kept_only_where_they_say_so()
    {
        var objects = Plan(model => CdnContract.Used(model)).Only(CachePolicy);
        var answers = Plan(InFrontOfBalancer);

        Assert.Equal(("none", "none", "none"), Telling(objects));
        Assert.Equal(("all", "all", "whitelist"), Telling(answers.Only(CachePolicy)));
        Assert.Equal(("0", "0"), (answers.Only(CachePolicy).Input("defaultTtl"), answers.Only(CachePolicy).Input("minTtl")));
        var origin = answers.Only(Distribution);
        Assert.Equal("www.shop.example", origin.Input("origins[0].domainName"));
        Assert.Equal("https-only", origin.Input("origins[0].customOriginConfig.originProtocolPolicy"));
        Assert.Equal("TLSv1.2", origin.Input("origins[0].customOriginConfig.originSslProtocols[0]"));

        static (string?, string?, string?) Telling(PlannedResource policy)
        {
            const string Key = "parametersInCacheKeyAndForwardedToOrigin";
            return (
                policy.Input($"{Key}.cookiesConfig.cookieBehavior"),
                policy.Input($"{Key}.queryStringsConfig.queryStringBehavior"),
                policy.Input($"{Key}.headersConfig.headerBehavior"));
        }
    }

    [Fact]
    public void Pages_of_other_origins_are_answered_as_the_bucket_says()
    {
        var plan = Plan(model =>
        {
            var zone = model.Add(new DnsZone("zone"));
            var fonts = model.Add(new Bucket("fonts", new() { CorsOrigins = ["https://www.shop.example"] }));
            model.Add(new Cdn("assets", new() { Origin = new(fonts), Zone = zone }));
        });

        Assert.Equal("Origin", plan.Only(CachePolicy).Input("parametersInCacheKeyAndForwardedToOrigin.headersConfig.headers.items[0]"));
        Assert.Equal("OPTIONS", plan.Only(Distribution).Input("defaultCacheBehavior.allowedMethods[2]"));
    }

    [Fact]
    public void A_document_takes_the_place_of_what_is_not_there()
    {
        var distribution = Plan(model => CdnContract.Used(model, args => args with { FallbackDocument = "index.html" })).Only(Distribution);

        Assert.Equal(["403", "404"], new[] { 0, 1 }.Select(at => distribution.Input($"customErrorResponses[{at}].errorCode")));
        Assert.Equal(("200", "/index.html"), (
            distribution.Input("customErrorResponses[0].responseCode"),
            distribution.Input("customErrorResponses[0].responsePagePath")));
    }

    [Fact]
    public void A_key_of_the_companys_own_must_be_told_of_it()
    {
        var plan = Plan(model =>
        {
            const string Key = "arn:aws:kms:eu-west-3:111122223333:key/0a1b2c3d";
            var media = model.Add(new Bucket("media", new() { Tweaks = [new AwsBucketTweak { KmsKeyArn = Key }] }));
            model.Add(new Cdn("assets", new() { Origin = new(media), Zone = model.Add(new DnsZone("zone")) }));
        });

        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "aws-cdn-key", Component: "assets", Severity: Severity.Warning });
    }

    [Fact]
    public void A_name_for_which_amazon_may_issue_nothing_is_refused()
    {
        var plan = AwsPlans.Try(model =>
        {
            var cdn = CdnContract.Used(model);
            var authority = new DnsTarget("CAA", ["0 issue letsencrypt.org"]);
            model.Add(new DnsRecord("caa", new() { Zone = cdn.Args.Zone, Host = "@", Targets = [authority] }));
        });

        Assert.Equal(("aws-cdn-host", "assets"), plan.OnlyError() is var error ? (error.Rule.Id, error.Component) : default);
    }

    [Fact]
    public void It_is_protected_in_production() => Assert.True(Plan(model => CdnContract.Used(model)).Only(Distribution).Protect);

    private static Plan Plan(Action<Model> declare) => AwsPlans.Try(declare).WithoutErrors();

    private static void InFrontOfBalancer(Model model)
    {
        var zone = model.Add(new DnsZone("zone"));
        model.Add(new Cdn("assets", new() { Origin = new(InFront.Balancer(model, zone)), Zone = zone }));
    }
}
