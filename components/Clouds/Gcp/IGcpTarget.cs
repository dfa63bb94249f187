using Infra.Components.Connections;
using Infra.Components.Identities.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Gcp;

/// <summary>Something on Google Cloud that consumers can be linked to.</summary>
internal interface IGcpTarget
{
    /// <summary>
    /// Gives a consumer what its intent needs, and nothing more. Whatever this creates belongs to the consumer: a target never changes
    /// because a consumer comes or goes.
    /// </summary>
    Connection Connect(GcpConsumer consumer, Link link);
}
