using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Pulumi;
using S3 = Pulumi.Aws.S3;
using S3Inputs = Pulumi.Aws.S3.Inputs;

namespace Infra.Components.Buckets.Aws;

/// <summary>What differs from one private bucket to another.</summary>
internal sealed record AwsPrivateBucketArgs
{
    /// <summary>Whether Pulumi refuses to delete it.</summary>
    public bool Protect { get; init; }

    /// <summary>Whether it is deleted even when it holds objects.</summary>
    public bool ForceDestroy { get; init; }

    /// <summary>The key that encrypts objects; null for S3's own.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>Further statements of the bucket's policy, given its ARN.</summary>
    public Func<Output<string>, IEnumerable<Statement>> Statements { get; init; } = _ => [];
}

/// <summary>A bucket of S3 that nobody can make public: what data and logs have in common.</summary>
internal sealed class AwsPrivateBucket
{
    private readonly string _name;
    private readonly ChildOptions _child;

    /// <summary>Creates the bucket and what secures it.</summary>
    public AwsPrivateBucket(string name, IReadOnlyDictionary<string, string> tags, ChildOptions child, AwsPrivateBucketArgs args)
    {
        (_name, _child) = (name, child);
        Bucket = new S3.Bucket(name, new() { ForceDestroy = args.ForceDestroy, Tags = tags.AsInput() }, child(protect: args.Protect));
        var block = new S3.BucketPublicAccessBlock(
            $"{name}-private",
            new()
            {
                Bucket = Bucket.Id,
                BlockPublicAcls = true,
                BlockPublicPolicy = true,
                IgnorePublicAcls = true,
                RestrictPublicBuckets = true,
            },
            child());
        _ = new S3.BucketOwnershipControls(
            $"{name}-ownership",
            new() { Bucket = Bucket.Id, Rule = new S3Inputs.BucketOwnershipControlsRuleArgs { ObjectOwnership = "BucketOwnerEnforced" } },
            child());
        var encryption = new S3Inputs.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs
        {
            SseAlgorithm = args.KmsKeyArn is null ? "AES256" : "aws:kms",
        };
        if (args.KmsKeyArn is { } key) encryption.KmsMasterKeyId = key;
        _ = new S3.BucketServerSideEncryptionConfiguration(
            $"{name}-encryption",
            new()
            {
                Bucket = Bucket.Id,
                Rules =
                [
                    new S3Inputs.BucketServerSideEncryptionConfigurationRuleArgs
                    {
                        ApplyServerSideEncryptionByDefault = encryption,
                        BucketKeyEnabled = true,
                    },
                ],
            },
            child());
        var onlyTls = new Statement
        {
            DenyEveryone = true,
            Actions = ["s3:*"],
            Resources = [Bucket.Arn, Output.Format($"{Bucket.Arn}/*")],
            Conditions = [new("Bool", "aws:SecureTransport", "false")],
        };
        Policy = new S3.BucketPolicy(
            $"{name}-policy",
            new() { Bucket = Bucket.Id, Policy = Statement.Document([onlyTls, .. args.Statements(Bucket.Arn)]) },
            child(dependsOn: [block]));
    }

    /// <summary>The bucket.</summary>
    public S3.Bucket Bucket { get; }

    /// <summary>Its policy: whoever is let in by it must wait for it.</summary>
    public S3.BucketPolicy Policy { get; }

    /// <summary>Deletes objects after some days, and unfinished uploads.</summary>
    public void KeepDays(int days) => Age(new S3Inputs.BucketLifecycleConfigurationRuleArgs
    {
        Id = "expire",
        Status = "Enabled",
        Filter = new S3Inputs.BucketLifecycleConfigurationRuleFilterArgs { Prefix = "" },
        Expiration = new S3Inputs.BucketLifecycleConfigurationRuleExpirationArgs { Days = days },
    });

    /// <summary>
    /// Lets objects age by some rules, and deletes unfinished uploads. S3 keeps one set of rules per bucket: call it once.
    /// </summary>
    public void Age(params IEnumerable<S3Inputs.BucketLifecycleConfigurationRuleArgs> rules)
    {
        var unfinished = new S3Inputs.BucketLifecycleConfigurationRuleArgs
        {
            Id = "unfinished-uploads",
            Status = "Enabled",
            Filter = new S3Inputs.BucketLifecycleConfigurationRuleFilterArgs { Prefix = "" },
            AbortIncompleteMultipartUpload = new S3Inputs.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs
            {
                DaysAfterInitiation = 7,
            },
        };
        _ = new S3.BucketLifecycleConfiguration(
            $"{_name}-lifecycle",
            new() { Bucket = Bucket.Id, Rules = [unfinished, .. rules] },
            _child());
    }
}
