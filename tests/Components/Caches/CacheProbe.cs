using Infra.Components.Caches;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Caches;

internal sealed class CacheProbe : StoreProbe
{
    public override ComponentKind Kind => CacheKind.Instance;

    public override Component Create(Model model, string name) => new Cache(name);

    public override IReadOnlyDictionary<Cloud, StoreEvidence> Evidence { get; } = new Dictionary<Cloud, StoreEvidence>
    {
        [Cloud.Aws] = new("aws:elasticache/replicationGroup:ReplicationGroup")
        {
            IsEncryptedAtRest = store => store.Has("atRestEncryptionEnabled"),
            RefusesPlainText = store => store.Holder.Input("transitEncryptionMode") == "required",
        },
        // Google Cloud encrypts everything at rest and offers no switch.
        [Cloud.Gcp] = new("gcp:redis/instance:Instance")
        {
            IsEncryptedAtRest = _ => true,
            RefusesPlainText = store => store.Holder.Input("transitEncryptionMode") == "SERVER_AUTHENTICATION",
        },
        [Cloud.Scaleway] = new("scaleway:redis/cluster:Cluster")
        {
            IsEncryptedAtRest = _ => false,
            RefusesPlainText = store => store.Has("tlsEnabled"),
        },
        // Encrypted without a switch, and never without TLS (OVHcloud documentation: security overview of Public Cloud Databases).
        [Cloud.Ovh] = new("ovh:CloudProject/database:Database") { IsEncryptedAtRest = _ => true, RefusesPlainText = _ => true },
        [Cloud.Kubernetes] = new("kubernetes:helm.sh/v3:Release")
        {
            IsEncryptedAtRest = store => !store.Rules.Contains("storage-encryption"),
            RefusesPlainText = store => store.Has("values.tls.enabled"),
        },
    };
}
