using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Relays;

public sealed class AwsRelayTests
{
    [Fact]
    public void A_consumer_on_another_cloud_gets_a_key_that_opens_its_bucket_for_its_intent()
    {
        var plan = AwsPlans.Of(
            model =>
            {
                var photos = model.Add(new Bucket("photos"));
                model.Add(new ContainerService("shop", new() { Port = 8080 })).Reads(photos);
            },
            settings: ShopOnKubernetes);

        Assert.Equal(
            ["Allow s3:ListBucket on {photos.arn}", "Allow s3:GetObject on {photos.arn}/*"],
            plan.Only("aws:iam/userPolicy:UserPolicy", "shop-photos").Statements());
        Assert.True(plan.Only("aws:iam/accessKey:AccessKey", "shop-photos").RefersTo(plan.Only("aws:iam/user:User", "shop-photos"), "user"));
    }

    [Fact]
    public void A_cache_cannot_be_used_from_another_cloud() => Assert.Contains(
        "link-cloud shop: The link to 'sessions' comes from kubernetes and leads into AWS; allowed from other clouds: buckets",
        AwsPlans.Try(
            model =>
            {
                var sessions = model.Add(new Cache("sessions"));
                model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(sessions);
            },
            settings: ShopOnKubernetes).Errors(),
        StringComparison.Ordinal);

    private static StackSettings ShopOnKubernetes(StackSettings settings) => settings with { Placement = new Dictionary<string, Cloud> { ["shop"] = Cloud.Kubernetes } };
}
