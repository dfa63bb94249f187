using Infra.Components.Systems;

namespace Infra.Components.LoadBalancers;

/// <summary>Where traffic from outside enters.</summary>
public sealed class LoadBalancerKind : ComponentKind
{
    private LoadBalancerKind()
        : base("LoadBalancer", BuildStage.Edge)
    {
    }

    /// <summary>The kind.</summary>
    public static LoadBalancerKind Instance { get; } = new();

    /// <inheritdoc/>
    public override string? Lasts => "its address, which DNS records of others may point at";
}
