using Infra.Components.Systems;

namespace Infra.Components.Buckets;

/// <summary>A bucket of an object store.</summary>
public sealed class BucketKind : ComponentKind
{
    private BucketKind()
        : base("Bucket", BuildStage.Store)
    {
    }

    /// <summary>The kind.</summary>
    public static BucketKind Instance { get; } = new();

    /// <inheritdoc/>
    public override string? Lasts => "the objects";

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionKey> ConnectionKeys { get; } =
    [
        new("ENDPOINT", "The url of the store's API."),
        new("HOST", "The same without its scheme, as some clients want it."),
        new("CA", "The certificates that sign the server's, as PEM; empty where a public authority does."),
        new("REGION", "The region to sign for."),
        new("NAME", "The bucket's name."),
        new("PROTOCOL", "`s3`."),
        new("PATH_STYLE", "`true` or `false`: whether the bucket's name goes into the path instead of the host.")
        {
            Words = ["true", "false"],
        },
        new(
            "CHECKSUMS",
            "`WHEN_SUPPORTED` or `WHEN_REQUIRED`: what clients of AWS want to hear in `AWS_REQUEST_CHECKSUM_CALCULATION` and "
            + "`AWS_RESPONSE_CHECKSUM_VALIDATION`, because other stores may refuse the checksums that they send unasked.")
        {
            Words = [BucketConnection.EveryChecksum, BucketConnection.RequiredChecksums],
        },
        new("CREDENTIALS", "`identity` or `keys`: whether the consumer's identity gives access, or the key below.")
        {
            Words = ["identity", "keys"],
        },
        new("ACCESS_KEY_ID", "The consumer's access key; empty where its identity gives access without one."),
        new("SECRET_ACCESS_KEY", "The secret of that key; empty where its identity gives access without one.", IsSecret: true),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Intent> IntentsOn(Component component) => [Intent.Read, Intent.Write];

    /// <inheritdoc/>
    internal override IReadOnlyList<MoveWay> WaysFromOutside(Component component) => [BucketMover.CopyFromOutside];

    /// <inheritdoc/>
    internal override IReadOnlyList<MoveWay> WaysToMove(Component component, Cloud from, Cloud to) => [BucketMover.Copy];

    /// <inheritdoc/>
    internal override IEnumerable<Implied> Moves(Move move) => BucketMover.Of(move);

    /// <inheritdoc/>
    public override Reach ReachOf(Component component) => Reach.Relay;
}
