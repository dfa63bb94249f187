using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Connections;
using Infra.Components.Databases.Kubernetes;
using Infra.Components.Networks.Ovh;
using Infra.Components.Placements;
using Infra.Components.Relays;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using CloudProjectDatabase = Pulumi.Ovh.CloudProjectDatabase;

namespace Infra.Components.Databases.Ovh;

/// <summary>
/// A database of OVHcloud. A user that its API creates is an administrator (OVHcloud documentation: users and roles), so consumers' logins are made by a job in the
/// cluster, as wherever an API has no privileges. Its certificate is signed by an authority of its own: clients encrypt without verifying.
/// </summary>
internal sealed class OvhManagedDatabase : PlacedComponent, IManagedDatabase, ILinkTarget
{
    // The administrator that is there from the start and owns the databases; asking for it sets its password anew.
    private const string Administrator = "avnadmin";

    private readonly ManagedDatabaseArgs _args;
    private readonly OvhPrivateNetwork _network;
    private readonly OvhCluster _cluster;
    private readonly Output<string> _password;
    private readonly Resource _database;

    /// <summary>Builds the database.</summary>
    public OvhManagedDatabase(ManagedDatabase database, OvhPrivateNetwork network, OvhContext context)
        : base(
            ComponentKind.ManagedDatabase,
            Cloud.Ovh,
            database.Name,
            Backing.Native,
            OvhCloud.Table[ComponentKind.ManagedDatabase].Product,
            context.Provider,
            context.Tags(database))
    {
        (_args, _network) = (database.Args, network);
        var plan = OvhDatabaseProducts.PlanOf(_args, context.Region);
        var flavor = OvhDatabaseProducts.FlavorOf(_args, plan)!;
        var engine = _args.Engine == DatabaseEngine.PostgreSql ? "postgresql" : "mysql";
        _cluster = new OvhCluster(
            Name,
            new()
            {
                Engine = engine,
                Version = _args.Version,
                Plan = plan,
                Flavor = flavor.Product.Code,
                DiskGiB = OvhDatabaseProducts.DiskOf(_args, flavor),
                Protect = context.Protect,
            },
            network,
            context,
            Child(protect: context.Protect));
        _database = new CloudProjectDatabase.DatabaseInstance(
            $"{Name}-database",
            new() { ServiceName = context.Project, ClusterId = _cluster.Database.Id, Engine = engine, Name = _args.Database },
            Child(protect: context.Protect));
        _password = _args.Engine == DatabaseEngine.PostgreSql
            ? new CloudProjectDatabase.PostgresSqlUser(
                $"{Name}-admin",
                new() { ServiceName = context.Project, ClusterId = _cluster.Database.Id, Name = Administrator },
                Child()).Password
            : new CloudProjectDatabase.User(
                $"{Name}-admin",
                new() { ServiceName = context.Project, ClusterId = _cluster.Database.Id, Engine = engine, Name = Administrator },
                Child()).Password;
        Host = _cluster.Host;
        Port = _cluster.Port.Apply(port => port.ToString(CultureInfo.InvariantCulture));
        Database = Output.Create(_args.Database);
        CertificateAuthority = Output.Create("");
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Host { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> Port { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> Database { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> CertificateAuthority { get; private set; }

    /// <inheritdoc/>
    public (Output<string> Host, Output<string> Port)? Entrance => (Host, Port);

    /// <inheritdoc/>
    public void Admit(KubernetesGrantee grantee, string role) => grantee.Leave(role, NetworkAccess.Addresses(_network.Subnet), _cluster.Port);

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, Link link, RelayEndpoint? relay)
    {
        var name = grantee.GrantName(link);
        var grant = new DatabaseGrant(_args.Engine, _args.Version, _args.Database, link.Consumer.Name, link.Intent);
        var password = KubernetesDatabaseLogin.Password($"{name}-password", grantee.Cluster, grantee.Child()).Result;
        var login = new Secret($"{name}-login", new SecretArgs
        {
            Metadata = grantee.Cluster.Metadata(grantee.Name, grantee.Tags),
            StringData =
            {
                [DatabaseGrant.AdminUsername] = Administrator,
                [DatabaseGrant.AdminPassword] = _password,
                [DatabaseGrant.LoginPassword] = password,
            },
        }, grantee.Child()).Metadata.Apply(metadata => metadata.Name);
        var granted = KubernetesDatabaseLogin.Run(
            $"{name}-grant",
            grant,
            grantee.Cluster,
            grantee.Name,
            grantee.Tags,
            grant.Command,
            [
                new() { Name = DatabaseGrant.Host, Value = Host },
                new() { Name = DatabaseGrant.Port, Value = Port },
                DatabaseAccess.FromSecret(DatabaseGrant.AdminUsername, login, DatabaseGrant.AdminUsername),
                DatabaseAccess.FromSecret(DatabaseGrant.AdminPassword, login, DatabaseGrant.AdminPassword),
                DatabaseAccess.FromSecret(DatabaseGrant.LoginPassword, login, DatabaseGrant.LoginPassword),
            ],
            grantee.Child([_database, .. grantee.Grants]));
        grantee.Grants.Add(granted);

        // A consumer on another cloud cannot wait for a resource of this one, so the address waits for it.
        return Connection.ToDatabase(
            _args.Scheme,
            relay is null ? Host : Output.Tuple(relay.Address, granted.Id).Apply(both => both.Item1),
            relay is null ? Port : Output.Create(relay.Port.ToString(CultureInfo.InvariantCulture)),
            Database,
            Output.Create(grant.Login),
            password,
            CertificateAuthority,
            "require");
    }
}
