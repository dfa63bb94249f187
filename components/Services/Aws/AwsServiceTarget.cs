using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Identities.Aws;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Aws;
using Pulumi;

namespace Infra.Components.Services.Aws;

/// <summary>
/// A service as others call it: by a private name and a security group that exist before the service does, so calls may go in circles.
/// </summary>
/// <param name="service">The service, which listens.</param>
/// <param name="identity">Who it is to AWS.</param>
/// <param name="context">The stack.</param>
internal sealed class AwsServiceTarget(ContainerService service, AwsServiceIdentity identity, AwsContext context) : ILinkTarget<AwsGrantee>
{
    // AWS documentation: Cloud Map answers a multivalue query with up to eight healthy instances.
    private const int MostAnswers = 8;

    /// <inheritdoc/>
    public Endpoint? Endpoint { get; } = new(
        Output.Create(AwsRuntime.HostOf(service.Name, context)),
        Output.Create(service.Args.Port!.Value.ToString(CultureInfo.InvariantCulture)),
        SpeaksTls: false,
        MostAnswers);

    private int Port => service.Args.Port!.Value;

    /// <inheritdoc/>
    public void Admit(AwsGrantee grantee, string role)
    {
        grantee.Reach(role, service.Name, identity.Group, Port, portMayChange: true);
        foreach (var port in service.Args.MorePorts) grantee.Reach(AwsGroupRules.NameOf(role, port), service.Name, identity.Group, port);
    }

    /// <inheritdoc/>
    public Connection Connect(AwsGrantee grantee, StandingLink link, RelayEndpoint? relay) => relay is null
        ? ServiceConnection.To(AwsRuntime.HostOf(service.Name, context), Port)
        : ServiceConnection.ToCrossCloud(
            relay.Address,
            Output.Create(relay.Port.ToString(CultureInfo.InvariantCulture)),
            relay.CertificateAuthority);
}
