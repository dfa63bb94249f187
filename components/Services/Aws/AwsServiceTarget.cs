using System.Globalization;
using Infra.Components.Clouds.Aws;
using Infra.Components.Connections;
using Infra.Components.Identities.Aws;
using Infra.Components.Relays;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Services.Aws;

/// <summary>A service as others call it: by a private name and a security group that exist before the service does, so calls may go in circles.</summary>
/// <param name="service">The service, which listens.</param>
/// <param name="identity">Who it is to AWS.</param>
/// <param name="context">The stack.</param>
internal sealed class AwsServiceTarget(ContainerService service, AwsServiceIdentity identity, AwsContext context) : IAwsRelayedTarget
{
    // AWS documentation: Cloud Map answers a multivalue query with up to eight healthy instances.
    private const int MostAnswers = 8;

    /// <inheritdoc/>
    public AwsEndpoint Endpoint { get; } =
        new(Output.Create(AwsRuntime.HostOf(service.Name, context)), service.Args.Port!.Value, identity.Group, SpeaksTls: false, MostAnswers);

    /// <inheritdoc/>
    public Connection Connect(AwsConsumer consumer, Link link)
    {
        consumer.Reach(link, Endpoint.Group.Id, Endpoint.Port);
        return Connection.ToService(AwsRuntime.HostOf(service.Name, context), Endpoint.Port);
    }

    /// <inheritdoc/>
    public Connection Connect(AwsGrantee foreign, Link link, RelayEndpoint relay) =>
        Connection.ToForeignService(relay.Address, Output.Create(relay.Port.ToString(CultureInfo.InvariantCulture)), relay.CertificateAuthority);
}
