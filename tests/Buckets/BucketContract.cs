using Infra.Components.Buckets;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Buckets;

/// <summary>What a bucket promises on every cloud. A cloud whose bucket cannot refuse plain HTTP says so.</summary>
public abstract class BucketContract(CloudFixture cloud, bool refusesPlainText = true)
{
    private static readonly string[] Keys = ["ENDPOINT", "CA", "REGION", "NAME", "PROTOCOL", "PATH_STYLE", "CREDENTIALS", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY"];

    protected CloudFixture Cloud => cloud;

    [Fact]
    public void Its_name_endpoint_and_region_are_known()
    {
        var outputs = cloud.PlanWithoutErrors(model => model.Add(new Bucket("photos"))).Component("photos", ComponentKind.Bucket).Outputs;

        Assert.All(["bucketName", "endpoint", "region"], key => Assert.NotEmpty(outputs.At(key)!));
    }

    [Fact]
    public void Its_consumers_see_the_same_variables_everywhere()
    {
        var variables = cloud.VariablesOf(cloud.PlanWithoutErrors(Declare), "shop");

        Assert.Equal(Keys.Select(key => "PHOTOS_" + key).Order(), variables.Keys.Where(name => name.StartsWith("PHOTOS_", StringComparison.Ordinal)).Order());
        Assert.Equal("s3", variables["PHOTOS_PROTOCOL"].Value);
        Assert.Equal(
            variables["PHOTOS_CREDENTIALS"].Value == "keys",
            variables["PHOTOS_SECRET_ACCESS_KEY"].IsSecret);
    }

    [Fact]
    public void It_does_not_change_when_a_consumer_comes_or_goes()
    {
        var alone = cloud.PlanWithoutErrors(model => model.Add(new Bucket("photos")));
        var used = cloud.PlanWithoutErrors(Declare);

        Assert.Equal(
            alone.Resources.Where(resource => resource.Component == "photos").Select(resource => $"{resource.Urn} {resource.Inputs}"),
            used.Resources.Where(resource => resource.Component == "photos").Select(resource => $"{resource.Urn} {resource.Inputs}"));
    }

    [Fact]
    public void It_is_encrypted_where_it_lies_and_on_the_way()
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new Bucket("photos")));

        Assert.True(cloud.IsEncryptedAtRest(plan, "photos"));
        Assert.Equal(refusesPlainText, cloud.RefusesPlainText(plan, "photos"));
        Assert.Equal(!refusesPlainText, plan.Findings.Any(finding => finding.Component == "photos" && finding.Rule.EndsWith("-transport", StringComparison.Ordinal)));
    }

    [Fact]
    public void It_is_protected_against_deletion_in_production_only()
    {
        Assert.True(cloud.StoreOf(cloud.PlanWithoutErrors(model => model.Add(new Bucket("photos"))), "photos").Protect);
        Assert.False(cloud.StoreOf(cloud.PlanWithoutErrors(model => model.Add(new Bucket("photos")), EnvironmentKind.Preview), "photos").Protect);
    }

    [Fact]
    public void Readers_and_writers_are_granted_different_things()
    {
        var plan = cloud.PlanWithoutErrors(Declare);

        var writer = cloud.GrantsOf(plan, "shop").Where(grant => grant.Contains("photos", StringComparison.Ordinal)).ToList();
        var reader = cloud.GrantsOf(plan, "report").Where(grant => grant.Contains("photos", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(writer);
        Assert.NotEmpty(reader);
        Assert.NotEqual(writer.Select(grant => grant.Replace("shop", "x", StringComparison.Ordinal)), reader.Select(grant => grant.Replace("report", "x", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_consumer_without_a_link_may_nothing()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            Declare(model);
            model.Add(new ContainerService("stranger", new() { Port = 8080 }));
        });

        Assert.DoesNotContain(cloud.GrantsOf(plan, "stranger"), grant => grant.Contains("photos", StringComparison.Ordinal));
    }

    private static void Declare(Model model)
    {
        var photos = model.Add(new Bucket("photos"));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(photos);
        model.Add(new ContainerService("report")).Reads(photos);
    }
}
