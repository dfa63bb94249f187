using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks.Aws;

namespace Infra.Components.Runtimes.Aws;

/// <summary>Where containers run on AWS.</summary>
internal sealed class AwsRuntimes() : FoundationProvision<AwsContext>(RuntimeKind.Instance, new(Backing.Native, "Amazon ECS on Fargate"))
{
    /// <inheritdoc/>
    public override IEnumerable<string> NamesOfItsOwn(CloudChecks checks) => checks.Needs(Kind) ? ["runtime"] : [];

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(AwsContext context)
    {
        if (context.Needs(Kind)) yield return new AwsRuntime(context.Get<AwsPrivateNetwork>(), context);
    }
}
