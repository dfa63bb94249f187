using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds.Scaleway;

/// <summary>A stack's part on Scaleway.</summary>
/// <param name="cloud">The cloud.</param>
/// <param name="blueprint">The stack's blueprint.</param>
/// <param name="progress">What all clouds of the stack share.</param>
internal sealed class ScalewayContext(ICloud cloud, Blueprint blueprint, BuildProgress progress)
    : KubernetesContext(cloud, blueprint, ScalewayProvider.Create(blueprint), progress)
{
    /// <summary>The project of a plan that names none: an identifier of nobody (RFC 9562).</summary>
    public const string NoProject = "00000000-0000-0000-0000-000000000000";

    /// <summary>The addresses by which the network leaves; set once it stands.</summary>
    public IReadOnlyList<Output<string>> NetworkAddresses { get; set; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<Output<string>> EgressAddresses => NetworkAddresses;

    /// <summary>The region.</summary>
    public string Region => Blueprint.RegionOn(Cloud.Scaleway);

    /// <summary>The zones in which the stack stands, the first being that of everything that has one zone only.</summary>
    public IReadOnlyList<string> Zones => ScalewayRegions.Zones(Region);

    /// <summary>The project.</summary>
    public string ProjectId => Blueprint.Settings.Accounts.Scaleway?.ProjectId ?? NoProject;

    /// <summary>An identifier without its zone or region, as other systems know it.</summary>
    public static Output<string> Bare(Output<string> id) => id.Apply(text => text[(text.LastIndexOf('/') + 1)..]);
}
