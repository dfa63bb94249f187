using Infra.Components.Connections;
using Infra.Components.Identities.Aws;
using Infra.Components.Relays;
using Infra.Components.Systems;
using Pulumi;
using Ec2 = Pulumi.Aws.Ec2;

namespace Infra.Components.Clouds.Aws;

/// <summary>Where something in the network listens.</summary>
/// <param name="Host">Its private name.</param>
/// <param name="Port">Its port.</param>
/// <param name="Group">The security group that guards it.</param>
/// <param name="SpeaksTls">Whether it encrypts by itself; otherwise a relay does.</param>
/// <param name="Addresses">How many addresses its name has at most.</param>
internal sealed record AwsEndpoint(Output<string> Host, int Port, Ec2.SecurityGroup Group, bool SpeaksTls, int Addresses);

/// <summary>What consumers on other clouds reach through the relay.</summary>
internal interface IAwsRelayedTarget : IAwsTarget
{
    /// <summary>Where the relay reaches it.</summary>
    AwsEndpoint Endpoint { get; }

    /// <summary>Gives a consumer on another cloud a login of its own where the target has logins, and says what it must know.</summary>
    /// <param name="foreign">The relay on behalf of the consumer; its group reaches the endpoint already.</param>
    /// <param name="link">The link.</param>
    /// <param name="relay">Where the consumer enters.</param>
    Connection Connect(AwsGrantee foreign, Link link, RelayEndpoint relay);
}
