using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.Search.Kubernetes;

/// <summary>Search engines in a cluster that a cloud makes, on volumes of its block storage.</summary>
/// <param name="cloud">The cloud, as it calls itself.</param>
/// <param name="encryption">The cloud's rule that indices are encrypted at rest, of which it says nothing.</param>
internal abstract class OwnClusterSearchEngines(string cloud, Rule encryption) : KubernetesSearchEngines
{
    private readonly Gap _atRest = VolumeEncryption.OfOwn(encryption);

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [.. InEveryCluster, _atRest];

    /// <summary>None: the cluster is the cloud's.</summary>
    public override IReadOnlyList<Type> Tweaks => [];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(SearchEngine component) =>
        [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(SearchEngine component, CloudChecks checks)
    {
        SearchBackup.Check(Unsaved, component, checks);
        VolumeEncryption.CheckOwn(_atRest, cloud, component, "Leave what nobody may read out of what is indexed", checks);
    }
}
