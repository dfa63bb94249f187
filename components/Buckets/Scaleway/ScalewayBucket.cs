using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Storage = Pulumiverse.Scaleway.Object;
using StorageInputs = Pulumiverse.Scaleway.Object.Inputs;

namespace Infra.Components.Buckets.Scaleway;

/// <summary>
/// A bucket of Scaleway Object Storage. Its name is unique among all customers, so Pulumi adds digits of its own. Every consumer has a key
/// of its own that reads, or reads and writes; IAM grants that per project. A bucket policy could narrow it, but it belongs to the bucket,
/// which would change with its consumers, and one that forgets the deployer locks everyone out.
/// </summary>
internal sealed class ScalewayBucket : PlacedBucket, ILinkTarget<KubernetesGrantee>
{
    /// <summary>The class for infrequent access, which keeps objects in one zone.</summary>
    public const string OneZoneClass = "ONEZONE_IA";

    private static readonly string[] ReadPermissions = ["ObjectStorageBucketsRead", "ObjectStorageObjectsRead"];
    private static readonly string[] WritePermissions = [.. ReadPermissions, "ObjectStorageObjectsWrite", "ObjectStorageObjectsDelete"];

    private readonly ScalewayContext _context;

    /// <summary>Builds the bucket.</summary>
    public ScalewayBucket(Bucket bucket, ScalewayContext context)
        : base(context.Place(bucket))
    {
        _context = context;
        var args = bucket.Args;
        var settings = new Storage.BucketArgs
        {
            Region = context.Region,
            ForceDestroy = !IsProtected,
            Versioning = new StorageInputs.BucketVersioningArgs { Enabled = args.Versioning },
            Tags = Tags.AsMap(),
        };
        foreach (var rule in Rules(args, context.Region)) settings.LifecycleRules.Add(rule);
        if (args.CorsOrigins.Count > 0)
        {
            settings.CorsRules.Add(new StorageInputs.BucketCorsRuleArgs
            {
                AllowedOrigins = args.CorsOrigins.ToList(),
                AllowedMethods = ["GET", "HEAD", "PUT", "POST"],
                AllowedHeaders = ["*"],
                ExposeHeaders = ["ETag"],
                MaxAgeSeconds = 3600,
            });
        }

        var created = new Storage.Bucket(Name, settings, Child(protect: context.Protect));
        _ = new Storage.BucketServerSideEncryptionConfiguration(
            $"{Name}-encryption",
            new()
            {
                Bucket = created.Name,
                Region = context.Region,
                Rules =
                {
                    new StorageInputs.BucketServerSideEncryptionConfigurationRuleArgs
                    {
                        ApplyServerSideEncryptionByDefault =
                            new StorageInputs.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs
                            {
                                SseAlgorithm = "AES256",
                            },
                    },
                },
            },
            Child());
        BucketName = created.Name;
        Endpoint = Output.Create($"https://s3.{context.Region}.scw.cloud");
        Region = Output.Create(context.Region);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    Endpoint? ILinkTarget<KubernetesGrantee>.Endpoint => null;

    /// <inheritdoc/>
    public void Admit(KubernetesGrantee grantee, string role)
    {
        // The API is public, and consumers may reach the internet.
    }

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var key = new ScalewayApiKey(
            grantee.GrantName(link),
            link.Intent == Intent.Write ? WritePermissions : ReadPermissions,
            _context,
            grantee.Tags,
            () => grantee.Child().On(_context.Provider));
        grantee.Grants.Add(key.Policy);
        return BucketConnection.To(
            Endpoint,
            Region,
            BucketName,
            BucketConnection.RequiredChecksums,
            pathStyle: false,
            key.AccessKey,
            key.SecretKey);
    }

    private static IEnumerable<StorageInputs.BucketLifecycleRuleArgs> Rules(BucketArgs args, string region)
    {
        yield return new() { Id = "unfinished-uploads", Enabled = true, AbortIncompleteMultipartUploadDays = 7 };

        // Also without versioning: where it was switched off, older versions are there still.
        yield return new()
        {
            Id = "older-versions",
            Enabled = true,
            NoncurrentVersionExpiration = new StorageInputs.BucketLifecycleRuleNoncurrentVersionExpirationArgs
            {
                NoncurrentDays = args.KeepVersionsDays,
            },
        };
        foreach (var (rule, index) in args.Lifecycle.Select((rule, index) => (rule, index)))
        {
            var aging = new StorageInputs.BucketLifecycleRuleArgs
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"aging-{index}"),
                Enabled = true,
                Prefix = rule.Prefix,
            };
            var storage = ClassOf(rule.MoveTo, region);
            if (rule.MoveAfterDays is { } move && storage is not null)
                aging.Transitions.Add(new StorageInputs.BucketLifecycleRuleTransitionArgs { Days = move, StorageClass = storage });
            if (rule.DeleteAfterDays is { } delete)
                aging.Expiration = new StorageInputs.BucketLifecycleRuleExpirationArgs { Days = delete };
            if ((rule.MoveAfterDays is not null && storage is not null) || rule.DeleteAfterDays is not null) yield return aging;
        }
    }

    /// <summary>The storage class of a region; null where it has none.</summary>
    public static string? ClassOf(StorageClass storage, string region) => storage switch
    {
        StorageClass.Infrequent => ScalewayRegions.HasOneZoneStorage(region) ? OneZoneClass : null,
        StorageClass.Archive => ScalewayRegions.HasArchive(region) ? "GLACIER" : null,
        _ => throw new ArgumentOutOfRangeException(nameof(storage), storage, "not a class of storage"),
    };
}
