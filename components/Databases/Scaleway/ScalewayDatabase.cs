using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Databases.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Rdb = Pulumiverse.Scaleway.Databases;

namespace Infra.Components.Databases.Scaleway;

/// <summary>
/// A database of an instance of Scaleway's, its own, another, or a replica's. Logins of MySQL are made by the API, PostgreSQL's by jobs.
/// </summary>
/// <param name="args">The arguments of its server.</param>
/// <param name="contents">Which of the server's databases it is.</param>
/// <param name="placement">Where it stands, by what, and whose it is.</param>
/// <param name="context">The stack's context.</param>
internal abstract class ScalewayDatabase(
    ManagedDatabaseArgs args,
    DatabaseContents contents,
    PlacedComponentArgs placement,
    ScalewayContext context) : ClusterDatabase(args, contents, placement)
{
    /// <summary>The instance on which logins are made.</summary>
    public abstract Rdb.Instance Instance { get; }

    /// <inheritdoc/>
    public override Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        if (Administrator is not null) return base.Connect(grantee, link, relay);

        var (name, grant) = (grantee.GrantName(link), GrantTo(link.Consumer.NameOn(context.Cloud), link));
        var password = ScalewayPassword.Create($"{name}-password", context, grantee.Child());
        var user = new Rdb.User(
            $"{name}-login",
            new()
            {
                InstanceId = Instance.Id,
                Region = context.Region,
                Name = grant.Login,
                Password = password.Result,
                IsAdmin = false,
            },
            Kept(grantee.Child().On(context.Provider)));
        var privilege = new Rdb.Privilege(
            $"{name}-login",
            new()
            {
                InstanceId = Instance.Id,
                Region = context.Region,
                UserName = user.Name,
                DatabaseName = grant.Database,

                // Whoever writes also changes the schema: `readwrite` does not cover that. A mover sees triggers and events only where it
                // could make them.
                Permission = link.Intent == Intent.Write || grant.Carries ? "all" : "readonly",
            },
            Kept(grantee.Child(Ready).On(context.Provider)));
        grantee.Grants.Add(privilege);

        // Views, triggers and routines that a mover brought for good run as its login, and fail without it.
        CustomResourceOptions Kept(CustomResourceOptions options)
        {
            if (link is { Intent: Intent.Write, Consumer.Component: DatabaseMoverJob }) options.RetainOnDelete = true;
            return options;
        }

        // The certificate names the instance, not the relay.
        var tlsMode = relay is null && NamesItsHost ? "verify-full" : "require";
        return ConnectionAt(EntranceFor(relay, privilege), user.Name, password.Result, tlsMode);
    }

    /// <summary>Makes a database in the instance by the API.</summary>
    /// <param name="name">The name of its resource.</param>
    /// <param name="database">What it is called.</param>
    protected Rdb.Database Contain(string name, string database) => new(
        name,
        new() { InstanceId = Instance.Id, Region = context.Region, Name = database },
        Child(protect: context.Protect));
}
