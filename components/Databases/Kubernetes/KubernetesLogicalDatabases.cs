using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;

namespace Infra.Components.Databases.Kubernetes;

/// <summary>Further databases of servers in a given cluster.</summary>
internal sealed class KubernetesLogicalDatabases()
    : Provision<LogicalDatabase, KubernetesContext>(
        LogicalDatabaseKind.Instance,
        new(Backing.InCluster, $"{KubernetesPostgreSql.Product}, {KubernetesMySql.Product}"))
{
    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [DatabaseExtensions.Without(DatabaseReleases.Extensions)];

    /// <inheritdoc/>
    protected override void Check(LogicalDatabase component, CloudChecks checks) =>
        DatabaseExtensions.Check(component, component.Args.Extensions, DatabaseReleases.Extensions, checks);

    /// <inheritdoc/>
    protected override PlacedComponent Build(LogicalDatabase component, KubernetesContext context) =>
        new KubernetesLogicalDatabase(component, context.Of<ClusterDatabase>(component.Args.Server), context);
}
