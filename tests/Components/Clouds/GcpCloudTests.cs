using Infra.Components.Buckets;
using Infra.Components.Buckets.Aws;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Clouds;

public sealed class GcpCloudTests
{
    [Fact]
    public void The_provider_says_everything_that_the_environment_could()
    {
        var provider = GcpPlans.Good(model => model.Add(new Bucket("photos"))).Only("pulumi:providers:gcp", "gcp");

        Assert.Equal(TestSettings.Project, provider.Input("project"));
        Assert.Equal("europe-west9", provider.Input("region"));
        Assert.Null(provider.Input("zone"));
        Assert.Equal("False", provider.Input("addPulumiAttributionLabel"), ignoreCase: true);
        Assert.Contains("platform-example-org", provider.Input("defaultLabels"), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_service_account_deploys_where_the_stack_file_names_one()
    {
        var plan = GcpPlans.Good(
            model => model.Add(new Bucket("photos")),
            settings: settings => settings with
            {
                Accounts = settings.Accounts with { Gcp = new(TestSettings.Project, "deploy@sample.iam.gserviceaccount.com") },
            });

        Assert.Equal("deploy@sample.iam.gserviceaccount.com", plan.Only("pulumi:providers:gcp").Input("impersonateServiceAccount"));
    }

    [Fact]
    public void Labels_hold_what_Google_Cloud_accepts() => Assert.Equal(
        "jean-dupont-example-org",
        GcpLabels.Of(new Dictionary<string, string> { ["owner"] = "Jean.Dupont@example.org" })["owner"]);

    [Fact]
    public void Only_APIs_in_use_are_enabled_and_none_is_ever_disabled()
    {
        var apis = GcpPlans.Good(model => model.Add(new Cache("sessions"))).OfType("gcp:projects/service:Service");

        Assert.Contains(apis, api => api.Input("service") == "redis.googleapis.com");
        Assert.DoesNotContain(apis, api => api.Input("service") == "sqladmin.googleapis.com");

        // Those by which all others are enabled are on before the first update: a resource could not enable them.
        Assert.DoesNotContain(apis, api => api.Input("service") is "cloudresourcemanager.googleapis.com" or "serviceusage.googleapis.com");
        Assert.All(apis, api => Assert.Equal("False", api.Input("disableOnDestroy")));
    }

    [Fact]
    public void What_cannot_be_brought_back_is_protected_in_production_and_nothing_is_elsewhere()
    {
        string[] lasting =
        [
            "gcp:artifactregistry/repository:Repository registry", "gcp:compute/address:Address devices",
            "gcp:compute/address:Address network-egress-1", "gcp:compute/disk:Disk mqtt", "gcp:compute/globalAddress:GlobalAddress edge",
            "gcp:compute/globalAddress:GlobalAddress network-services", "gcp:compute/network:Network network",
            "gcp:compute/subnetwork:Subnetwork network-private", "gcp:compute/subnetwork:Subnetwork network-proxies",
            "gcp:dns/managedZone:ManagedZone zone", "gcp:pubsub/subscription:Subscription photo-jobs",
            "gcp:pubsub/subscription:Subscription photo-jobs-dead", "gcp:pubsub/subscription:Subscription print-jobs",
            "gcp:pubsub/subscription:Subscription print-jobs-dead", "gcp:pubsub/topic:Topic photo-jobs",
            "gcp:pubsub/topic:Topic photo-jobs-dead", "gcp:pubsub/topic:Topic print-jobs", "gcp:pubsub/topic:Topic print-jobs-dead",
            "gcp:redis/instance:Instance cache", "gcp:sql/database:Database database-app",
            "gcp:sql/databaseInstance:DatabaseInstance database", "gcp:storage/bucket:Bucket photos",
        ];

        var production = Familink(EnvironmentKind.Production).Resources;
        Assert.Equal(
            lasting,
            production
                .Where(resource => resource.Protect && resource.Package == "gcp")
                .Select(resource => $"{resource.Type} {resource.Name}")
                .Order(StringComparer.Ordinal));
        Assert.All(
            production.Where(resource =>
                resource.Protect && resource.Package == "gcp" && resource.Input("deletionPolicy") != "ABANDON"),
            resource => Assert.Equal("PREVENT", resource.Input("deletionPolicy")));
        Assert.DoesNotContain(
            Familink(EnvironmentKind.Staging).Resources,
            resource => resource.Protect || resource.Input("deletionPolicy") == "PREVENT");
        Assert.DoesNotContain(
            Familink(EnvironmentKind.Preview).Resources,
            resource => resource.Protect || resource.Input("deletionPolicy") == "PREVENT");
    }

    [Fact]
    public void Deletion_protection_is_said_wherever_Google_Cloud_assumes_it()
    {
        string[] assuming =
        [
            "gcp:cloudrunv2/job:Job",
            "gcp:cloudrunv2/service:Service",
            "gcp:cloudrunv2/workerPool:WorkerPool",
            "gcp:sql/databaseInstance:DatabaseInstance",
        ];

        var resources = Familink(EnvironmentKind.Preview).Resources.Where(resource => assuming.Contains(resource.Type)).ToList();
        Assert.Equal(assuming, resources.Select(resource => resource.Type).Distinct().Order(StringComparer.Ordinal));
        Assert.All(resources, resource => Assert.Equal("False", resource.Input("deletionProtection")));
    }

    [Fact]
    public void No_grant_takes_away_what_others_were_granted() => Assert.DoesNotContain(
        Familink(EnvironmentKind.Production).Resources,
        resource => resource.TypeName.Contains("Iam", StringComparison.OrdinalIgnoreCase)
            && !resource.TypeName.EndsWith("Member", StringComparison.Ordinal));

    [Fact]
    public void Nothing_runs_with_the_projects_own_account()
    {
        var plan = Familink(EnvironmentKind.Production);

        Assert.All(plan.OfType("gcp:cloudrunv2/service:Service"), service => Assert.NotNull(service.Input("template.serviceAccount")));
        Assert.All(plan.OfType("gcp:cloudrunv2/workerPool:WorkerPool"), pool => Assert.NotNull(pool.Input("template.serviceAccount")));
        Assert.All(plan.OfType("gcp:cloudrunv2/job:Job"), job => Assert.NotNull(job.Input("template.template.serviceAccount")));
    }

    [Fact]
    public void A_part_of_buckets_only_has_no_network() =>
        Assert.Empty(GcpPlans.Good(model => model.Add(new Bucket("photos"))).OfType("gcp:compute/network:Network"));

    [Fact]
    public void ARM_images_are_refused_with_the_clouds_that_run_them()
    {
        var finding = GcpPlans.Refusal(model => model.Add(new ContainerService("shop", new() { Architecture = CpuArchitecture.Arm64 })));

        Assert.Equal("gcp-architecture", finding.Rule.Id);
        Assert.Contains(", or place 'shop' on aws, ", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_that_Cloud_Run_sets_are_refused()
    {
        var finding = GcpPlans.Refusal(model =>
            model.Add(new ContainerService("shop", new() { Environment = new() { ["K_SERVICE"] = "me" } })));

        Assert.Equal("gcp-environment", finding.Rule.Id);
    }

    [Fact]
    public void A_load_balancer_and_its_certificate_stand_together()
    {
        var finding = GcpPlans.Refusal(
            model =>
            {
                var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["@"], Zone = model.Add(new DnsZone("zone")) }));
                var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
                model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(shop, "@")] }));
            },
            GcpPlans.Placing("certificate", Cloud.Aws));

        Assert.Equal("reference-cloud", finding.Rule.Id);
        Assert.Equal("edge", finding.Component);
    }

    [Fact]
    public void A_tweak_of_another_cloud_is_ignored() =>
        GcpPlans.Good(model => model.Add(new Bucket("photos", new() { Tweaks = [new AwsBucketTweak()] })));

    [Fact]
    public void What_Cloud_Run_cannot_do_is_said_before_anything_is_built()
    {
        var findings = GcpPlans.Good(model =>
            model.Add(new ContainerService("resize", new() { StopSeconds = 90, Scaling = new() { Minimum = 2, Maximum = 8 } }))).Findings;

        Assert.Contains(
            findings,
            finding => finding is { Severity: Severity.Warning, Rule.Id: "gcp-stop-seconds" }
                && finding.Message.Contains("10 seconds", StringComparison.Ordinal));
        Assert.Contains(
            findings,
            finding => finding is { Severity: Severity.Warning, Rule.Id: "gcp-scaling" }
                && finding.Message.Contains("infra:components.resize.scaling.minimum", StringComparison.Ordinal));
    }

    private static Plan Familink(EnvironmentKind environment)
    {
        var plan = Rehearsal.Run(new Familink(), TestSettings.For(Cloud.Gcp, environment, new Familink()));
        Assert.Equal("", plan.Errors());
        return plan;
    }
}
