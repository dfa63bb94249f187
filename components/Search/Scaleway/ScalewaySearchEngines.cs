using Infra.Components.Checks;
using Infra.Components.Search.Kubernetes;

namespace Infra.Components.Search.Scaleway;

/// <summary>Search engines on Scaleway, which has none of its own: those of its cluster, on volumes of its block storage.</summary>
internal sealed class ScalewaySearchEngines() : OwnClusterSearchEngines("Scaleway", Encryption)
{
    private static readonly Rule Encryption = Rule.Notable("scaleway-search-engine-encryption", "Indices are encrypted at rest");
}
