using Infra.Components.Buckets;
using Infra.Components.Buckets.Aws;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Buckets;

public sealed class AwsBucketTests
{
    private const string Key = "arn:aws:kms:eu-west-3:111122223333:key/1234abcd";

    [Fact]
    public void Nobody_can_make_it_public()
    {
        var block = Plan(new()).Only("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");

        Assert.All(
            ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"],
            setting => Assert.Equal("True", block.Input(setting)));
    }

    [Fact]
    public void It_refuses_requests_without_TLS_and_its_policy_waits_for_the_access_block()
    {
        var plan = Plan(new());
        var policy = plan.Only("aws:s3/bucketPolicy:BucketPolicy");

        Assert.Contains("Deny s3:* on {photos.arn} {photos.arn}/*", policy.Statements());
        Assert.Contains(plan.Only("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").Urn, policy.DependsOn);
    }

    [Fact]
    public void Objects_age_by_the_rules_and_unfinished_uploads_go()
    {
        var plan = Plan(new()
        {
            KeepVersionsDays = 10,
            Lifecycle = [new() { Prefix = "originals/", MoveAfterDays = 30, MoveTo = StorageClass.Archive, DeleteAfterDays = 400 }],
        });

        var rules = plan.Only("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration");
        Assert.Equal("7", rules.Input("rules[0].abortIncompleteMultipartUpload.daysAfterInitiation"));
        Assert.Equal("10", rules.Input("rules[1].noncurrentVersionExpiration.noncurrentDays"));
        Assert.Equal("originals/", rules.Input("rules[2].filter.prefix"));
        Assert.Equal("GLACIER", rules.Input("rules[2].transitions[0].storageClass"));
        Assert.Equal("400", rules.Input("rules[2].expiration.days"));
    }

    [Fact]
    public void A_bucket_of_a_preview_goes_with_everything_in_it() =>
        Assert.Equal("True", Plan(new(), EnvironmentKind.Preview).Only("aws:s3/bucket:Bucket", "photos").Input("forceDestroy"));

    [Fact]
    public void A_reader_may_list_and_read_and_nothing_else() => Assert.Equal(
        ["Allow s3:ListBucket on {photos.arn}", "Allow s3:GetObject on {photos.arn}/*"],
        Plan(new()).Only("aws:iam/rolePolicy:RolePolicy", "report-photos-access").Statements());

    [Fact]
    public void A_writer_may_change_objects_but_not_the_bucket()
    {
        var statements = Plan(new()).Only("aws:iam/rolePolicy:RolePolicy", "shop-photos-access").Statements();

        Assert.Equal(2, statements.Count);
        Assert.Contains(
            "Allow s3:GetObject s3:PutObject s3:DeleteObject s3:AbortMultipartUpload s3:ListMultipartUploadParts on {photos.arn}/*",
            statements);
        Assert.DoesNotContain(statements, statement =>
            statement.Contains("s3:*", StringComparison.Ordinal) || statement.Contains("DeleteBucket", StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_of_ones_own_encrypts_objects_and_consumers_may_use_it()
    {
        var plan = Plan(new() { Tweaks = [new AwsBucketTweak { KmsKeyArn = Key }] });

        Assert.Equal(
            Key,
            plan.Only("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "photos-encryption")
                .Input("rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId"));
        Assert.Contains($"Allow kms:Decrypt on {Key}", plan.Only("aws:iam/rolePolicy:RolePolicy", "report-photos-access").Statements());
    }

    [Fact]
    public void A_key_that_is_no_ARN_is_refused() => Assert.Contains(
        "AwsBucketTweak.KmsKeyArn is 'alias/photos'",
        AwsPlans.OnlyError(model =>
            model.Add(new Bucket("photos", new() { Tweaks = [new AwsBucketTweak { KmsKeyArn = "alias/photos" }] }))),
        StringComparison.Ordinal);

    private static Plan Plan(BucketArgs args, EnvironmentKind environment = EnvironmentKind.Production) => AwsPlans.Of(
        model =>
        {
            var photos = model.Add(new Bucket("photos", args));
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(photos);
            model.Add(new ContainerService("report")).Reads(photos);
        },
        environment,
        WithoutFlowLogs);

    // Their bucket would be a second one of everything.
    private static StackSettings WithoutFlowLogs(StackSettings settings) => settings with
    {
        Components = new Dictionary<string, System.Text.Json.Nodes.JsonObject> { ["network"] = new() { ["flowLogs"] = false } },
    };
}
