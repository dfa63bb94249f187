using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Buckets.Gcp;

/// <summary>Buckets on Google Cloud.</summary>
internal sealed class GcpBuckets() : Provision<Bucket, GcpContext>(BucketKind.Instance, new(Backing.Native, "Cloud Storage")), IUsesApis
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["storage"];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [new("access without keys", "Speaks the S3 protocol with a key per consumer.")];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Bucket component) => [RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override Reach ReachOf(Bucket component) => Reach.PublicApi;

    /// <inheritdoc/>
    protected override PlacedComponent Build(Bucket component, GcpContext context) =>
        new GcpBucket(component, context.Get<GcpRuntime>(), context);
}
