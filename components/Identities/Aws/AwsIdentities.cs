using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Services;
using Infra.Components.Services.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Identities.Aws;

/// <summary>What services and jobs are on AWS.</summary>
internal sealed class AwsIdentities() : FoundationProvision<AwsContext>(ServiceIdentityKind.Instance, new(Backing.Native, "AWS IAM role"))
{
    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(AwsContext context)
    {
        foreach (var consumer in context.On<Consumer>())
        {
            var identity = new AwsServiceIdentity(consumer, context.Get<AwsPrivateNetwork>(), context);
            context.Keep(consumer, identity);
            if (consumer is ContainerService { Args.IsHttp: true } service)
                context.Target(service, new AwsServiceTarget(service, identity, context));
            yield return identity;
        }
    }
}
