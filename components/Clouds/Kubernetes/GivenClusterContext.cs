using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>A stack's part in a cluster that is given: nothing makes it, and what it can do the stack file says.</summary>
internal sealed class GivenClusterContext : KubernetesContext
{
    /// <summary>Reaches the cluster.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="blueprint">The stack's blueprint.</param>
    /// <param name="progress">What all clouds of the stack share.</param>
    public GivenClusterContext(ICloud cloud, Blueprint blueprint, BuildProgress progress)
        : base(cloud, blueprint, Connect(AccountOf(blueprint.Settings).Context), progress)
    {
        var account = AccountOf(blueprint.Settings);
        EgressAddresses = [.. AddressesOf(account).Select(Output.Create)];
        Cluster = ClusterOf(Provider, TraitsOf(blueprint)) with
        {
            Registry = Output.Create(account.Registry ?? ClusterContext.NoRegistry),
            PullSecrets = account.ImagePullSecret is { } secret ? [Output.Create(secret)] : [],
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Output<string>> EgressAddresses { get; }

    /// <summary>What the stack file says of the cluster; a hypothetical plan may say nothing.</summary>
    public static KubernetesAccount AccountOf(StackSettings settings) =>
        settings.Accounts.Kubernetes ?? new KubernetesAccount("hypothetical");

    /// <summary>What the cluster can do.</summary>
    public static ClusterTraits TraitsOf(Blueprint blueprint)
    {
        var account = AccountOf(blueprint.Settings);
        return new()
        {
            GatewayClass = account.GatewayClass,
            GatewayNamespace = account.GatewayNamespace,
            GivesAddresses = account.LoadBalancers,
            StorageClass = account.StorageClass,
            FastStorageClass = account.FastStorageClass,
            SnapshotClass = account.SnapshotClass,
            ClusterIssuer = account.ClusterIssuer,
            Backups = account.Backups,
            Dns = account.Dns,
        };
    }

    // Others take addresses; a range of one is one.
    private static IEnumerable<string> AddressesOf(KubernetesAccount account) => account.EgressAddresses
        .Distinct()
        .Select(range => range.EndsWith("/32", StringComparison.Ordinal) ? range[..^3] : range);

    // The kubeconfig is found as kubectl finds it, when the provider runs; which cluster it means is the context's name, also after a
    // new login.
    private static Pulumi.Kubernetes.Provider Connect(string context)
    {
        var args = ClusterProvider.Arguments();
        args.KubeConfig = null;
        args.Context = context;
        args.ClusterIdentifier = context;
        return new("kubernetes", args);
    }
}
