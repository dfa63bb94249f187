using Infra.Components.Clouds.Aws;
using Infra.Components.Connections;
using Infra.Components.Identities.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Services.Aws;

/// <summary>A service as others call it: by a private name and a security group that exist before the service does, so calls may go in circles.</summary>
/// <param name="service">The service, which listens.</param>
/// <param name="identity">Who it is to AWS.</param>
internal sealed class AwsServiceTarget(ContainerService service, AwsServiceIdentity identity) : IAwsTarget
{
    /// <inheritdoc/>
    public Connection Connect(AwsConsumer consumer, Link link)
    {
        var port = service.Args.Port!.Value;
        consumer.Reach(link, identity.Group.Id, port);
        return Connection.ToService(AwsRuntime.HostOf(service.Name, consumer.Context), port);
    }
}
