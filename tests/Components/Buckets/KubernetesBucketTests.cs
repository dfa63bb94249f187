using Infra.Components.Buckets;
using Infra.Components.Buckets.Kubernetes;
using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Buckets;

public sealed class KubernetesBucketTests
{
    private const string Store = "kubernetes:seaweed.seaweedfs.com/v1:Seaweed";
    private const string Policy = "kubernetes:seaweed.seaweedfs.com/v1:S3Policy";

    [Fact]
    public void Production_keeps_two_copies_and_previews_one()
    {
        var production = KubernetesPlans.Good(model => model.Add(new Bucket("photos"))).Only(Store);
        Assert.Equal(
            "3 3 001",
            $"{production.Input("spec.master.replicas")} {production.Input("spec.volume.replicas")} "
            + $"{production.Input("spec.master.defaultReplication")}");

        var preview = KubernetesPlans.Good(model => model.Add(new Bucket("photos")), EnvironmentKind.Preview).Only(Store);
        Assert.Equal(
            "1 1 000",
            $"{preview.Input("spec.master.replicas")} {preview.Input("spec.volume.replicas")} "
            + $"{preview.Input("spec.master.defaultReplication")}");
    }

    [Fact]
    public void What_was_written_is_there_at_once_because_one_server_keeps_the_index()
    {
        var plan = KubernetesPlans.Good(model => model.Add(new Bucket("photos")));

        Assert.Equal("1", plan.Only(Store).Input("spec.filer.replicas"));
        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "bucket-high-availability", Severity: Severity.Warning });
        Assert.DoesNotContain(
            KubernetesPlans.Good(model => model.Add(new Bucket("photos")), EnvironmentKind.Preview).Findings,
            finding => finding.Rule.Id == "bucket-high-availability");
    }

    [Theory]
    [InlineData(20, "10Gi")]
    [InlineData(100, "10Gi")]
    [InlineData(2000, "200Gi")]
    public void The_index_grows_with_the_bucket(int gibibytes, string index) => Assert.Equal(
        index,
        KubernetesPlans.Good(model =>
                model.Add(new Bucket("photos", new() { Tweaks = [new KubernetesBucketTweak { VolumeGiB = gibibytes }] })))
            .Only(Store)
            .Input("spec.filer.persistence.resources.requests.storage"));

    [Fact]
    public void Rules_of_lifecycles_are_carried_out()
    {
        var store = KubernetesPlans.Good(model => model.Add(new Bucket("photos")), EnvironmentKind.Preview).Only(Store);

        Assert.NotNull(store.Input("spec.admin.containerSecurityContext"));
        Assert.Equal(("1", "s3_lifecycle"), (store.Input("spec.worker.replicas"), store.Input("spec.worker.jobType")));
        Assert.Equal("RuntimeDefault", store.Input("spec.worker.podSecurityContext.seccompProfile.type"));
    }

    [Fact]
    public void Masters_have_no_volumes_because_their_operator_knows_none() =>
        Assert.Null(KubernetesPlans.Good(model => model.Add(new Bucket("photos"))).Only(Store).Input("spec.master.persistence"));

    [Fact]
    public void Its_parts_keep_apart_and_a_drain_takes_one_of_each_at_a_time()
    {
        const string Budget = "kubernetes:policy/v1:PodDisruptionBudget";
        var production = KubernetesPlans.Good(model => model.Add(new Bucket("photos")));

        Assert.All(new[] { "master", "volume", "s3" }, part =>
        {
            Assert.Contains(
                $"\"app.kubernetes.io/component\":\"{part}\"",
                production.Only(Store).Input($"spec.{part}.affinity.podAntiAffinity"),
                StringComparison.Ordinal);
            var budget = production.Only(Budget, $"photos-{part}-budget");
            Assert.Equal("1", budget.Input("spec.maxUnavailable"));
            Assert.Contains($"\"{part}\"", budget.Input("spec.selector.matchLabels"), StringComparison.Ordinal);
        });
        Assert.Empty(KubernetesPlans.Good(model => model.Add(new Bucket("photos")), EnvironmentKind.Preview).OfType(Budget));
    }

    [Fact]
    public void Deleting_the_declaration_keeps_the_objects() =>
        Assert.Equal(
            "Retain",
            KubernetesPlans.Good(model => model.Add(new Bucket("photos")))
                .Only("kubernetes:seaweed.seaweedfs.com/v1:Bucket")
                .Input("spec.reclaimPolicy"));

    [Fact]
    public void It_answers_nobody_without_a_key_even_before_it_has_consumers()
    {
        var plan = KubernetesPlans.Good(model => model.Add(new Bucket("photos")));

        Assert.Equal("photos-sentinel", plan.Only("kubernetes:seaweed.seaweedfs.com/v1:S3Identity").Input("metadata.name"));
        Assert.Empty(plan.OfType(Policy));
    }

    [Fact]
    public void A_reader_may_not_write()
    {
        var plan = KubernetesPlans.Good(Declare);

        Assert.Contains("s3:PutObject", plan.Only(Policy, "shop-photos-policy").Input("spec.statements"), StringComparison.Ordinal);
        Assert.DoesNotContain("s3:PutObject", plan.Only(Policy, "report-photos-policy").Input("spec.statements"), StringComparison.Ordinal);
        Assert.DoesNotContain("s3:*", plan.Only(Policy, "shop-photos-policy").Input("spec.statements"), StringComparison.Ordinal);
    }

    [Fact]
    public void Consumers_speak_tls_with_it_and_know_its_authority()
    {
        var plan = KubernetesPlans.Good(Declare);

        var variables = plan.Only("kubernetes:apps/v1:Deployment", "shop").VariablesOf();
        Assert.Equal("https://photos-gateway.sample-production.svc.cluster.local:8343", variables["PHOTOS_ENDPOINT"]);
        Assert.Equal("{photos-ca.certPem}", variables["PHOTOS_CA"]);
        Assert.Equal("true", variables["PHOTOS_PATH_STYLE"]);
        Assert.Equal("secret PHOTOS_SECRET_ACCESS_KEY", variables["PHOTOS_SECRET_ACCESS_KEY"]);
        Assert.Equal(
            "8343",
            plan.Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "photos-ingress").Input("spec.ingress[0].ports[0].port"));
    }

    [Fact]
    public void What_the_store_has_not_is_reported()
    {
        var plan = KubernetesPlans.Good(model => model.Add(new Bucket("photos", new()
        {
            CorsOrigins = ["https://www.shop.example"],
            Lifecycle = [new() { Prefix = "old/", MoveAfterDays = 30 }],
        })));

        Assert.Equal(
            ["bucket-cors", "bucket-high-availability", "bucket-lifecycle"],
            plan.Findings.Where(finding => finding.Severity == Severity.Warning).Select(finding => finding.Rule.Id).Order());
    }

    [Fact]
    public void Volumes_are_as_large_as_the_tweak_says()
    {
        var store = KubernetesPlans.Good(model =>
            model.Add(new Bucket("photos", new() { Tweaks = [new KubernetesBucketTweak { VolumeGiB = 500, VolumeServers = 6 }] })))
            .Only(Store);

        Assert.Equal("500Gi", store.Input("spec.volume.requests.storage"));
        Assert.Equal("6", store.Input("spec.volume.replicas"));
    }

    private static void Declare(Model model)
    {
        var photos = model.Add(new Bucket("photos"));
        model.Add(new ContainerService("shop")).Writes(photos);
        model.Add(new ContainerService("report")).Reads(photos);
    }
}
