using System.Text.RegularExpressions;
using Infra.Components.Buckets;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Buckets;

/// <summary>What a bucket promises on every cloud beside what every store does.</summary>
public abstract partial class BucketContract(CloudFixture cloud)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Older_versions_are_deleted_also_when_no_new_ones_are_kept_any_more(bool versioning)
    {
        var plan = cloud.PlanWithoutErrors(model =>
            model.Add(new Bucket("photos", new() { Versioning = versioning, KeepVersionsDays = 47 })));

        Assert.Contains(plan.Of("photos"), resource => DeletesVersionsAfter47Days().IsMatch(resource.Inputs.ToString()));
    }

    [GeneratedRegex("\"(noncurrentDays|daysSinceNoncurrentTime)\": ?47")]
    private static partial Regex DeletesVersionsAfter47Days();

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
