using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds.Ovh;

/// <summary>A stack's part on OVHcloud.</summary>
/// <param name="cloud">The cloud.</param>
/// <param name="blueprint">The stack's blueprint.</param>
/// <param name="progress">What all clouds of the stack share.</param>
internal sealed class OvhContext(ICloud cloud, Blueprint blueprint, BuildProgress progress)
    : KubernetesContext(cloud, blueprint, OvhProvider.Create(blueprint), progress)
{
    // A hypothetical plan may have no project; this one belongs to nobody.
    private const string NoProject = "00000000000000000000000000000000";

    /// <summary>The addresses by which the network leaves; set once it stands.</summary>
    public IReadOnlyList<Output<string>> NetworkAddresses { get; set; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<Output<string>> EgressAddresses => NetworkAddresses;

    /// <summary>The project, which every resource names: the provider knows none.</summary>
    public string Project => Blueprint.Settings.Accounts.Ovh?.ProjectId ?? NoProject;

    /// <summary>The region.</summary>
    public OvhRegion Region => OvhRegions.Find(Blueprint.RegionOn(Cloud.Ovh))!;

    /// <summary>What a resource is described with: OVHcloud has no tags.</summary>
    public string Describe(string component) => $"{Stack} {component}";
}
