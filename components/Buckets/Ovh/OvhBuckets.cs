using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Ovh;

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
    private static readonly Gap ArchiveClass = new("archive class", "An archive class in regions of several zones only.")
    {
        Rule = Archive,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [Cors, ArchiveClass];

    /// <inheritdoc/>
    protected override void Check(Bucket bucket, CloudChecks checks)
    {
        var (region, guard) = (OvhPlace.Of(checks), checks.Guard(bucket, Accepted));
        foreach (var rule in bucket.Args.Lifecycle)
        {
            guard.Require(
                rule.Prefix.Length <= LongestPrefix,
                "Lifecycle.Prefix",
                string.Create(CultureInfo.InvariantCulture, $"{rule.Prefix.Length} characters"),
                string.Create(CultureInfo.InvariantCulture, $"{LongestPrefix} characters at most: the rule's identifier holds it"));
            if (rule is { MoveAfterDays: not null, MoveTo: StorageClass.Archive } && !OvhBucket.HasArchive(region))
            {
                checks.Lacks(
                    ArchiveClass,
                    bucket,
                    $"The rule for '{rule.Prefix}' moves objects to the archive, which {region.Code} does not have: they move to "
                    + "infrequent access.",
                    $"Change infra:location to a region that has it, {OvhRegions.Where(OvhBucket.HasArchive)}");
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
    protected override PlacedComponent Build(Bucket bucket, OvhContext context) => new OvhBucket(bucket, context);
}
