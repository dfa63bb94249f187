using Infra.Components.Systems;

namespace Infra.Components.Networks;

/// <summary>The network that everything else stands in. A system that declares none gets the defaults.</summary>
public sealed class PrivateNetworkKind : ComponentKind
{
    private PrivateNetworkKind()
        : base("PrivateNetwork", BuildStage.Foundation)
    {
    }

    /// <summary>The kind.</summary>
    public static PrivateNetworkKind Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsSingle => true;

    /// <inheritdoc/>
    public override Component? Default => new PrivateNetwork("network");

    /// <inheritdoc/>
    public override string? Lasts => "the addresses by which it leaves, which others may have admitted";
}
