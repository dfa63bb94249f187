using Infra.Components.Checks;
using Infra.Components.Search.Kubernetes;

namespace Infra.Components.Search.Ovh;

/// <summary>
/// Search engines on OVHcloud: those of its cluster, on volumes of its block storage. It manages OpenSearch, too, but no public source says
/// which of its regions have it, and at which lines: those of several zones, where stacks stand by default, are named nowhere.
/// </summary>
internal sealed class OvhSearchEngines() : OwnClusterSearchEngines("OVHcloud", Encryption)
{
    private static readonly Rule Encryption = Rule.Notable("ovh-search-engine-encryption", "Indices are encrypted at rest");
}
