using System.Text.Json.Nodes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Networks.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Ovh.Inputs;
using CloudProject = Pulumi.Ovh.CloudProject;
using Rules = Pulumi.Ovh.CloudProjectStorageObjectBucketLifecycleConfiguration;

namespace Infra.Components.Buckets.Ovh;

/// <summary>
/// A bucket of OVHcloud Object Storage. Every consumer has a user of its own with a key and a policy that opens this bucket for the link's
/// intent, and nothing else: a bucket admits nobody by itself. Its API is public and speaks TLS only.
/// </summary>
internal sealed class OvhBucket : PlacedBucket, ILinkTarget<KubernetesGrantee>
{
    private const int UnfinishedUploadDays = 7;

    private static readonly string[] ReadActions =
    [
        "s3:GetObject", "s3:ListBucket", "s3:ListMultipartUploadParts", "s3:ListBucketMultipartUploads", "s3:GetBucketLocation",
    ];

    private static readonly string[] WriteActions = [.. ReadActions, "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"];

    private readonly OvhContext _context;
    private readonly IReadOnlyList<Resource> _ways;

    /// <summary>Builds the bucket.</summary>
    public OvhBucket(Bucket bucket, OvhContext context)
        : base(context.Place(bucket))
    {
        _context = context;
        var (args, region) = (bucket.Args, context.Region);
        var created = new CloudProject.Storage(
            Name,
            new()
            {
                ServiceName = context.Project,
                RegionName = region.Storage,

                // Off could not come back once versions were kept; suspended can.
                Versioning = new CloudProject.Inputs.StorageVersioningArgs { Status = args.Versioning ? "enabled" : "suspended" },
                Encryption = new CloudProject.Inputs.StorageEncryptionArgs { SseAlgorithm = "AES256" },

                // Otherwise the list of all objects would lie in Pulumi's state.
                HideObjects = true,
            },
            Child(protect: context.Protect));
        _ = new Rules(
            $"{Name}-lifecycle",
            new()
            {
                ServiceName = context.Project,
                RegionName = region.Storage,
                ContainerName = created.Name,
                Rules = Aging(args).ToList(),
            },
            Child());

        // Where a network lets consumers out at all, they reach its public API like any other.
        _ways = KubernetesPrivateNetwork.LetsOut(context.Blueprint)
            ? []
            : NetworkAccess.LeaveTo(bucket, context, Tags, NetworkAccess.Internet(), 443);
        BucketName = created.Name;
        Region = Output.Create(region.Storage.ToLowerInvariant());
        Endpoint = Output.Create($"https://s3.{region.Storage.ToLowerInvariant()}.io.cloud.ovh.{(region.IsAmerican ? "us" : "net")}");
        RegisterOutputs();
    }

    /// <inheritdoc/>
    Endpoint? ILinkTarget<KubernetesGrantee>.Endpoint => null;

    /// <inheritdoc/>
    public void Admit(KubernetesGrantee grantee, string role) => grantee.Reach(Name, _ways);

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var name = grantee.GrantName(link);
        var user = new CloudProject.User(
            $"{name}-user",
            new() { ServiceName = _context.Project, Description = _context.Describe(name), RoleNames = ["objectstore_operator"] },
            grantee.Child().On(_context.Provider));
        var key = new CloudProject.S3Credential(
            $"{name}-key",
            new() { ServiceName = _context.Project, UserId = user.Id },
            grantee.Child().On(_context.Provider));
        var policy = new CloudProject.S3Policy(
            $"{name}-policy",
            new() { ServiceName = _context.Project, UserId = user.Id, Policy = BucketName.Apply(bucket => Policy(bucket, link.Intent)) },
            grantee.Child().On(_context.Provider));
        grantee.Grants.Add(policy);
        return BucketConnection.To(
            Endpoint,
            Region,
            BucketName,
            BucketConnection.RequiredChecksums,
            pathStyle: false,
            key.AccessKeyId,
            key.SecretAccessKey);
    }

    private static string[] ActionsOf(Intent intent) => intent == Intent.Write ? WriteActions : ReadActions;

    private static string Policy(string bucket, Intent intent) => new JsonObject
    {
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Sid"] = intent == Intent.Write ? "ReadAndWrite" : "Read",
            ["Effect"] = "Allow",
            ["Action"] = new JsonArray([.. ActionsOf(intent).Select(action => JsonValue.Create(action))]),
            ["Resource"] = new JsonArray($"arn:aws:s3:::{bucket}", $"arn:aws:s3:::{bucket}/*"),
        }),
    }.ToJsonString();

    private static IEnumerable<CloudProjectStorageObjectBucketLifecycleConfigurationRuleArgs> Aging(BucketArgs args)
    {
        // Also without versioning: where it was switched off, older versions are there still.
        yield return new()
        {
            Id = "older-versions",
            Status = "enabled",
            NoncurrentVersionExpiration = new CloudProjectStorageObjectBucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs
            {
                NoncurrentDays = args.KeepVersionsDays,
            },
        };

        foreach (var rule in args.Lifecycle)
        {
            var aging = new CloudProjectStorageObjectBucketLifecycleConfigurationRuleArgs
            {
                Id = rule.Prefix.Length == 0 ? "all" : $"prefix-{rule.Prefix}",
                Status = "enabled",
                Filter = new CloudProjectStorageObjectBucketLifecycleConfigurationRuleFilterArgs { Prefix = rule.Prefix },
            };
            if (rule.MoveAfterDays is { } move)
            {
                aging.Transitions =
                [
                    new CloudProjectStorageObjectBucketLifecycleConfigurationRuleTransitionArgs
                    {
                        Days = move,

                        // For the archive too: the provider knows no other class yet.
                        StorageClass = "STANDARD_IA",
                    },
                ];
            }

            if (rule.DeleteAfterDays is { } delete)
                aging.Expiration = new CloudProjectStorageObjectBucketLifecycleConfigurationRuleExpirationArgs { Days = delete };
            yield return aging;
        }

        yield return new()
        {
            Id = "unfinished-uploads",
            Status = "enabled",
            AbortIncompleteMultipartUpload = new CloudProjectStorageObjectBucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs
            {
                DaysAfterInitiation = UnfinishedUploadDays,
            },
        };
    }
}
