using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Runtimes.Gcp;

namespace Infra.Components.Databases.Gcp;

/// <summary>Further databases of servers on Google Cloud.</summary>
internal sealed class GcpLogicalDatabases()
    : Provision<LogicalDatabase, GcpContext>(LogicalDatabaseKind.Instance, new(Backing.Native, "Cloud SQL"))
{
    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
        [DatabaseExtensions.Without(GcpDatabaseProducts.Extensions), GcpDatabaseDumps.Elsewhere];

    /// <inheritdoc/>
    protected override void Check(LogicalDatabase component, CloudChecks checks)
    {
        DatabaseExtensions.Check(component, component.Args.Extensions, GcpDatabaseProducts.Extensions, checks);
        GcpDatabaseDumps.Check(component, checks);
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(LogicalDatabase component, GcpContext context) => new GcpLogicalDatabase(
        component,
        context.Of<GcpManagedDatabase>(component.Args.Server),
        context.Get<GcpRuntime>(),
        context);
}
