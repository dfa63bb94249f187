using Infra.Components.Clouds.Kubernetes;
using Pulumi;

namespace Infra.Components.Addons.Kubernetes;

/// <summary>The add-ons of a cluster that this stack owns.</summary>
internal static class InstalledAddons
{
    /// <summary>What add-ons that this stack owns consist of, to depend on; nothing where another stack owns them.</summary>
    public static IEnumerable<Resource> Of(this ClusterContext cluster, params IEnumerable<Addon> addons) =>
        addons.SelectMany(addon => cluster.Installed.TryGetValue(addon.Name(), out var resources) ? resources : []);

    /// <summary>The cluster with one add-on more.</summary>
    public static ClusterContext With(this ClusterContext cluster, Addon addon, IReadOnlyList<Resource> resources) =>
        cluster with { Installed = new Dictionary<string, IReadOnlyList<Resource>>(cluster.Installed) { [addon.Name()] = resources } };
}
