using Infra.Components.Clouds;
using Pulumi;

namespace Infra.Components.Buckets;

/// <summary>A bucket built on a cloud.</summary>
internal abstract class PlacedBucket(PlacedComponentArgs placement) : PlacedComponent(placement), IBucket
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
