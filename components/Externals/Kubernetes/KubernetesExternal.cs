using Infra.Components.Clouds.Kubernetes;

namespace Infra.Components.Externals.Kubernetes;

/// <summary>
/// Where the network leads out, consumers reach every public address already, and no private one; where it does not, none. Each is let
/// out to exactly the addresses and port.
/// </summary>
internal sealed class KubernetesExternal(External external, KubernetesContext context)
    : PlacedExternal<KubernetesGrantee>(external, context)
{
    /// <inheritdoc/>
    public override void Admit(KubernetesGrantee grantee, string role)
    {
        var closed = Args.Blocks.Where(block => !LeadsOut || ExternalArgs.IsPrivate(block)).ToList();
        if (closed.Count > 0) grantee.Leave(role, closed.Select(block => NetworkAccess.Addresses(block.ToString())), Args.Port);
    }
}
