using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Runtimes.Aws;

namespace Infra.Components.Databases.Aws;

/// <summary>Further databases of servers on AWS.</summary>
internal sealed class AwsLogicalDatabases()
    : Provision<LogicalDatabase, AwsContext>(LogicalDatabaseKind.Instance, new(Backing.Native, "Amazon RDS"))
{
    /// <inheritdoc/>
    protected override void Check(LogicalDatabase component, CloudChecks checks) =>
        DatabaseExtensions.Check(component, component.Args.Extensions, AwsDatabaseProducts.Extensions, checks);

    /// <inheritdoc/>
    protected override PlacedComponent Build(LogicalDatabase component, AwsContext context) => new AwsLogicalDatabase(
        component,
        context.Of<AwsManagedDatabase>(component.Args.Server),
        context.Find<AwsRuntime>(),
        context);
}
