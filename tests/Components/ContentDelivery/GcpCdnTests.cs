using Infra.Components.ContentDelivery;
using Infra.Components.Dns;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.ContentDelivery;

public sealed class GcpCdnTests
{
    private const string Backend = "gcp:compute/backendService:BackendService";
    private const string Member = "gcp:storage/bucketIAMMember:BucketIAMMember";

    [Fact]
    public void The_bucket_is_asked_by_signed_requests_of_an_account_that_reads_objects_and_lists_none()
    {
        var plan = Plan();
        var backend = plan.Only(Backend);
        var key = plan.Only("gcp:storage/hmacKey:HmacKey");

        Assert.True(backend.RefersTo(key, "securitySettings.awsV4Authentication.accessKeyId"));
        Assert.True(backend.RefersTo(key, "securitySettings.awsV4Authentication.accessKey"));
        Assert.Equal("roles/storage.legacyObjectReader", plan.Only(Member, "assets-access").Input("role"));
        Assert.Contains(plan.Only(Member, "assets-access").Urn, backend.DependsOn);
        Assert.Equal("enforced", plan.Only("gcp:storage/bucket:Bucket").Input("publicAccessPrevention"));
        var endpoint = plan.Only("gcp:compute/globalNetworkEndpoint:GlobalNetworkEndpoint");
        Assert.Equal("{media.name}.storage.googleapis.com", endpoint.Input("fqdn"));
        Assert.Equal("Host: {media.name}.storage.googleapis.com", backend.Input("customRequestHeaders[0]"));
        Assert.Equal("HTTPS", backend.Input("protocol"));
    }

    [Fact]
    public void Private_objects_are_kept_and_query_strings_tell_none_apart()
    {
        var backend = Plan().Only(Backend);

        Assert.Equal(("True", "FORCE_CACHE_ALL"), (backend.Input("enableCdn"), backend.Input("cdnPolicy.cacheMode")));
        Assert.Equal("86400", backend.Input("cdnPolicy.clientTtl"));
        Assert.Equal("False", backend.Input("cdnPolicy.cacheKeyPolicy.includeQueryString"));
    }

    [Fact]
    public void Answers_of_services_are_kept_only_where_they_say_so()
    {
        var backend = GcpPlans.Good(model =>
        {
            var zone = model.Add(new DnsZone("zone"));
            var edge = InFront.Balancer(model, zone);
            model.Add(new Cdn("assets", new() { Origin = new(edge), Zone = zone }));
        }).OfType(Backend).Single(resource => resource.Component == "assets");

        Assert.Equal("USE_ORIGIN_HEADERS", backend.Input("cdnPolicy.cacheMode"));
        Assert.Equal("True", backend.Input("cdnPolicy.cacheKeyPolicy.includeQueryString"));
        Assert.Equal("Host: www.shop.example", backend.Input("customRequestHeaders[0]"));
        Assert.Null(backend.Input("securitySettings"));
    }

    [Fact]
    public void It_speaks_https_with_a_certificate_of_its_own_and_leads_http_there()
    {
        var plan = Plan();

        Assert.Equal("TLS_1_2", plan.Only("gcp:compute/sSLPolicy:SSLPolicy", "assets-tls").Input("minTlsVersion"));
        Assert.Equal("True", plan.Only("gcp:compute/uRLMap:URLMap", "assets-redirect").Input("defaultUrlRedirect.httpsRedirect"));
        Assert.Single(plan.OfType("gcp:certificatemanager/certificate:Certificate"));
        Assert.True(plan.Only("gcp:compute/globalAddress:GlobalAddress", "assets").Protect);
    }

    [Fact]
    public void An_origin_that_changes_goes_before_the_new_one_comes() => Assert.True(RegisteredOptions
        .Of(Cloud.Gcp, "gcp:compute/globalNetworkEndpoint:GlobalNetworkEndpoint", model => CdnContract.Used(model))["assets-origin"]
        .DeleteBeforeReplace);

    private static Plan Plan() => GcpPlans.Good(model => CdnContract.Used(model));
}
