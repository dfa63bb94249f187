using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Identities.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Services.Aws;

/// <summary>A service or job of Amazon ECS, which is begun, with its links, before the first of all of them is built.</summary>
/// <typeparam name="TConsumer">What it is.</typeparam>
internal abstract class AwsConsumer<TConsumer> : PlacedComponent
    where TConsumer : Consumer
{
    /// <summary>Begins it.</summary>
    protected AwsConsumer(TConsumer consumer, AwsContext context)
        : base(context.Place(consumer))
    {
        (Declared, Context) = (consumer, context);
        Identity = context.Of<AwsServiceIdentity>(consumer);
        Grantee = new AwsGrantee(Name, Identity.Group, context, Tags, Child)
        {
            Role = () => Identity.Role,
        };
        Grantee.Grants.AddRange(Identity.WaysOut);
        context.Connect(consumer, Grantee);
        Grantee.Complete();
    }

    /// <summary>The service or job as it is declared.</summary>
    protected TConsumer Declared { get; }

    /// <summary>The stack.</summary>
    protected AwsContext Context { get; }

    /// <summary>Who it is to AWS.</summary>
    protected AwsServiceIdentity Identity { get; }

    /// <summary>Everything that its links gave it.</summary>
    protected AwsGrantee Grantee { get; }
}
