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

    /// <summary>What its resources were called before; null for what they are called now.</summary>
    public string? FormerName { get; init; }

    /// <summary>Further statements of the bucket's policy, given its ARN.</summary>
    public Func<Output<string>, IEnumerable<Statement>> Statements { get; init; } = _ => [];

    /// <summary>
    /// Whether others, which are built later, have statements of their own: the policy is put when <see cref="AwsPrivateBucket.Secure"/> is
    /// called, once. S3 keeps one policy for a bucket.
    /// </summary>
    public bool IsSecuredLater { get; init; }
}

/// <summary>A bucket of S3 that nobody can make public: what data and logs have in common.</summary>
internal sealed class AwsPrivateBucket
{
    private readonly string _name;
    private readonly ChildOptions _child;
    private readonly string? _formerName;
    private readonly AwsPrivateBucketArgs _args;
    private readonly S3.BucketPublicAccessBlock _block;

    /// <summary>Creates the bucket and what secures it.</summary>
    public AwsPrivateBucket(string name, IReadOnlyDictionary<string, string> tags, ChildOptions child, AwsPrivateBucketArgs args)
    {
        (_name, _child, _formerName, _args) = (name, child, args.FormerName, args);
        Bucket = new S3.Bucket(
            name,
            new() { ForceDestroy = args.ForceDestroy, Tags = tags.AsInput() },
            Known("", child(protect: args.Protect)));
        _block = new S3.BucketPublicAccessBlock(
            $"{name}-private",
            new()
            {
                Bucket = Bucket.Id,
                BlockPublicAcls = true,
                BlockPublicPolicy = true,
                IgnorePublicAcls = true,
                RestrictPublicBuckets = true,
            },
            Known("-private", child()));
        // Without a key of the stack's own, S3 encrypts with its own, and objects belong to the bucket's owner: its defaults since 2023.
        if (args.KmsKeyArn is { } key)
        {
            _ = new S3.BucketServerSideEncryptionConfiguration(
                $"{name}-encryption",
                new()
                {
                    Bucket = Bucket.Id,
                    Rules =
                    [
                        new S3Inputs.BucketServerSideEncryptionConfigurationRuleArgs
                        {
                            ApplyServerSideEncryptionByDefault =
                                new S3Inputs.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs
                                {
                                    SseAlgorithm = "aws:kms",
                                    KmsMasterKeyId = key,
                                },
                            BucketKeyEnabled = true,
                        },
                    ],
                },
                child());
        }

        if (!args.IsSecuredLater) Secure([]);
    }

    /// <summary>The bucket.</summary>
    public S3.Bucket Bucket { get; }

    /// <summary>Its policy, once it is put: whoever is let in by it must wait for it.</summary>
    public S3.BucketPolicy Policy { get; private set; } = null!;

    /// <summary>Puts the policy: nobody but by TLS, and what is let in besides by its own statements.</summary>
    /// <param name="statements">Those of what was built after the bucket.</param>
    public void Secure(IEnumerable<Statement> statements)
    {
        var onlyTls = new Statement
        {
            DenyEveryone = true,
            Actions = ["s3:*"],
            Resources = [Bucket.Arn, Output.Format($"{Bucket.Arn}/*")],
            Conditions = [new("Bool", "aws:SecureTransport", "false")],
        };
        Policy = new S3.BucketPolicy(
            $"{_name}-policy",
            new() { Bucket = Bucket.Id, Policy = Statement.Document([onlyTls, .. _args.Statements(Bucket.Arn), .. statements]) },
            Known("-policy", _child(dependsOn: [_block])));
    }

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
            Known("-lifecycle", _child()));
    }

    private CustomResourceOptions Known(string role, CustomResourceOptions options)
    {
        if (_formerName is not null) options.Aliases.Add(new Alias { Name = _formerName + role });
        return options;
    }
}
