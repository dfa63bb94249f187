using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Buckets;

public sealed class ScalewayBucketTests
{
    private const string Bucket = "scaleway:object/bucket:Bucket";

    [Fact]
    public void It_has_no_policy_that_could_lock_out_the_deployer() =>
        Assert.Empty(Plan(new()).OfType("scaleway:object/bucketPolicy:BucketPolicy"));

    [Fact]
    public void A_consumers_key_is_granted_what_its_link_says_in_the_stacks_project()
    {
        var plan = Plan(new());
        var policy = plan.Only("scaleway:iam/policy:Policy", "report-photos");

        Assert.Equal(TestSettings.ProjectId, policy.Input("rules[0].projectIds[0]"));
        Assert.DoesNotContain("ObjectStorageObjectsWrite", policy.Input("rules")!, StringComparison.Ordinal);
        Assert.Contains(
            "ObjectStorageObjectsWrite",
            plan.Only("scaleway:iam/policy:Policy", "shop-photos").Input("rules")!,
            StringComparison.Ordinal);
        Assert.Equal(TestSettings.ProjectId, plan.Only("scaleway:iam/apiKey:ApiKey", "report-photos").Input("defaultProjectId"));
    }

    [Fact]
    public void A_service_waits_until_its_key_works() =>
        Assert.Contains(
            Plan(new()).Only("scaleway:iam/policy:Policy", "shop-photos").Urn,
            Plan(new()).Only("kubernetes:apps/v1:Deployment", "shop").DependsOn);

    [Theory]
    [InlineData("fr-par", StorageClass.Infrequent, "ONEZONE_IA")]
    [InlineData("fr-par", StorageClass.Archive, "GLACIER")]
    [InlineData("nl-ams", StorageClass.Infrequent, null)]
    [InlineData("pl-waw", StorageClass.Archive, null)]
    public void Objects_move_to_the_classes_that_the_region_has(string region, StorageClass storage, string? expected)
    {
        var plan = Plan(
            new() { Lifecycle = [new() { MoveAfterDays = 30, MoveTo = storage }] },
            settings => settings with { Regions = new Dictionary<Cloud, string> { [Cloud.Scaleway] = region } });

        Assert.Equal(expected, plan.Only(Bucket).Input("lifecycleRules[2].transitions[0].storageClass"));
        Assert.Equal(
            expected != "GLACIER",
            plan.Findings.Any(finding =>
                finding is { Severity: Severity.Warning, Rule.Id: "scaleway-bucket-lifecycle" or "scaleway-bucket-single-zone" }));
    }

    [Fact]
    public void Web_pages_of_the_named_origins_may_upload() =>
        Assert.Equal(
            "https://www.shop.example",
            Plan(new() { CorsOrigins = ["https://www.shop.example"] }).Only(Bucket).Input("corsRules[0].allowedOrigins[0]"));

    [Fact]
    public void That_keys_open_every_bucket_of_the_project_is_said_about_sensitive_data()
    {
        var plan = ScalewayPlans.Of(model =>
        {
            var photos = model.Add(new Bucket("photos", new() { DataClass = DataClass.Personal }));
            var reports = model.Add(new Bucket("reports"));
            model.Add(new ContainerService("shop")).Writes(photos).Writes(reports);
        });

        Assert.Contains(
            plan.Findings,
            finding => finding is { Severity: Severity.Warning, Rule.Id: "scaleway-bucket-access", Component: "photos" });
        Assert.DoesNotContain(plan.Findings, finding => finding is { Rule.Id: "scaleway-bucket-access", Component: "reports" });
    }

    private static Plan Plan(BucketArgs args, Func<StackSettings, StackSettings>? settings = null) => ScalewayPlans.Of(
        model =>
        {
            var photos = model.Add(new Bucket("photos", args));
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(photos);
            model.Add(new ContainerService("report")).Reads(photos);
        },
        settings: settings);
}
