using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities;
using Infra.Components.Jobs;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Gcp.ServiceAccount;
using Sql = Pulumi.Gcp.Sql;

namespace Infra.Components.Databases.Gcp;

/// <summary>
/// A Cloud SQL instance with a private address only. Its API can create logins, but makes each of them an administrator; hence it creates
/// one, with which a job inside the network grants every consumer a login of its own.
/// </summary>
internal sealed class GcpManagedDatabase : GcpDatabase
{
    // What is taken when the instance goes; the daily backups are up to a day older.
    private const int FinalBackupDays = 30;

    private readonly GcpContext _context;

    /// <summary>Builds the database.</summary>
    public GcpManagedDatabase(ManagedDatabase database, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
        : base(database.Args, database.Args.Contents, context.Place(database), runtime, context)
    {
        (_context, Network) = (context, network);
        var arguments = new Sql.DatabaseInstanceArgs
        {
            Project = context.Project,
            Region = context.Region,
            DatabaseVersion = VersionOf(Args),
            DeletionProtection = IsProtected,
            DeletionPolicy = context.DeletionPolicy,
            Settings = Settings(),
        };
        if (ReplicaChecks.Of(database, context).Any()) arguments.IncludeReplicasForMajorVersionUpgrade = true;
        var instance = new Sql.DatabaseInstance(
            Name, arguments, Lasting(dependsOn: [network.ManagedServices, .. runtime.Apis(Kind)]));

        Instance = instance.Name;
        var app = Contain($"{Name}-app", Args.Database);

        var password = LoginPassword.Create($"{Name}-password", context.Values, Child()).Result;
        var admin = new Sql.User($"{Name}-admin", new()
        {
            Project = context.Project,
            Instance = instance.Name,
            Name = "grants",
            Type = "BUILT_IN",
            Password = password,
            // The owner of objects cannot be dropped; it goes with the instance.
            DeletionPolicy = "ABANDON",
        }, Child());

        Host = instance.PrivateIpAddress;
        Port = Output.Create(Args.Port.ToString(CultureInfo.InvariantCulture));
        Database = app.Name;
        CertificateAuthority = AuthorityOf(instance);

        // One character more, and the longest name of a database would not fit into the 30 of an account.
        var account = new Account(ShortName.Of($"{Name}-grant", GcpNames.LongestAccount), new()
        {
            Project = context.Project,
            DisplayName = $"Grants of {Name} of {context.Stack}",
            DeletionPolicy = "DELETE",
        }, Child(dependsOn: runtime.Apis(ServiceIdentityKind.Instance)));
        var member = Output.Format($"serviceAccount:{account.Email}");
        var secret = new GcpSecret(
            $"{Name}-admin-password",
            password,
            context,
            Tags,
            Child(dependsOn: runtime.Apis(ServiceIdentityKind.Instance)));
        var reader = secret.AllowReading($"{Name}-admin-reader", member, Child());
        var route = network.FirewallOf(GrantsTag).Egress($"{Name}-grants-egress", $"Grants of {Name}", Host, Port, Child());
        Granter = new(account.Email, member, secret, admin.Name, [app, admin, reader, route, .. runtime.Apis(JobKind.Instance)]);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override GcpPrivateNetwork Network { get; }

    /// <inheritdoc/>
    public override GcpDatabaseGranter Granter { get; }

    /// <inheritdoc/>
    public override string GrantsTag => $"{Name}--grants";

    /// <inheritdoc/>
    public override Output<string> Instance { get; }

    /// <summary>How long an instance is waited for.</summary>
    public static CustomTimeouts Patience => new()
    {
        Create = TimeSpan.FromMinutes(90),
        Update = TimeSpan.FromMinutes(90),
        Delete = TimeSpan.FromMinutes(90),
    };

    /// <summary>The engine and its version as the API spells them.</summary>
    public static string VersionOf(ManagedDatabaseArgs args) =>
        $"{(args.Engine == DatabaseEngine.PostgreSql ? "POSTGRES" : "MYSQL")}_{args.Version.Replace('.', '_')}";

    /// <summary>
    /// The certificates that sign an instance's. The provider marks them as secret because they stand beside keys; an authority's
    /// certificate is public.
    /// </summary>
    public static Output<string> AuthorityOf(Sql.DatabaseInstance instance) => Output.Unsecret(
        instance.ServerCaCerts.Apply(certificates => string.Join('\n', certificates.Select(certificate => certificate.Cert))));

    /// <summary>
    /// The settings of a replica. Its disk is its server's at first and grows by itself; it has no backups, and is maintained when its
    /// server is.
    /// </summary>
    /// <param name="replica">The replica.</param>
    /// <param name="network">The network in which both stand.</param>
    /// <param name="tags">The tags of the replica.</param>
    public static Sql.Inputs.DatabaseInstanceSettingsArgs ReplicaSettings(
        ReadReplica replica,
        GcpPrivateNetwork network,
        IReadOnlyDictionary<string, string> tags)
    {
        var args = replica.Args.Of.Args;
        var settings = MachineSettings(args with { Size = replica.Args.EffectiveSize }, network, tags);
        settings.AvailabilityType = "ZONAL";
        return settings;
    }

    private static Sql.Inputs.DatabaseInstanceSettingsArgs MachineSettings(
        ManagedDatabaseArgs args,
        GcpPrivateNetwork network,
        IReadOnlyDictionary<string, string> tags)
    {
        var settings = new Sql.Inputs.DatabaseInstanceSettingsArgs
        {
            Tier = GcpDatabaseProducts.Tier(args),
            Edition = args.Tweak<GcpDatabaseTweak>() is { Edition: GcpDatabaseEdition.EnterprisePlus } ? "ENTERPRISE_PLUS" : "ENTERPRISE",
            DiskType = "PD_SSD",
            DiskAutoresize = true,
            DiskAutoresizeLimit = args.StorageLimitGiB,
            IpConfiguration = new Sql.Inputs.DatabaseInstanceSettingsIpConfigurationArgs
            {
                Ipv4Enabled = false,
                PrivateNetwork = network.Network.SelfLink,
                SslMode = "ENCRYPTED_ONLY",
                EnablePrivatePathForGoogleCloudServices = false,
            },
            InsightsConfig = new Sql.Inputs.DatabaseInstanceSettingsInsightsConfigArgs
            {
                QueryInsightsEnabled = true,
                QueryStringLength = 1024,
                RecordApplicationTags = false,
                RecordClientAddress = false,
            },
            UserLabels = tags.Input(),
        };
        foreach (var (parameter, value) in DatabaseParameters.SetBy(args))
        {
            settings.DatabaseFlags.Add(
                new Sql.Inputs.DatabaseInstanceSettingsDatabaseFlagArgs { Name = parameter.Name, Value = value });
        }

        return settings;
    }

    private CustomResourceOptions Lasting(IEnumerable<Resource> dependsOn)
    {
        var options = Child(protect: _context.Protect, dependsOn: dependsOn);
        options.CustomTimeouts = Patience;
        return options;
    }

    private Sql.Inputs.DatabaseInstanceSettingsArgs Settings()
    {
        var isPostgreSql = Args.Engine == DatabaseEngine.PostgreSql;
        var night = GcpNight.In(_context.Region);
        var backups = new Sql.Inputs.DatabaseInstanceSettingsBackupConfigurationArgs
        {
            Enabled = true,
            StartTime = night.BackupStart,
            TransactionLogRetentionDays = GcpDatabaseProducts.LogDays(Args),
            BackupRetentionSettings = new Sql.Inputs.DatabaseInstanceSettingsBackupConfigurationBackupRetentionSettingsArgs
            {
                RetainedBackups = Args.BackupDays,
                RetentionUnit = "COUNT",
            },
        };
        // The same ability has two names.
        if (isPostgreSql) backups.PointInTimeRecoveryEnabled = true;
        else backups.BinaryLogEnabled = true;

        var settings = MachineSettings(Args, Network, Tags);
        settings.AvailabilityType = Args.HighAvailability ? "REGIONAL" : "ZONAL";
        settings.DiskSize = Args.StorageGiB;
        settings.DeletionProtectionEnabled = IsProtected;
        if (Args.Followable)
        {
            settings.DatabaseFlags.Add(
                new Sql.Inputs.DatabaseInstanceSettingsDatabaseFlagArgs { Name = "cloudsql.logical_decoding", Value = "on" });
        }

        settings.RetainBackupsOnDelete = _context.IsProduction;
        settings.BackupConfiguration = backups;
        settings.MaintenanceWindow = new Sql.Inputs.DatabaseInstanceSettingsMaintenanceWindowArgs
        {
            // From Monday, which is 1, to Sunday, which is 7.
            Day = Args.MaintenanceWindow is { } window
                ? (int)window.Day + 1
                : night.Maintenance.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)night.Maintenance.DayOfWeek,
            Hour = Args.MaintenanceWindow?.Hour ?? night.Maintenance.Hour,
            UpdateTrack = "stable",
        };

        if (_context.IsProduction)
        {
            settings.FinalBackupConfig = new Sql.Inputs.DatabaseInstanceSettingsFinalBackupConfigArgs
            {
                Enabled = true,
                RetentionDays = FinalBackupDays,
            };
        }

        return settings;
    }
}

/// <summary>Who grants logins of a database.</summary>
/// <param name="Email">The service account.</param>
/// <param name="Member">The service account as IAM names it.</param>
/// <param name="Password">The administrator's password.</param>
/// <param name="Username">The administrator.</param>
/// <param name="Ready">What a grant waits for.</param>
internal sealed record GcpDatabaseGranter(
    Output<string> Email,
    Output<string> Member,
    GcpSecret Password,
    Output<string> Username,
    IReadOnlyList<Resource> Ready);
