using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;

namespace Infra.Components.Externals.Kubernetes;

/// <summary>
/// Where the network leads out, consumers reach every public address already, and no private one; where it does not, none. Each is let
/// out to exactly the addresses and port.
/// </summary>
internal sealed class KubernetesExternal(External external, KubernetesContext context)
    : PlacedExternal<KubernetesGrantee>(external, context)
{
    private readonly bool _isOpen = (context.Blueprint.Model.Find<PrivateNetwork>()?.Args.Egress ?? Egress.Shared) != Egress.None;

    /// <inheritdoc/>
    public override void Admit(KubernetesGrantee grantee, string role)
    {
        var closed = Args.Blocks.Where(block => !_isOpen || IsPrivate(block)).Select(block => NetworkAccess.Addresses(block.ToString()));
        if (closed.ToList() is { Count: > 0 } peers) grantee.Leave(role, peers, Args.Port);
    }
}
