using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Buckets;

public sealed class GcpBucketTests
{
    private const string Type = "gcp:storage/bucket:Bucket";

    [Fact]
    public void Nobody_can_make_it_public()
    {
        var bucket = Plan(new()).Only(Type);

        Assert.Equal("enforced", bucket.Input("publicAccessPrevention"));
        Assert.Equal("True", bucket.Input("uniformBucketLevelAccess"));
        Assert.Equal("False", bucket.Input("forceDestroy"));
    }

    [Fact]
    public void Rules_for_living_objects_leave_older_versions_to_their_own()
    {
        var bucket = Plan(new() { Lifecycle = [new() { Prefix = "uploads/", DeleteAfterDays = 7 }] }).Only(Type);

        Assert.Equal("30", bucket.Input("lifecycleRules[1].condition.daysSinceNoncurrentTime"));
        Assert.Equal("LIVE", bucket.Input("lifecycleRules[2].condition.withState"));
        Assert.Equal("uploads/", bucket.Input("lifecycleRules[2].condition.matchesPrefixes[0]"));
    }

    [Fact]
    public void A_consumer_has_one_key_for_all_of_its_buckets_and_a_role_on_each()
    {
        var plan = GcpPlans.Good(model => model.Add(new ContainerService("shop", new() { Port = 8080 }))
            .Reads(model.Add(new Bucket("photos")))
            .Writes(model.Add(new Bucket("invoices"))));

        Assert.Single(plan.OfType("gcp:storage/hmacKey:HmacKey"));
        Assert.Equal(
            "roles/storage.objectViewer",
            plan.Only("gcp:storage/bucketIAMMember:BucketIAMMember", "shop-photos-access").Input("role"));
        Assert.Equal(
            "roles/storage.objectUser",
            plan.Only("gcp:storage/bucketIAMMember:BucketIAMMember", "shop-invoices-access").Input("role"));
    }

    [Fact]
    public void Deleted_objects_come_back_in_production_only()
    {
        Assert.Equal("604800", Plan(new()).Only(Type).Input("softDeletePolicy.retentionDurationSeconds"));
        Assert.Equal("0", Plan(new(), EnvironmentKind.Preview).Only(Type).Input("softDeletePolicy.retentionDurationSeconds"));
    }

    [Fact]
    public void A_bucket_of_a_preview_goes_with_everything_in_it() =>
        Assert.Equal("True", Plan(new(), EnvironmentKind.Preview).Only(Type).Input("forceDestroy"));

    private static Plan Plan(BucketArgs args, EnvironmentKind environment = EnvironmentKind.Production) =>
        GcpPlans.Good(model => model.Add(new Bucket("photos", args)), environment);
}
