using Infra.Components.Systems;

namespace Infra.Components.Runtimes.Scaleway;

/// <summary>
/// What the cluster on Scaleway is to be like. No system declares the cluster itself: the tweak belongs to the private network.
/// </summary>
public sealed record ScalewayRuntimeTweak() : Tweak(Cloud.Scaleway)
{
    /// <summary>
    /// The type of x86-64 nodes, such as <c>POP2-4C-16G</c> for processors that are shared with nobody. Default: null, the smallest that
    /// fits. Another type replaces the nodes, new ones first.
    /// </summary>
    public string? NodeType { get; init; }

    /// <summary>
    /// The control plane: <c>kapsule</c>, shared and without a service level, or <c>kapsule-dedicated-4</c>, <c>-8</c> or <c>-16</c>,
    /// which commit to 30 days. Default: null, the smallest dedicated one in production and the shared one elsewhere.
    /// </summary>
    public string? ControlPlane { get; init; }
}
