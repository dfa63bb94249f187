using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Systems;

namespace Infra.Components.Search.Kubernetes;

/// <summary>
/// Search engines in a cluster: OpenSearch in a set of pods of this project's own. Its operator would make certificates, logins and jobs
/// that neither the namespace's policies nor its restricted pods know.
/// </summary>
internal class KubernetesSearchEngines()
    : Provision<SearchEngine, KubernetesContext>(SearchEngineKind.Instance, new(Backing.InCluster, "OpenSearch"))
{
    private static readonly Rule Backup = Rule.Notable("search-engine-backup", "A search engine is backed up");

    /// <summary>What is not backed up.</summary>
    protected static readonly Gap Unsaved = new("snapshots", "No snapshots are taken.") { Rule = Backup };

    /// <summary>What OpenSearch keeps differently in every cluster.</summary>
    protected static IReadOnlyList<Gap> InEveryCluster { get; } =
    [
        Unsaved,
        new("fewer servers", "The number of servers and their volumes can be raised only."),
        new("memory-mapped indices", "Files of indices are read rather than mapped into memory, which nodes would have to allow."),
        new("rotation of the administrator", "Its administrator keeps the password that it was made with."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [.. InEveryCluster, VolumeEncryption.Gap];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks { get; } = [typeof(KubernetesSearchEngineTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(SearchEngine component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(SearchEngine component, CloudChecks checks)
    {
        SearchBackup.Check(Unsaved, component, checks);
        VolumeEncryption.Check(component, checks);
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(SearchEngine component, KubernetesContext context) =>
        new KubernetesSearchEngine(component, context);
}
