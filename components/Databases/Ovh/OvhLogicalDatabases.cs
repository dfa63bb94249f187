using Infra.Components.Clouds;
using Infra.Components.Clouds.Ovh;

namespace Infra.Components.Databases.Ovh;

/// <summary>Further databases of servers on OVHcloud.</summary>
internal sealed class OvhLogicalDatabases()
    : Provision<LogicalDatabase, OvhContext>(
        LogicalDatabaseKind.Instance,
        new(Backing.Native, "OVHcloud Public Cloud Databases"))
{
    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [DatabaseExtensions.Without(OvhDatabaseProducts.Extensions)];

    /// <inheritdoc/>
    protected override void Check(LogicalDatabase component, CloudChecks checks) =>
        DatabaseExtensions.Check(component, component.Args.Extensions, OvhDatabaseProducts.Extensions, checks);

    /// <inheritdoc/>
    protected override PlacedComponent Build(LogicalDatabase component, OvhContext context) =>
        new OvhLogicalDatabase(component, context.Of<OvhManagedDatabase>(component.Args.Server), context);
}
