using Infra.Components.Clouds.Aws;
using Infra.Components.Networks;

namespace Infra.Components.Externals.Aws;

/// <summary>
/// Where the network leads out, groups of consumers do so already; where it does not, each is let out to exactly the addresses and port, to
/// which a peering or a VPN leads.
/// </summary>
internal sealed class AwsExternal(External external, AwsContext context) : PlacedExternal<AwsGrantee>(external, context)
{
    private readonly bool _isOpen = (context.Blueprint.Model.Find<PrivateNetwork>()?.Args.Egress ?? Egress.Shared) != Egress.None;

    /// <inheritdoc/>
    public override void Admit(AwsGrantee grantee, string role)
    {
        if (!_isOpen) grantee.Leave(role, Name, Args.Addresses, Args.Port);
    }
}
