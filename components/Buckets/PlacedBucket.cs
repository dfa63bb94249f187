using Infra.Components.Clouds;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Buckets;

/// <summary>A bucket built on a cloud.</summary>
internal abstract class PlacedBucket(
    Cloud cloud,
    string name,
    Backing backing,
    string runsOn,
    ProviderResource provider,
    IReadOnlyDictionary<string, string> tags) : PlacedComponent(ComponentKind.Bucket, cloud, name, backing, runsOn, provider, tags), IBucket
{
    /// <inheritdoc/>
    [Output]
    public Output<string> BucketName { get; protected set; } = null!;

    /// <inheritdoc/>
    [Output]
    public Output<string> Endpoint { get; protected set; } = null!;

    /// <inheritdoc/>
    [Output]
    public Output<string> Region { get; protected set; } = null!;
}
