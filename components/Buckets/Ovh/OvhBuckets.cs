using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Systems;
using System.Globalization;

namespace Infra.Components.Buckets.Ovh;

/// <summary>Buckets on OVHcloud.</summary>
internal sealed class OvhBuckets() : Provision<Bucket, OvhContext>(BucketKind.Instance, new(Backing.Native, "OVHcloud Object Storage"))
{
    // The rule's identifier holds it, behind a word of ours.
    private const int LongestPrefix = 240;

    private static readonly Rule Accepted = Rule.Error("ovh-bucket-arguments", "OVHcloud accepts the bucket's arguments");
    private static readonly Rule Origins = Rule.Warning(
        "ovh-bucket-cors-origins",
        "Browsers of the origins that a bucket names may use it");
    private static readonly Rule Archive = Rule.Warning("ovh-bucket-archive", "The archive exists where objects move to it");

    private static readonly Gap Cors = new("cors", "CORS is set by the S3 API, not here.") { Rule = Origins };

    // Its rules of lifecycle take the classes STANDARD and STANDARD_IA alone up to terraform-provider-ovh 2.18.0; Pulumi.Ovh 2.13.0 holds
    // 2.12.0.
    private static readonly Gap ArchiveClass = new(
        "archive class",
        "No archive before a version of Pulumi.Ovh that holds terraform-provider-ovh 2.19.0: objects move to infrequent access instead.")
    {
        Rule = Archive,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [Cors, ArchiveClass];

    /// <inheritdoc/>
    protected override void Check(Bucket bucket, CloudChecks checks)
    {
        var guard = checks.Guard(bucket, Accepted);
        foreach (var rule in bucket.Args.Lifecycle)
        {
            guard.Require(
                rule.Prefix.Length <= LongestPrefix,
                "Lifecycle.Prefix",
                string.Create(CultureInfo.InvariantCulture, $"{rule.Prefix.Length} characters"),
                string.Create(CultureInfo.InvariantCulture, $"{LongestPrefix} characters at most: the rule's identifier holds it"));
            if (rule is { MoveAfterDays: not null, MoveTo: StorageClass.Archive })
            {
                checks.Lacks(
                    ArchiveClass,
                    bucket,
                    $"The rule for '{rule.Prefix}' moves objects to Archive, and OVHcloud's provider refuses that class; allowed: "
                    + "Infrequent, to which they move.",
                    "Set MoveTo to Infrequent");
            }
        }

        if (bucket.Args.CorsOrigins.Count > 0)
        {
            checks.Lacks(
                Cors,
                bucket,
                $"CorsOrigins is {string.Join(", ", bucket.Args.CorsOrigins)}, and OVHcloud's provider cannot set it: browsers may not "
                + $"upload to '{bucket.Name}' directly.",
                "Pass uploads through a service, set CORS once with an S3 client");
        }
    }

    /// <inheritdoc/>
    protected override Reach ReachOf(Bucket bucket) => Reach.PublicApi;

    /// <inheritdoc/>
    protected override PlacedComponent Build(Bucket bucket, OvhContext context) => new OvhBucket(bucket, context);
}
