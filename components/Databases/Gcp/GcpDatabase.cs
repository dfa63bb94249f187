using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Gcp;
using Pulumi;
using Sql = Pulumi.Gcp.Sql;

namespace Infra.Components.Databases.Gcp;

/// <summary>
/// A database of a Cloud SQL instance, its own, another, or a replica's. A job inside the network grants every consumer a login of its own.
/// </summary>
/// <param name="args">The arguments of its server.</param>
/// <param name="contents">Which of the server's databases it is.</param>
/// <param name="placement">Where it stands, by what, and whose it is.</param>
/// <param name="runtime">Where jobs run.</param>
/// <param name="context">What every component needs.</param>
internal abstract class GcpDatabase(
    ManagedDatabaseArgs args,
    DatabaseContents contents,
    PlacedComponentArgs placement,
    GcpRuntime runtime,
    GcpContext context) : PlacedDatabase(args, contents, placement), ILinkTarget<GcpGrantee>, ISharedGrants
{
    // The server's certificate names the instance, and no name that the private network resolves: its authority can be verified, its name
    // cannot. libpq verifies the authority in this mode when it has one.
    private const string TlsMode = "require";

    private readonly List<(GcpGrantee Grantee, GcpLogin Login)> _consumers = [];

    /// <summary>The name of the instance on which logins are made.</summary>
    public abstract Output<string> Instance { get; }

    /// <summary>The network in which it stands.</summary>
    public abstract GcpPrivateNetwork Network { get; }

    /// <summary>Who grants logins.</summary>
    public abstract GcpDatabaseGranter Granter { get; }

    /// <summary>
    /// The tag of the machines that grant. Consumers' machines bear their names, which hold no two hyphens in a row: none of them passes
    /// for one.
    /// </summary>
    public abstract string GrantsTag { get; }

    /// <inheritdoc/>
    public Endpoint Endpoint => new(Host, Port, SpeaksTls: true);

    /// <inheritdoc/>
    public void Admit(GcpGrantee grantee, string role) => grantee.Reach(role, Name, Host, Port);

    /// <inheritdoc/>
    public Connection Connect(GcpGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var grant = GrantTo(link.Consumer.NameOn(Cloud), link);
        var password = grantee.Password(link);
        var kept = grantee.Keep(link, "PASSWORD", password);
        var name = $"{link.NameOn(Cloud)}-grant";
        var login = new GcpLogin(grant, kept, kept.AllowReading($"{name}-reader", Granter.Member, grantee.Child()));
        if (relay is null)
        {
            _consumers.Add((grantee, login));
            return ConnectionAt(EntranceFor(relay), Output.Create(grant.Login), password, TlsMode);
        }

        var run = GcpDatabaseGrant.Run(name, [login], this, context.Tags(grantee.Name), grantee.Child(), context);
        grantee.Awaits(run);
        return ConnectionAt(EntranceFor(relay, run), Output.Create(grant.Login), password, TlsMode);
    }

    /// <inheritdoc/>
    public void CompleteGrants()
    {
        foreach (var (ending, consumers) in LoginGroups.Of(_consumers, consumer => consumer.Login.Grant.Consumer))
        {
            var run = GcpDatabaseGrant.Run(
                $"{Name}-grants{ending}", [.. consumers.Select(consumer => consumer.Login)], this, Tags, runtime.Children(), context);
            foreach (var (grantee, _) in consumers) grantee.Awaits(run);
        }
    }

    /// <summary>Makes the database in the instance.</summary>
    /// <param name="name">The name of its resource.</param>
    /// <param name="database">What it is called.</param>
    protected Sql.Database Contain(string name, string database) => new(name, new()
    {
        Project = context.Project,
        Instance = Instance,
        Name = database,
        // It goes with the instance; a PostgreSQL database with open connections cannot be dropped.
        DeletionPolicy = "ABANDON",
    }, Child(protect: context.Protect));
}
