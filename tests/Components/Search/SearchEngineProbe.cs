using Infra.Components.Search;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Search;

internal sealed class SearchEngineProbe : StoreProbe
{
    // A store's volumes are as encrypted as their storage class; who cannot tell says so.
    private static readonly StoreEvidence InCluster = new("kubernetes:core/v1:PersistentVolumeClaim")
    {
        IsEncryptedAtRest = store => !store.Rules.Any(rule => rule.EndsWith("-encryption", StringComparison.Ordinal)),
        RefusesPlainText = store => store.Resources.Any(resource =>
            resource.Inputs.ToString().Contains("plugins.security.ssl.http.enabled: true", StringComparison.Ordinal)),
    };

    public override ComponentKind Kind => SearchEngineKind.Instance;

    public override IReadOnlyDictionary<Cloud, StoreEvidence> Evidence { get; } = new Dictionary<Cloud, StoreEvidence>
    {
        [Cloud.Aws] = new("aws:opensearch/domain:Domain")
        {
            IsEncryptedAtRest = store => store.Has("encryptAtRest.enabled"),
            RefusesPlainText = store => store.Has("domainEndpointOptions.enforceHttps"),
        },
        // Google Cloud encrypts every disk and offers no switch.
        [Cloud.Gcp] = new("gcp:compute/disk:Disk")
        {
            IsEncryptedAtRest = _ => true,
            RefusesPlainText = store => store.Resources.Any(resource =>
                resource.Input("metadataStartupScript")?.Contains("ssl.http.enabled: true", StringComparison.Ordinal) == true),
        },
        [Cloud.Scaleway] = InCluster,
        [Cloud.Ovh] = InCluster,
        [Cloud.Kubernetes] = InCluster,
    };

    public override IReadOnlyDictionary<string, object> OtherValues { get; } = new Dictionary<string, object> { ["Version"] = "3" };

    public override Component Create(Model model, string name) => new SearchEngine(name);
}
