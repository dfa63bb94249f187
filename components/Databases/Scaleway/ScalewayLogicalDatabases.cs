using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;

namespace Infra.Components.Databases.Scaleway;

/// <summary>Further databases of servers on Scaleway.</summary>
internal sealed class ScalewayLogicalDatabases()
    : Provision<LogicalDatabase, ScalewayContext>(LogicalDatabaseKind.Instance, new(Backing.Native, "Scaleway Managed Database"))
{
    private static readonly Rule Accepted = Rule.Error("scaleway-logical-database-arguments", "Scaleway accepts the database's arguments");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [DatabaseExtensions.Without(ScalewayDatabaseProducts.Extensions)];

    /// <inheritdoc/>
    protected override void Check(LogicalDatabase component, CloudChecks checks)
    {
        ScalewayManagedDatabase.CheckName(component.Args.Database, checks.Guard(component, Accepted));
        DatabaseExtensions.Check(component, component.Args.Extensions, ScalewayDatabaseProducts.Extensions, checks);
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(LogicalDatabase component, ScalewayContext context) =>
        new ScalewayLogicalDatabase(component, context.Of<ScalewayManagedDatabase>(component.Args.Server), context);
}
