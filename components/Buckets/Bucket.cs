using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Buckets;

/// <summary>A private bucket of an object store that speaks the S3 protocol.</summary>
public sealed class Bucket(string name, BucketArgs? args = null) : Component<BucketArgs>(name, args ?? new())
{
    /// <inheritdoc/>
    public override ComponentKind Kind => BucketKind.Instance;
}

/// <summary>A class of storage: the rarer the access, the cheaper the byte and the dearer the read.</summary>
public enum StorageClass
{
    /// <summary>Read about once a month; answered at once.</summary>
    Infrequent,

    /// <summary>Read about once a year; answered after minutes to hours.</summary>
    Archive,
}

/// <summary>What happens to objects as they age.</summary>
public sealed record LifecycleRule
{
    /// <summary>The objects whose keys start so. Default: all.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>
    /// After how many days they move to <see cref="MoveTo"/>, at least 30 (the least of S3's infrequent access); null for never.
    /// </summary>
    public int? MoveAfterDays { get; init; }

    /// <summary>Where they move. Default: infrequent access.</summary>
    public StorageClass MoveTo { get; init; } = StorageClass.Infrequent;

    /// <summary>After how many days they are deleted, at least 1; null for never.</summary>
    public int? DeleteAfterDays { get; init; }
}

/// <summary>The arguments of a bucket.</summary>
public sealed partial record BucketArgs : Arguments
{
    /// <summary>
    /// Whether overwritten and deleted objects are kept as older versions. Default: true. Switched off later, no new ones are kept, and
    /// those that are there go when they are old enough.
    /// </summary>
    public bool Versioning { get; init; } = true;

    /// <summary>After how many days older versions are deleted, 1 to 3650. Default: 30.</summary>
    public int KeepVersionsDays { get; init; } = 30;

    /// <summary>What happens to objects as they age. Default: nothing.</summary>
    public IReadOnlyList<LifecycleRule> Lifecycle { get; init; } = [];

    /// <summary>
    /// The origins of web pages that may read and upload directly, such as <c>https://www.example.org</c>. Default: none.
    /// </summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        Decision.Promise("versioning", Versioning),
        new("older versions", Versioning ? Decision.Counted(KeepVersionsDays, "days") : "none"),
        new("lifecycle", Decision.Counted(Lifecycle.Count, "rules")),
    ];

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        guard.InRange(nameof(KeepVersionsDays), KeepVersionsDays, 1, 3650, "days");
        foreach (var origin in CorsOrigins)
            guard.Matches(nameof(CorsOrigins), origin, Origin(), "origins such as https://www.example.org, without a path");
        foreach (var rule in Lifecycle)
        {
            guard.Require(
                rule.MoveAfterDays is not null || rule.DeleteAfterDays is not null,
                nameof(Lifecycle),
                $"a rule for '{rule.Prefix}' that does nothing",
                "rules with MoveAfterDays, DeleteAfterDays or both");
            if (rule.MoveAfterDays is { } move) guard.InRange("Lifecycle.MoveAfterDays", move, 30, 3650, "days");
            if (rule.DeleteAfterDays is { } delete) guard.InRange("Lifecycle.DeleteAfterDays", delete, 1, 36500, "days");
            guard.Require(
                rule.MoveAfterDays is null || rule.DeleteAfterDays is null || rule.DeleteAfterDays > rule.MoveAfterDays,
                "Lifecycle.DeleteAfterDays",
                rule.DeleteAfterDays,
                $"more than Lifecycle.MoveAfterDays, which is {rule.MoveAfterDays}");
        }

        foreach (var twice in Lifecycle.GroupBy(rule => rule.Prefix).Where(group => group.Count() > 1))
            guard.Refuse(nameof(Lifecycle), $"two rules for '{twice.Key}'", "one rule for a prefix", "Merge them");
    }

    [GeneratedRegex(@"^https?://[a-z0-9.-]+(:\d+)?\z")]
    private static partial Regex Origin();
}

/// <summary>What every cloud gives for a bucket.</summary>
public interface IBucket
{
    /// <summary>The bucket's name.</summary>
    Output<string> BucketName { get; }

    /// <summary>The url of the store's API.</summary>
    Output<string> Endpoint { get; }

    /// <summary>The region to sign for.</summary>
    Output<string> Region { get; }
}
