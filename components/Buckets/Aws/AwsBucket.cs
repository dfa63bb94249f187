using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.ContentDelivery;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using S3 = Pulumi.Aws.S3;
using S3Inputs = Pulumi.Aws.S3.Inputs;

namespace Infra.Components.Buckets.Aws;

/// <summary>
/// A bucket of Amazon S3. Consumers on AWS need no keys: their role gives access. Its API is public: a consumer elsewhere has a user with a
/// key that opens the bucket for the link's intent, and nothing else.
/// </summary>
internal sealed class AwsBucket : PlacedBucket, ILinkTarget<AwsGrantee>
{
    private readonly Output<string> _arn;
    private readonly string? _kmsKeyArn;
    private readonly AwsPrivateBucket _created;
    private readonly List<Output<string>> _readers = [];
    private readonly int _expectedReaders;

    /// <summary>Builds the bucket.</summary>
    public AwsBucket(Bucket bucket, AwsContext context)
        : base(context.Place(bucket))
    {
        var args = bucket.Args;
        _kmsKeyArn = args.Tweak<AwsBucketTweak>()?.KmsKeyArn;
        _expectedReaders = context.On<Cdn>().Count(cdn => cdn.Args is { IsSupplied: false } front && front.Origin.Bucket == bucket);
        _created = new AwsPrivateBucket(
            Name,
            Tags,
            Child,
            new()
            {
                Protect = IsProtected,
                ForceDestroy = !IsProtected,
                KmsKeyArn = _kmsKeyArn,
                IsSecuredLater = _expectedReaders > 0,
            });
        var created = _created;
        if (args.Versioning)
        {
            _ = new S3.BucketVersioning(
                $"{Name}-versions",
                new()
                {
                    Bucket = created.Bucket.Id,
                    VersioningConfiguration = new S3Inputs.BucketVersioningVersioningConfigurationArgs { Status = "Enabled" },
                },
                Child());
        }

        // Also without versioning: where it was switched off, older versions are there still.
        created.Age(args.Lifecycle.Select(Aging).Prepend(OlderVersions(args)));
        if (args.CorsOrigins.Count > 0)
        {
            _ = new S3.BucketCorsConfiguration(
                $"{Name}-cors",
                new()
                {
                    Bucket = created.Bucket.Id,
                    CorsRules =
                    [
                        new S3Inputs.BucketCorsConfigurationCorsRuleArgs
                        {
                            AllowedOrigins = args.CorsOrigins.ToList(),
                            AllowedMethods = ["GET", "HEAD", "PUT", "POST"],
                            AllowedHeaders = ["*"],
                            ExposeHeaders = ["ETag"],
                            MaxAgeSeconds = 3600,
                        },
                    ],
                },
                Child());
        }

        _arn = created.Bucket.Arn;
        BucketName = created.Bucket.BucketName;
        RegionalHost = created.Bucket.BucketRegionalDomainName;
        Endpoint = Output.Create($"https://s3.{context.Region}.amazonaws.com");
        Region = Output.Create(context.Region);
        RegisterOutputs();
    }

    /// <summary>The host of the bucket's own in its region, which CloudFront asks.</summary>
    public Output<string> RegionalHost { get; }

    /// <summary>
    /// Lets a distribution of CloudFront read objects, by its signature: not list them, or the bucket's contents would show at its root.
    /// The policy is put with the last of those that are declared.
    /// </summary>
    /// <param name="distributionArn">The distribution.</param>
    public void LetRead(Output<string> distributionArn)
    {
        _readers.Add(distributionArn);
        if (_readers.Count < _expectedReaders) return;
        _created.Secure(_readers.Select(reader => new Statement
        {
            Service = "cloudfront.amazonaws.com",
            Actions = ["s3:GetObject"],
            Resources = [Output.Format($"{_arn}/*")],
            Conditions = [new("StringEquals", "AWS:SourceArn", reader)],
        }));
    }

    /// <inheritdoc/>
    Endpoint? ILinkTarget<AwsGrantee>.Endpoint => null;

    /// <inheritdoc/>
    public void Admit(AwsGrantee grantee, string role)
    {
        // Its API is public.
    }

    /// <inheritdoc/>
    public Connection Connect(AwsGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var key = grantee.Allow(link, Statements(link.Intent));
        return BucketConnection.To(Endpoint, Region, BucketName, BucketConnection.EveryChecksum, pathStyle: false, key?.Id, key?.Secret);
    }

    // What an intent needs, on this bucket alone.
    private IEnumerable<Statement> Statements(Intent intent)
    {
        var writes = intent == Intent.Write;
        yield return new()
        {
            Actions = writes ? ["s3:ListBucket", "s3:ListBucketMultipartUploads"] : ["s3:ListBucket"],
            Resources = [_arn],
        };
        yield return new()
        {
            Actions = writes
                ? ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]
                : ["s3:GetObject"],
            Resources = [Output.Format($"{_arn}/*")],
        };
        if (_kmsKeyArn is not { } key) yield break;
        yield return new()
        {
            Actions = writes ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"],
            Resources = [Output.Create(key)],
        };
    }

    private static S3Inputs.BucketLifecycleConfigurationRuleArgs OlderVersions(BucketArgs args) => new()
    {
        Id = "older-versions",
        Status = "Enabled",
        Filter = new S3Inputs.BucketLifecycleConfigurationRuleFilterArgs { Prefix = "" },
        NoncurrentVersionExpiration = new S3Inputs.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs
        {
            NoncurrentDays = args.KeepVersionsDays,
        },
        Expiration = new S3Inputs.BucketLifecycleConfigurationRuleExpirationArgs { ExpiredObjectDeleteMarker = true },
    };

    private static S3Inputs.BucketLifecycleConfigurationRuleArgs Aging(LifecycleRule rule)
    {
        var aging = new S3Inputs.BucketLifecycleConfigurationRuleArgs
        {
            Id = rule.Prefix.Length == 0 ? "all" : $"prefix-{rule.Prefix}",
            Status = "Enabled",
            Filter = new S3Inputs.BucketLifecycleConfigurationRuleFilterArgs { Prefix = rule.Prefix },
        };
        if (rule.MoveAfterDays is { } move)
        {
            aging.Transitions =
            [
                new S3Inputs.BucketLifecycleConfigurationRuleTransitionArgs
                {
                    Days = move,
                    StorageClass = rule.MoveTo == StorageClass.Archive ? "GLACIER" : "STANDARD_IA",
                },
            ];
        }

        if (rule.DeleteAfterDays is { } delete)
            aging.Expiration = new S3Inputs.BucketLifecycleConfigurationRuleExpirationArgs { Days = delete };
        return aging;
    }
}
