using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Connections;
using Infra.Components.Relays;
using Infra.Components.Systems;
using Pulumi;
using Storage = Pulumiverse.Scaleway.Object;
using StorageInputs = Pulumiverse.Scaleway.Object.Inputs;

namespace Infra.Components.Buckets.Scaleway;

/// <summary>
/// A bucket of Scaleway Object Storage. Its name is unique among all customers, so Pulumi adds digits of its own. Every consumer has a key of
/// its own that reads, or reads and writes; IAM grants that per project. A bucket policy could narrow it, but it belongs to the bucket, which
/// would change with its consumers, and one that forgets the deployer locks everyone out.
/// </summary>
internal sealed class ScalewayBucket : PlacedBucket, ILinkTarget
{
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
            ForceDestroy = !context.Protect,
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
                            new StorageInputs.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs { SseAlgorithm = "AES256" },
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
    public (Output<string> Host, Output<string> Port)? Entrance => null;

    /// <inheritdoc/>
    public void Admit(KubernetesGrantee grantee, string role)
    {
        // The API is public, and consumers may reach the internet.
    }

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, Link link, RelayEndpoint? relay) =>
        Connect(grantee.GrantName(link), link, grantee.Tags, () => grantee.Child().On(_context.Provider), grantee.Grants);

    /// <summary>Gives a consumer a key, wherever it stands.</summary>
    /// <param name="name">The name of the grant.</param>
    /// <param name="link">The link.</param>
    /// <param name="tags">The consumer's tags.</param>
    /// <param name="child">Makes the options of the consumer's children.</param>
    /// <param name="grants">Receives what must have succeeded before the key works.</param>
    public Connection Connect(string name, Link link, IReadOnlyDictionary<string, string> tags, Func<CustomResourceOptions> child, List<Resource> grants)
    {
        var key = new ScalewayApiKey(name, link.Intent == Intent.Write ? WritePermissions : ReadPermissions, _context, tags, child);
        grants.Add(key.Policy);
        return Connection.ToBucket(Endpoint, Region, BucketName, pathStyle: false, key.AccessKey, key.SecretKey);
    }

    private static IEnumerable<StorageInputs.BucketLifecycleRuleArgs> Rules(BucketArgs args, string region)
    {
        yield return new() { Id = "unfinished-uploads", Enabled = true, AbortIncompleteMultipartUploadDays = 7 };
        if (args.Versioning)
        {
            yield return new()
            {
                Id = "older-versions",
                Enabled = true,
                NoncurrentVersionExpiration = new StorageInputs.BucketLifecycleRuleNoncurrentVersionExpirationArgs { NoncurrentDays = args.KeepVersionsDays },
            };
        }

        foreach (var (rule, index) in args.Lifecycle.Select((rule, index) => (rule, index)))
        {
            var aging = new StorageInputs.BucketLifecycleRuleArgs { Id = string.Create(CultureInfo.InvariantCulture, $"aging-{index}"), Enabled = true, Prefix = rule.Prefix };
            var moves = rule.MoveAfterDays is not null && ClassOf(rule.MoveTo, region) is not null;
            if (moves) aging.Transitions.Add(new StorageInputs.BucketLifecycleRuleTransitionArgs { Days = rule.MoveAfterDays!.Value, StorageClass = ClassOf(rule.MoveTo, region)! });
            if (rule.DeleteAfterDays is { } delete) aging.Expiration = new StorageInputs.BucketLifecycleRuleExpirationArgs { Days = delete };
            if (moves || rule.DeleteAfterDays is not null) yield return aging;
        }
    }

    /// <summary>The storage class of a region; null where it has none.</summary>
    public static string? ClassOf(StorageClass storage, string region) => storage switch
    {
        StorageClass.Infrequent => ScalewayRegions.HasOneZoneStorage(region) ? "ONEZONE_IA" : null,
        StorageClass.Archive => ScalewayRegions.HasArchive(region) ? "GLACIER" : null,
        _ => throw new ArgumentOutOfRangeException(nameof(storage), storage, "not a class of storage"),
    };
}
