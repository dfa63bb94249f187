using Infra.Components.Connections;
using Infra.Components.Identities.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Aws;

/// <summary>What consumers on AWS can be linked to. What a link needs is created as the consumer's: a target never changes because one comes or goes.</summary>
internal interface IAwsTarget
{
    /// <summary>Gives a consumer what the link's intent needs, and says what it must know.</summary>
    Connection Connect(AwsConsumer consumer, Link link);
}
