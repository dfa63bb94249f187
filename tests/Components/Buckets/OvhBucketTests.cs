using System.Text.Json;
using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Buckets;

public sealed class OvhBucketTests
{
    private const string Storage = "ovh:CloudProject/storage:Storage";
    private const string Lifecycle =
        "ovh:index/cloudProjectStorageObjectBucketLifecycleConfiguration:CloudProjectStorageObjectBucketLifecycleConfiguration";

    [Fact]
    public void The_list_of_its_objects_stays_out_of_the_state() => Assert.Equal("True", Plan(new()).Only(Storage).Input("hideObjects"));

    [Fact]
    public void Products_know_one_place_by_several_names()
    {
        var plan = OvhPlans.Good(model => model.Add(new Bucket("photos")), place: OvhPlans.SingleZone);

        Assert.Equal("GRA", plan.Only(Storage).Input("regionName"));
        Assert.Equal("https://s3.gra.io.cloud.ovh.net", plan.Component("photos").Outputs.At("endpoint"));
        Assert.Equal("gra", plan.Component("photos").Outputs.At("region"));
    }

    [Fact]
    public void American_buckets_answer_at_american_names()
    {
        var plan = OvhPlans.Good(
            model => model.Add(new Bucket("photos")),
            place: "virginia",
            settings: settings =>
                settings with { Accounts = new() { Ovh = settings.Accounts.Ovh! with { Endpoint = OvhAccount.UnitedStates } } });

        Assert.Equal("https://s3.us-east-va.io.cloud.ovh.us", plan.Component("photos").Outputs.At("endpoint"));
    }

    [Fact]
    public void Every_link_has_a_user_whose_policy_opens_this_bucket_alone()
    {
        var plan = OvhPlans.Good(model =>
        {
            var photos = model.Add(new Bucket("photos"));
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(photos);
            model.Add(new ContainerService("report")).Reads(photos);
        });

        var (writer, reader) = (Policy("shop"), Policy("report"));
        Assert.Contains("s3:PutObject", writer.At("Statement[0].Action"), StringComparison.Ordinal);
        Assert.DoesNotContain("s3:PutObject", reader.At("Statement[0].Action"), StringComparison.Ordinal);
        Assert.Equal("arn:aws:s3:::{photos.name}", writer.At("Statement[0].Resource[0]"));
        Assert.Equal("arn:aws:s3:::{photos.name}/*", writer.At("Statement[0].Resource[1]"));
        Assert.Null(writer.At("Statement[0].Resource[2]"));
        Assert.Equal(2, plan.OfType("ovh:CloudProject/user:User").Count);

        JsonElement Policy(string consumer) =>
            plan.Only("ovh:CloudProject/s3Policy:S3Policy", $"{consumer}-photos-policy").JsonInput("policy")!.Value;
    }

    [Fact]
    public void Objects_age_as_promised()
    {
        var rules = Plan(new()
        {
            KeepVersionsDays = 10,
            Lifecycle =
            [
                new() { Prefix = "originals/", MoveAfterDays = 30, MoveTo = StorageClass.Archive },
                new() { Prefix = "tmp/", DeleteAfterDays = 7 },
            ],
        }).Only(Lifecycle);

        Assert.Equal("10", rules.Input("rules[0].noncurrentVersionExpiration.noncurrentDays"));
        Assert.Equal("STANDARD_IA", rules.Input("rules[1].transitions[0].storageClass"));
        Assert.Equal("7", rules.Input("rules[2].expiration.days"));
        Assert.Equal("tmp/", rules.Input("rules[2].filter.prefix"));
    }

    [Theory]
    [InlineData("paris")]
    [InlineData(OvhPlans.SingleZone)]
    public void Objects_meant_for_the_archive_move_to_the_class_that_the_provider_takes_and_a_finding_says_so(string place)
    {
        var plan = OvhPlans.Good(
            model => model.Add(new Bucket("photos", new() { Lifecycle = [new() { MoveAfterDays = 30, MoveTo = StorageClass.Archive }] })),
            place: place);

        Assert.Equal("STANDARD_IA", plan.Only(Lifecycle).Input("rules[1].transitions[0].storageClass"));
        Assert.Contains(
            plan.Findings,
            finding => finding is { Severity: Severity.Warning, Rule.Id: "ovh-bucket-archive" }
                && finding.Message.Contains("Set MoveTo to Infrequent, or place 'photos' on aws, gcp", StringComparison.Ordinal));
    }

    [Fact]
    public void Versioning_that_is_switched_off_is_suspended_because_off_cannot_come_back() =>
        Assert.Equal("suspended", Plan(new() { Versioning = false }).Only(Storage).Input("versioning.status"));

    [Fact]
    public void Cors_is_not_set_silently() =>
        Assert.Contains(
            Plan(new() { CorsOrigins = ["https://www.example.org"] }).Findings,
            finding => finding is { Severity: Severity.Warning, Rule.Id: "ovh-bucket-cors-origins" }
                && finding.Message.Contains("aws", StringComparison.Ordinal));

    private static Plan Plan(BucketArgs args) => OvhPlans.Good(model => model.Add(new Bucket("photos", args)));
}
