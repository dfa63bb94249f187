using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;
using Storage = Pulumi.Gcp.Storage;

namespace Infra.Components.Buckets.Gcp;

/// <summary>
/// A bucket of Cloud Storage. Consumers speak the S3 protocol with a key of their own: Cloud Storage accepts a service account's own
/// credentials only over its own protocol.
/// </summary>
internal sealed class GcpBucket : PlacedBucket, ILinkTarget<GcpGrantee>
{
    private const int SoftDeleteDays = 7;

    // Parts of uploads that were never completed are invisible and billed.
    private const int AbortUploadDays = 7;

    /// <summary>Builds the bucket.</summary>
    public GcpBucket(Bucket bucket, GcpRuntime runtime, GcpContext context)
        : base(context.Place(bucket))
    {
        var args = bucket.Args;
        var created = new Storage.Bucket(bucket.Name, new()
        {
            Project = context.Project,
            Location = context.Region,
            StorageClass = "STANDARD",
            UniformBucketLevelAccess = true,
            PublicAccessPrevention = "enforced",
            Versioning = new Storage.Inputs.BucketVersioningArgs { Enabled = args.Versioning },
            // Brings back what a deletion, even of old versions, took; billed like any object, so in production only.
            SoftDeletePolicy = new Storage.Inputs.BucketSoftDeletePolicyArgs
            {
                RetentionDurationSeconds = context.IsProduction ? SoftDeleteDays * 86400 : 0,
            },
            LifecycleRules = Rules(args),
            Cors = Origins(args),
            ForceDestroy = !IsProtected,
            DeletionPolicy = context.DeletionPolicy,
            Labels = Tags.Input(),
        }, Child(protect: context.Protect, dependsOn: runtime.Apis(Kind)));

        BucketName = created.Name;
        Endpoint = Output.Create("https://storage.googleapis.com");
        Region = Output.Create("auto");
        RegisterOutputs();
    }

    /// <summary>Its API is public: a key is all that is needed.</summary>
    Endpoint? ILinkTarget<GcpGrantee>.Endpoint => null;

    /// <inheritdoc/>
    public void Admit(GcpGrantee grantee, string role)
    {
    }

    /// <inheritdoc/>
    public Connection Connect(GcpGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        grantee.Awaits(new Storage.BucketIAMMember($"{link.NameOn(Cloud)}-access", new()
        {
            Bucket = BucketName,
            Role = link.Intent == Intent.Write ? "roles/storage.objectUser" : "roles/storage.objectViewer",
            Member = grantee.Member,
        }, grantee.Child()));
        var key = grantee.AccessKey();
        return BucketConnection.To(
            Endpoint,
            Region,
            BucketName,
            BucketConnection.RequiredChecksums,
            pathStyle: true,
            key.AccessId,
            key.Secret);
    }

    private static List<Storage.Inputs.BucketLifecycleRuleArgs> Rules(BucketArgs args)
    {
        // Also without versioning: where it was switched off, older versions are there still.
        List<Storage.Inputs.BucketLifecycleRuleArgs> rules =
        [
            Rule("AbortIncompleteMultipartUpload", new() { Age = AbortUploadDays }),
            Rule("Delete", new() { DaysSinceNoncurrentTime = args.KeepVersionsDays }),
        ];
        foreach (var rule in args.Lifecycle)
        {
            if (rule.MoveAfterDays is { } move)
                rules.Add(Rule("SetStorageClass", Living(rule, move), rule.MoveTo == StorageClass.Archive ? "ARCHIVE" : "NEARLINE"));
            if (rule.DeleteAfterDays is { } delete) rules.Add(Rule("Delete", Living(rule, delete)));
        }

        return rules;
    }

    // Older versions have a rule of their own: without a state, the age of an object would count for them too.
    private static Storage.Inputs.BucketLifecycleRuleConditionArgs Living(LifecycleRule rule, int days)
    {
        var condition = new Storage.Inputs.BucketLifecycleRuleConditionArgs { Age = days, WithState = "LIVE" };
        if (rule.Prefix.Length > 0) condition.MatchesPrefixes.Add(rule.Prefix);
        return condition;
    }

    private static Storage.Inputs.BucketLifecycleRuleArgs Rule(
        string type,
        Storage.Inputs.BucketLifecycleRuleConditionArgs condition,
        string? storageClass = null)
    {
        var action = new Storage.Inputs.BucketLifecycleRuleActionArgs { Type = type };
        if (storageClass is not null) action.StorageClass = storageClass;
        return new() { Action = action, Condition = condition };
    }

    private static List<Storage.Inputs.BucketCorArgs> Origins(BucketArgs args) => args.CorsOrigins.Count == 0
        ? []
        :
        [
            new()
            {
                Origins = args.CorsOrigins.ToList(),
                Methods = { "GET", "HEAD", "PUT", "POST" },
                ResponseHeaders = { "Content-Type", "ETag", "x-goog-resumable" },
                MaxAgeSeconds = 3600,
            },
        ];
}
