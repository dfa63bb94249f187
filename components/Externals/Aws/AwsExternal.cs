using Infra.Components.Clouds.Aws;

namespace Infra.Components.Externals.Aws;

/// <summary>
/// Where the network leads out, groups of consumers do so already; where it does not, each is let out to exactly the addresses and port, to
/// which a peering or a VPN leads.
/// </summary>
internal sealed class AwsExternal(External external, AwsContext context) : PlacedExternal<AwsGrantee>(external, context)
{
    /// <inheritdoc/>
    public override void Admit(AwsGrantee grantee, string role)
    {
        if (!LeadsOut) grantee.Leave(role, Name, Args.Addresses, Args.Port);
    }
}
