using Infra.Components.Buckets;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Buckets;

/// <summary>What a bucket promises on every cloud beside what every store does.</summary>
public abstract class BucketContract(CloudFixture cloud)
{
    [Fact]
    public void Its_consumers_speak_s3_with_their_identity_or_with_a_secret_key()
    {
        var variables = cloud.VariablesOf(
            cloud.PlanWithoutErrors(model =>
                model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new Bucket("photos")))),
            "shop");

        Assert.Equal("s3", variables["PHOTOS_PROTOCOL"].Value);
        Assert.Equal(variables["PHOTOS_CREDENTIALS"].Value == "keys", variables["PHOTOS_SECRET_ACCESS_KEY"].IsSecret);
    }
}
