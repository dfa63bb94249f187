using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Runtimes;
using Infra.Components.Search.Kubernetes;
using Infra.Components.Systems;

namespace Infra.Components.Search.Scaleway;

/// <summary>Search engines on Scaleway, which has none of its own: those of its cluster, on volumes of its block storage.</summary>
internal sealed class ScalewaySearchEngines : KubernetesSearchEngines
{
    private static readonly Rule Encryption = Rule.Notable("scaleway-search-engine-encryption", "Indices are encrypted at rest");

    private static readonly Gap AtRest = new("encryption at rest", "Nothing says that its volumes are encrypted at rest.")
    {
        Rule = Encryption,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [.. InEveryCluster, AtRest];

    /// <summary>None: the cluster is Scaleway's.</summary>
    public override IReadOnlyList<Type> Tweaks => [];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(SearchEngine component) =>
        [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(SearchEngine component, CloudChecks checks)
    {
        SearchBackup.Check(Unsaved, component, checks);
        VolumeEncryption.CheckOwn(AtRest, "Scaleway", component, "Leave what nobody may read out of what is indexed", checks);
    }
}
