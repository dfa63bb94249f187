using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes.Gcp;
using Pulumi;

namespace Infra.Components.Databases.Gcp;

/// <summary>A further database of an instance. Whoever grants the server's logins grants those of its consumers.</summary>
internal sealed class GcpLogicalDatabase : GcpDatabase
{
    private readonly GcpManagedDatabase _server;

    /// <summary>Builds the database.</summary>
    public GcpLogicalDatabase(LogicalDatabase database, GcpManagedDatabase server, GcpRuntime runtime, GcpContext context)
        : base(database.Args.Server.Args, database.Args.Contents(database.Name), context.Place(database), runtime, context)
    {
        _server = server;
        StandOn(server);
        var contained = Contain(Name, database.Args.Database);
        Database = contained.Name;
        Granter = server.Granter with { Ready = [.. server.Granter.Ready, contained] };
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override Output<string> Instance => _server.Instance;

    /// <inheritdoc/>
    public override GcpPrivateNetwork Network => _server.Network;

    /// <inheritdoc/>
    public override GcpDatabaseGranter Granter { get; }

    /// <inheritdoc/>
    public override string GrantsTag => _server.GrantsTag;
}
