using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Addons;

/// <summary>
/// The cluster-wide singletons that in-cluster implementations build on. Exactly one stack installs each; others declare them present.
/// </summary>
public enum Addon
{
    /// <summary>The Gateway API's resource definitions and a controller that serves them.</summary>
    GatewayController,

    /// <summary>cert-manager: issues and renews certificates.</summary>
    CertManager,

    /// <summary>The operator that runs databases.</summary>
    DatabaseOperator,

    /// <summary>The operator that runs an object store.</summary>
    ObjectStoreOperator,

    /// <summary>The operator that runs queues.</summary>
    QueueOperator,

    /// <summary>The operator that runs event streams.</summary>
    StreamOperator,

    /// <summary>external-dns' record definition; its controller writes records to the zone's DNS service.</summary>
    ExternalDns,
}

/// <summary>
/// A cluster-wide singleton. A system need not declare one: Kubernetes adds those that its components build on. The stack file says who
/// owns it (<c>infra:addons</c>): a stack's name; this stack by default.
/// </summary>
public sealed class ClusterAddon(string name, ClusterAddonArgs args) : Component<ClusterAddonArgs>(name, args)
{
    /// <inheritdoc/>
    public override ComponentKind Kind => ClusterAddonKind.Instance;
}

/// <summary>The arguments of a cluster-wide singleton.</summary>
public sealed record ClusterAddonArgs : Arguments
{
    /// <summary>Which one.</summary>
    public required Addon Addon { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions => [new("installs", Addon.Name())];
}

/// <summary>What every cloud gives for a cluster-wide singleton.</summary>
public interface IClusterAddon
{
    /// <summary>The installed version.</summary>
    Output<string> Version { get; }
}
