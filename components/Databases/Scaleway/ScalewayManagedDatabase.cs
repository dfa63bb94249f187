using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Databases.Kubernetes;
using Infra.Components.Networks.Scaleway;
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
internal sealed class ScalewayManagedDatabase : ScalewayDatabase
{
    /// <summary>The database that every PostgreSQL instance has from the start (Scaleway documentation: Managed Database FAQ).</summary>
    public const string FirstDatabase = "rdb";

    private const string AdministratorName = "administrator";
    private const string PasswordKey = "password";
    private const string UsernameKey = "username";

    private readonly IReadOnlyList<Resource> _ways;

    /// <summary>Builds the database.</summary>
    /// <param name="database">The declared database.</param>
    /// <param name="network">The network in which it stands.</param>
    /// <param name="cluster">The cluster whose jobs administer it, where the engine is PostgreSQL.</param>
    /// <param name="context">The stack's context.</param>
    public ScalewayManagedDatabase(
        ManagedDatabase database,
        ScalewayPrivateNetwork network,
        ClusterContext? cluster,
        ScalewayContext context)
        : base(database.Args, database.Args.Contents, context.Place(database), context)
    {
        var tweak = Args.Tweak<ScalewayDatabaseTweak>() ?? new();
        var password = ScalewayPassword.Create($"{Name}-password", context, Child());
        var options = Child(protect: context.Protect);
        options.CustomTimeouts = new CustomTimeouts
        {
            Create = TimeSpan.FromMinutes(60),
            Update = TimeSpan.FromHours(4),
            Delete = TimeSpan.FromMinutes(60),
        };
        var arguments = new Rdb.InstanceArgs
        {
            Region = context.Region,
            Engine = ScalewayDatabaseProducts.EngineOf(Args),
            NodeType = tweak.NodeType ?? ScalewayDatabaseProducts.NodeTypeOf(Args.Size),
            IsHaCluster = Args.HighAvailability,
            VolumeType = tweak.VolumeType,
            VolumeSizeInGb = ScalewayDatabaseProducts.Gigabytes(Args.StorageGiB),
            EncryptionAtRest = true,
            UserName = AdministratorName,
            Password = password.Result,

            // Without an endpoint of its own choice an instance gets a public one.
            PrivateNetwork = new RdbInputs.InstancePrivateNetworkArgs { PnId = network.NetworkId, EnableIpam = true },
            DisableBackup = false,
            BackupScheduleFrequency = 24,
            BackupScheduleRetention = Args.BackupDays,
            BackupSameRegion = true,
            Tags = Tags.AsTexts(),
        };
        foreach (var (parameter, value) in DatabaseParameters.SetBy(Args, ScalewayDatabaseProducts.Parameters(Args.Engine, Args.Version)))
            arguments.Settings.Add(parameter, value);
        if (Args.Followable && PostgreSqlMover.WhyNotFollowed(Args, context.Cloud) is null)
        {
            // The other two let it survive that another machine takes over, which even a single one does when it is replaced.
            arguments.Settings.Add("rdb.enable_logical_replication", "true");
            arguments.Settings.Add("hot_standby_feedback", "on");
            arguments.Settings.Add("sync_replication_slots", "on");
        }

        Instance = new Rdb.Instance(Name, arguments, options);

        var port = Instance.PrivateNetwork.Apply(endpoint => endpoint!.Port!.Value);
        Host = Instance.PrivateNetwork.Apply(endpoint => endpoint!.Ip!);
        Port = port.Apply(number => number.ToString(CultureInfo.InvariantCulture));
        Database = Output.Create(Args.Database);
        CertificateAuthority = Instance.Certificate;
        _ways = NetworkAccess.LeaveTo(
            database,
            context,
            Tags,
            NetworkAccess.Addresses(Output.Format($"{Host}/32")),
            port,
            always: Args.Engine == DatabaseEngine.PostgreSql || IsUsed(database, context));
        if (Args.Engine == DatabaseEngine.MySql)
        {
            Ready = [Contain($"{Name}-database", Args.Database)];
        }
        else
        {
            Administrator = Administer(cluster!, password.Result);
            Ready = [Create(cluster!, Administrator)];
        }

        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override Rdb.Instance Instance { get; }

    /// <inheritdoc/>
    public override void Admit(KubernetesGrantee grantee, string role) => grantee.Reach(Name, _ways);

    /// <summary>Reports a name that a database of every instance has already.</summary>
    public static void CheckName(string database, Guard guard) => guard.Require(
        database is not FirstDatabase,
        nameof(ManagedDatabaseArgs.Database),
        $"'{FirstDatabase}'",
        $"names other than {FirstDatabase}, which every instance has from the start");

    private DatabaseAdministrator Administer(ClusterContext cluster, Output<string> password)
    {
        var secret = new Secret(
            $"{Name}-admin",
            new SecretArgs
            {
                Metadata = cluster.Metadata(Name, Tags),
                Type = "kubernetes.io/basic-auth",
                StringData = { [UsernameKey] = AdministratorName, [PasswordKey] = password },
            },
            Child().On(cluster.Provider));
        return DatabaseAdministrator.In(ClusterContext.NameOf(secret), UsernameKey, PasswordKey);
    }

    // Created in SQL, the database belongs to the administrator, who may then hand its schema to the writers.
    private Pulumi.Kubernetes.Batch.V1.Job Create(ClusterContext cluster, DatabaseAdministrator administrator) =>
        Create(
            cluster,
            administrator,
            $"""
            ca=$(mktemp)
            printf '%s\n' "${DatabaseGrant.CertificateAuthority}" > "$ca"
            export PGHOST="${DatabaseGrant.Host}" PGPORT="${DatabaseGrant.Port}" PGUSER="${DatabaseGrant.AdminUsername}" PGPASSWORD="${DatabaseGrant.AdminPassword}"
            export PGDATABASE={FirstDatabase} PGCONNECT_TIMEOUT=15 PGSSLMODE=verify-full PGSSLROOTCERT="$ca"
            known=$(psql --no-psqlrc --quiet --no-align --tuples-only --command "SELECT 1 FROM pg_database WHERE datname = '{Args.Database}'")
            [ -n "$known" ] || psql --no-psqlrc --quiet --command 'CREATE DATABASE "{Args.Database}"'

            """,
            Child(dependsOn: _ways).On(cluster.Provider));
}
