using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Connections;
using Infra.Components.Databases.Kubernetes;
using Infra.Components.Networks.Scaleway;
using Infra.Components.Placements;
using Infra.Components.Relays;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Rdb = Pulumiverse.Scaleway.Databases;
using RdbInputs = Pulumiverse.Scaleway.Databases.Inputs;

namespace Infra.Components.Databases.Scaleway;

/// <summary>
/// A database of Scaleway's own, on the private network only, encrypted, with daily snapshots.
/// MySQL's database, logins and privileges are made by Scaleway's API. PostgreSQL's are made in SQL, by jobs in the cluster: what the API
/// creates belongs to a role that only Scaleway has, and what it grants covers the tables that exist at that moment, so that a reader would
/// not see the tables of the next migration.
/// </summary>
internal sealed class ScalewayManagedDatabase : PlacedComponent, IManagedDatabase, ILinkTarget
{
    private const string Administrator = "administrator";
    private const string PasswordKey = "password";
    private const string UsernameKey = "username";

    // Every PostgreSQL instance has this database from the start (Scaleway documentation: Managed Database FAQ).
    private const string FirstDatabase = "rdb";

    private readonly ManagedDatabaseArgs _args;
    private readonly ScalewayContext _context;
    private readonly Rdb.Instance _instance;
    private readonly Output<int> _port;
    private readonly List<Resource> _ready = [];
    private readonly DatabaseAccess? _access;

    /// <summary>Builds the database.</summary>
    /// <param name="database">The declared database.</param>
    /// <param name="network">The network in which it stands.</param>
    /// <param name="cluster">The cluster whose jobs administer it, where the engine is PostgreSQL.</param>
    /// <param name="context">The stack's context.</param>
    public ScalewayManagedDatabase(ManagedDatabase database, ScalewayPrivateNetwork network, ClusterContext? cluster, ScalewayContext context)
        : base(
            ComponentKind.ManagedDatabase,
            Cloud.Scaleway,
            database.Name,
            Backing.Native,
            ScalewayCloud.Table[ComponentKind.ManagedDatabase].Product,
            context.Provider,
            context.Tags(database))
    {
        (_args, _context) = (database.Args, context);
        var tweak = _args.Tweak<ScalewayDatabaseTweak>() ?? new();
        var password = ScalewayPassword.Create($"{Name}-password", context, Child());
        var options = Child(protect: context.Protect);
        options.CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromMinutes(60), Update = TimeSpan.FromHours(4), Delete = TimeSpan.FromMinutes(60) };
        _instance = new Rdb.Instance(
            Name,
            new()
            {
                Region = context.Region,
                Engine = ScalewayDatabaseProducts.EngineOf(_args),
                NodeType = tweak.NodeType ?? ScalewayDatabaseProducts.NodeTypeOf(_args.Size),
                IsHaCluster = _args.HighAvailability,
                VolumeType = tweak.VolumeType,
                VolumeSizeInGb = ScalewayDatabaseProducts.Gigabytes(_args.StorageGiB),
                EncryptionAtRest = true,
                UserName = Administrator,
                Password = password.Result,

                // Without an endpoint of its own choice an instance gets a public one.
                PrivateNetwork = new RdbInputs.InstancePrivateNetworkArgs { PnId = network.NetworkId, EnableIpam = true },
                DisableBackup = false,
                BackupScheduleFrequency = 24,
                BackupScheduleRetention = _args.BackupDays,
                BackupSameRegion = true,
                Tags = Tags.AsTexts(),
            },
            options);

        _port = _instance.PrivateNetwork.Apply(endpoint => endpoint!.Port!.Value);
        Host = _instance.PrivateNetwork.Apply(endpoint => endpoint!.Ip!);
        Port = _port.Apply(port => port.ToString(CultureInfo.InvariantCulture));
        Database = Output.Create(_args.Database);
        CertificateAuthority = _instance.Certificate;
        if (_args.Engine == DatabaseEngine.MySql)
        {
            _ready.Add(new Rdb.Database($"{Name}-database", new() { InstanceId = _instance.Id, Region = context.Region, Name = _args.Database }, Child(protect: context.Protect)));
        }
        else
        {
            _access = Administer(cluster!, password.Result);
            _ready.Add(Create(cluster!, _access));
        }

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
    public void Admit(KubernetesGrantee grantee, string role) => grantee.Leave(role, NetworkAccess.Addresses(Output.Format($"{Host}/32")), _port);

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, Link link, RelayEndpoint? relay)
    {
        if (_access is not null) return KubernetesDatabaseLogin.Connect(grantee, link, _access, _ready, relay);

        var name = grantee.GrantName(link);
        var password = ScalewayPassword.Create($"{name}-password", _context, grantee.Child());
        var user = new Rdb.User(
            $"{name}-login",
            new() { InstanceId = _instance.Id, Region = _context.Region, Name = DatabaseGrant.LoginOf(link.Consumer.Name), Password = password.Result, IsAdmin = false },
            _context.Own(grantee.Child()));
        var privilege = new Rdb.Privilege(
            $"{name}-login",
            new()
            {
                InstanceId = _instance.Id,
                Region = _context.Region,
                UserName = user.Name,
                DatabaseName = _args.Database,

                // Whoever writes also changes the schema: `readwrite` does not cover that.
                Permission = link.Intent == Intent.Write ? "all" : "readonly",
            },
            _context.Own(grantee.Child(_ready)));
        grantee.Grants.Add(privilege);

        // The certificate names the instance, not the relay. It cannot wait for a resource of this cloud, so the address waits for it.
        return Connection.ToDatabase(
            _args.Scheme,
            relay is null ? Host : Output.Tuple(relay.Address, privilege.Id).Apply(both => both.Item1),
            relay is null ? Port : Output.Create(relay.Port.ToString(CultureInfo.InvariantCulture)),
            Output.Create(_args.Database),
            user.Name,
            password.Result,
            CertificateAuthority,
            relay is null ? "verify-full" : "require");
    }

    private DatabaseAccess Administer(ClusterContext cluster, Output<string> password)
    {
        var secret = new Secret(
            $"{Name}-admin",
            new SecretArgs
            {
                Metadata = cluster.Metadata(Name, Tags),
                Type = "kubernetes.io/basic-auth",
                StringData = { [UsernameKey] = Administrator, [PasswordKey] = password },
            },
            InCluster(cluster)).Metadata.Apply(metadata => metadata.Name);
        return new DatabaseAccess(_args, Host, Port, CertificateAuthority, secret, UsernameKey, PasswordKey);
    }

    // Created in SQL, the database belongs to the administrator, who may then hand its schema to the writers.
    private Pulumi.Kubernetes.Batch.V1.Job Create(ClusterContext cluster, DatabaseAccess access)
    {
        var policy = NetworkAccess.Egress(
            $"{Name}-create-egress",
            cluster.Metadata(Name, Tags),
            new Dictionary<string, string> { [ClusterContext.ConsumerLabel] = Name },
            [NetworkAccess.Addresses(Output.Format($"{Host}/32"))],
            [NetworkAccess.Tcp(_port)],
            InCluster(cluster));
        return KubernetesDatabaseLogin.Run(
            $"{Name}-create",
            new DatabaseGrant(_args.Engine, _args.Version, _args.Database, Name, Intent.Write),
            cluster,
            Name,
            Tags,
            [
                "sh", "-e", "-c",
                $"""
                ca=$(mktemp)
                printf '%s\n' "${DatabaseGrant.CertificateAuthority}" > "$ca"
                export PGHOST="${DatabaseGrant.Host}" PGPORT="${DatabaseGrant.Port}" PGUSER="${DatabaseGrant.AdminUsername}" PGPASSWORD="${DatabaseGrant.AdminPassword}"
                export PGDATABASE={FirstDatabase} PGCONNECT_TIMEOUT=15 PGSSLMODE=verify-full PGSSLROOTCERT="$ca"
                known=$(psql --no-psqlrc --quiet --no-align --tuples-only --command "SELECT 1 FROM pg_database WHERE datname = '{_args.Database}'")
                [ -n "$known" ] || psql --no-psqlrc --quiet --command 'CREATE DATABASE {_args.Database}'

                """,
            ],
            access.Variables,
            InCluster(cluster, [policy]));
    }

    private CustomResourceOptions InCluster(ClusterContext cluster, IEnumerable<Resource>? dependsOn = null)
    {
        var options = Child(dependsOn: dependsOn);
        options.Provider = cluster.Provider;
        return options;
    }
}
