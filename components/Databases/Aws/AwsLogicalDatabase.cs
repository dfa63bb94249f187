using Infra.Components.Clouds.Aws;
using Infra.Components.Runtimes.Aws;
using Rds = Pulumi.Aws.Rds;

namespace Infra.Components.Databases.Aws;

/// <summary>
/// A further database of an instance, which the task that sets up its first login makes: RDS makes one for each instance.
/// </summary>
internal sealed class AwsLogicalDatabase : AwsDatabase
{
    private readonly AwsManagedDatabase _server;

    /// <summary>Builds the database.</summary>
    public AwsLogicalDatabase(LogicalDatabase database, AwsManagedDatabase server, AwsRuntime? runtime, AwsContext context)
        : base(database.Args.Server.Args, database.Args.Contents(database.Name), context.Place(database), runtime, context)
    {
        _server = server;
        StandOn(server);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override Rds.Instance Instance => _server.Instance;

    /// <inheritdoc/>
    public override AwsAdministration Administration => _server.Administration;

    /// <inheritdoc/>
    protected override bool IsMadeWithLogins => true;

    /// <inheritdoc/>
    public override void Admit(AwsGrantee grantee, string role) => _server.Admit(grantee, role);
}
