using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Caches.Aws;

/// <summary>Caches on AWS.</summary>
internal sealed partial class AwsCaches()
    : Provision<Cache, AwsContext>(CacheKind.Instance, new(Backing.Native, "Amazon ElastiCache for Valkey"))
{
    private static readonly Rule Arguments = Rule.Error("aws-cache-arguments", "Amazon ElastiCache accepts the cache's arguments");

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(AwsCacheTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Cache component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(Cache component, CloudChecks checks)
    {
        if (component.Args.Tweak<AwsCacheTweak>()?.NodeType is { } node)
        {
            var guard = checks.Guard(component, Arguments);
            guard.Matches("AwsCacheTweak.NodeType", node, NodeType(), "a node type such as cache.r7g.8xlarge");
            AwsFamilies.Check(guard, "AwsCacheTweak.NodeType", node, checks.Region);
            AwsFamilies.ReportUnknown(component, "node type", node, "AwsCacheTweak.NodeType", checks);
        }

        AwsGroupRules.CheckConsumers(component, checks);
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(Cache component, AwsContext context) =>
        new AwsCache(component, context.Get<AwsPrivateNetwork>(), context);

    [GeneratedRegex(@"^cache\.[a-z0-9-]+\.[a-z0-9]+\z")]
    private static partial Regex NodeType();
}
