using Infra.Components.Clouds.Gcp;

namespace Infra.Components.Externals.Gcp;

/// <summary>The network denies its consumers nothing but its own block, in which nothing external lies.</summary>
internal sealed class GcpExternal(External external, GcpContext context) : PlacedExternal<GcpGrantee>(external, context)
{
    /// <inheritdoc/>
    public override void Admit(GcpGrantee grantee, string role)
    {
    }
}
