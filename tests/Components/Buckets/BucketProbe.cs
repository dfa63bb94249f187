using Infra.Components.Buckets;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Buckets;

internal sealed class BucketProbe : StoreProbe
{
    public override ComponentKind Kind => BucketKind.Instance;

    public override Component Create(Model model, string name) => new Bucket(name);

    public override IReadOnlyDictionary<string, object> OtherValues => new Dictionary<string, object>
    {
        ["Lifecycle"] = (IReadOnlyList<LifecycleRule>)[new LifecycleRule { Prefix = "logs/", DeleteAfterDays = 90 }],
        ["CorsOrigins"] = (IReadOnlyList<string>)["https://shop.example"],
    };

    public override IReadOnlyDictionary<Cloud, StoreEvidence> Evidence { get; } = new Dictionary<Cloud, StoreEvidence>
    {
        [Cloud.Aws] = new("aws:s3/bucket:Bucket")
        {
            // S3 encrypts everything that is written to it, and offers no switch (Amazon S3 documentation: default encryption FAQ).
            IsEncryptedAtRest = _ => true,
            RefusesPlainText = store => store.Resources.Any(resource =>
                resource.TypeName == "BucketPolicy" && resource.Input("policy")!.Contains("aws:SecureTransport", StringComparison.Ordinal)),
        },
        // Google Cloud encrypts everything at rest and offers no switch; keys that travel in signatures only are no secret on the way.
        [Cloud.Gcp] = new("gcp:storage/bucket:Bucket") { IsEncryptedAtRest = _ => true, RefusesPlainText = HasAnHttpsEndpoint },
        [Cloud.Scaleway] = new("scaleway:object/bucket:Bucket")
        {
            IsEncryptedAtRest = HasEncryptionOfItsOwn,
            RefusesPlainText = _ => false,
        },
        // Consumers are given an endpoint that has nothing else.
        [Cloud.Ovh] = new("ovh:CloudProject/storage:Storage")
        {
            IsEncryptedAtRest = store => store.Holder.Input("encryption.sseAlgorithm") == "AES256",
            RefusesPlainText = HasAnHttpsEndpoint,
        },
        [Cloud.Kubernetes] = new("kubernetes:seaweed.seaweedfs.com/v1:Bucket")
        {
            IsEncryptedAtRest = store => !store.Rules.Contains("storage-encryption"),
            RefusesPlainText = HasAnHttpsEndpoint,
        },
    };

    private static bool HasEncryptionOfItsOwn(PlannedStore store) =>
        store.Has("BucketServerSideEncryptionConfiguration", "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm", "AES256");

    private static bool HasAnHttpsEndpoint(PlannedStore store) =>
        store.Outputs.At("endpoint")!.StartsWith("https://", StringComparison.Ordinal);
}
