using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Systems;

namespace Infra.Components.Buckets.Scaleway;

/// <summary>Buckets on Scaleway.</summary>
internal sealed class ScalewayBuckets()
    : Provision<Bucket, ScalewayContext>(BucketKind.Instance, new(Backing.Native, "Scaleway Object Storage"))
{
    private static readonly Rule Lifecycle = Rule.Warning(
        "scaleway-bucket-lifecycle",
        "Objects move to classes of storage that the region has");
    private static readonly Rule SingleZone = Rule.Notable(
        "scaleway-bucket-single-zone",
        "Objects are kept in several zones, also when they are old");
    private static readonly Rule Transport = Rule.Info("scaleway-bucket-transport", "Buckets refuse plain HTTP");
    private static readonly Rule Access = Rule.Notable("scaleway-bucket-access", "A key opens one bucket");

    private static readonly Gap KeyPerBucket = new(
        "key per bucket",
        "IAM grants access per project: a consumer's key opens every bucket of the project, to read or to write. Give sensitive data a "
        + "project of its own.")
    {
        Rule = Access,
    };

    private static readonly Gap PlainText = new("refuses plain text", "Plain HTTP is not refused; consumers are given the HTTPS endpoint.")
    {
        Rule = Transport,
    };

    private static readonly Gap CheaperClass = new("cheaper storage class", "Infrequent access exists in Paris only, in a single zone.")
    {
        Rule = Lifecycle,
    };

    private static readonly Gap ArchiveClass = new("archive class", "Warsaw has no archive.") { Rule = Lifecycle };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [KeyPerBucket, PlainText, CheaperClass, ArchiveClass];

    /// <inheritdoc/>
    protected override void Check(Bucket bucket, CloudChecks checks)
    {
        foreach (var rule in bucket.Args.Lifecycle.Where(rule => rule.MoveAfterDays is not null))
        {
            var storage = ScalewayBucket.ClassOf(rule.MoveTo, checks.Region);
            if (storage is null)
            {
                checks.Lacks(
                    rule.MoveTo == StorageClass.Archive ? ArchiveClass : CheaperClass,
                    bucket,
                    $"The rule for '{rule.Prefix}' moves objects to {rule.MoveTo} storage, which {checks.Region} lacks: they stay.",
                    "Remove MoveAfterDays to accept that");
            }
            else if (storage == ScalewayBucket.OneZoneClass)
            {
                checks.Report(
                    SingleZone,
                    bucket,
                    $"The rule for '{rule.Prefix}' moves objects to storage in a single zone: Scaleway's class for infrequent access is "
                    + "lost with its zone. Move them to the archive, or remove MoveAfterDays, to keep them in several.");
            }
        }

        checks.Report(
            Transport,
            bucket,
            "Consumers are given the HTTPS endpoint. Only a bucket policy could refuse plain HTTP, and this one has none: a policy also "
            + "takes away every access that it does not name.");

        var others = checks.On<Bucket>().Where(other => other != bucket).Select(other => other.Name).ToList();
        if (others.Count > 0 && bucket.Args.DataClass is DataClass.Confidential or DataClass.Personal && checks.LinksTo(bucket).Any())
        {
            checks.Report(
                Access,
                bucket,
                $"Keys open every bucket of the project, and the project also holds {string.Join(", ", others)}: their consumers can open "
                + $"this one. Give '{bucket.Name}' a stack with a project of its own to separate them.");
        }
    }

    /// <inheritdoc/>
    protected override Reach ReachOf(Bucket bucket) => Reach.PublicApi;

    /// <inheritdoc/>
    protected override PlacedComponent Build(Bucket bucket, ScalewayContext context) => new ScalewayBucket(bucket, context);
}
