using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.ContentDelivery;
using Infra.Components.Dns;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.ContentDelivery;

public sealed class ScalewayCdnTests
{
    private const string Subscription = "scaleway:edgeservices/plan:Plan";
    private const string Stage = "scaleway:edgeservices/";

    [Fact]
    public void Every_stage_refers_to_the_next_one_and_to_one_only()
    {
        var plan = Plan();
        var pipeline = plan.Only($"{Stage}pipeline:Pipeline");
        var (head, name, certificate, cache, origin) = (
            plan.Only($"{Stage}headStage:HeadStage"),
            plan.Only($"{Stage}dnsStage:DnsStage"),
            plan.Only($"{Stage}tlsStage:TlsStage"),
            plan.Only($"{Stage}cacheStage:CacheStage"),
            plan.Only($"{Stage}backendStage:BackendStage"));

        Assert.All([head, name, certificate, cache, origin], stage => Assert.True(stage.RefersTo(pipeline, "pipelineId")));
        Assert.True(head.RefersTo(name, "headStageId"));
        Assert.True(name.RefersTo(certificate, "tlsStageId"));
        Assert.True(certificate.RefersTo(cache, "cacheStageId"));
        Assert.True(cache.RefersTo(origin, "backendStageId"));
        Assert.Null(name.Input("cacheStageId"));
        Assert.Equal(("True", "assets.shop.example"), (certificate.Input("managedCertificate"), name.Input("fqdns[0]")));
    }

    [Fact]
    public void Private_objects_are_read_by_the_buckets_website()
    {
        var plan = Plan();
        var website = plan.Only("scaleway:object/bucketWebsiteConfiguration:BucketWebsiteConfiguration");
        var origin = plan.Only($"{Stage}backendStage:BackendStage");

        Assert.Equal("True", origin.Input("s3BackendConfig.isWebsite"));
        Assert.Contains(website.Urn, origin.DependsOn);
        Assert.Equal("index.html", website.Input("indexDocument.suffix"));
        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "scaleway-cdn-website", Component: "assets" });
    }

    [Fact]
    public void The_project_is_subscribed_once_and_stays_so_when_the_stack_goes()
    {
        var plan = ScalewayPlans.Of(Two);
        var options = RegisteredOptions.Of(Cloud.Scaleway, Subscription, Two)["edge-services"];

        Assert.True(options.RetainOnDelete);
        Assert.Equal(["name"], options.IgnoreChanges);
        Assert.Equal(2, plan.OfType($"{Stage}pipeline:Pipeline").Count);
        Assert.All(plan.OfType($"{Stage}pipeline:Pipeline"), pipeline => Assert.Contains(plan.Only(Subscription).Urn, pipeline.DependsOn));
    }

    [Fact]
    public void Where_another_stack_of_the_project_has_subscribed_it_that_is_left_alone() => Assert.Empty(TestSystems
        .Plan(Cloud.Scaleway, Two, EnvironmentKind.Production, settings => settings with
        {
            Accounts = settings.Accounts with { Scaleway = settings.Accounts.Scaleway! with { EdgeServicesActive = true } },
        })
        .WithoutErrors()
        .OfType(Subscription));

    [Fact]
    public void Its_name_in_a_zone_of_scaleway_is_written_by_scaleway()
    {
        var plan = Plan();

        Assert.Empty(plan.Of("name"));
        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "scaleway-dns-record-cdn", Component: "name" });
    }

    [Fact]
    public void A_bucket_has_one_network() => Assert.Equal(
        ("scaleway-cdn-bucket", "more"),
        TestSystems.Plan(
            Cloud.Scaleway,
            model =>
            {
                var first = CdnContract.Used(model);
                model.Add(new Cdn("more", first.Args with { Host = "more" }));
            },
            EnvironmentKind.Production,
            settings: null).OnlyError() is var error ? (error.Rule.Id, error.Component) : default);

    [Fact]
    public void It_needs_no_cluster() => Assert.Empty(ScalewayPlans.Of(model =>
    {
        var zone = model.Add(new DnsZone("zone"));
        var cdn = model.Add(new Cdn("assets", new() { Origin = new(model.Add(new Bucket("media"))), Zone = zone }));
        model.Add(new DnsRecord("name", new() { Zone = zone, Host = "assets", Targets = [new(cdn)] }));
    }).OfType("scaleway:kubernetes/cluster:Cluster"));

    private static Plan Plan() => ScalewayPlans.Of(model => CdnContract.Used(model));

    private static void Two(Model model)
    {
        var first = CdnContract.Used(model);
        model.Add(new Cdn("more", first.Args with { Host = "more", Origin = new(model.Add(new Bucket("more-media"))) }));
    }
}
