using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Jobs.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Random;
using CloudWatch = Pulumi.Aws.CloudWatch;
using Ec2 = Pulumi.Aws.Ec2;
using Iam = Pulumi.Aws.Iam;
using Lambda = Pulumi.Aws.Lambda;
using Rds = Pulumi.Aws.Rds;
using RdsInputs = Pulumi.Aws.Rds.Inputs;

namespace Infra.Components.Databases.Aws;

/// <summary>
/// An instance of Amazon RDS in the data subnets. It refuses connections without TLS. Its certificate is signed by a private authority of
/// AWS, which clients are given, so that they verify the server.
/// </summary>
internal sealed class AwsManagedDatabase : PlacedDatabase, ILinkTarget<AwsGrantee>, ISharedGrants
{
    private const string Administrator = "dbadmin";

    // Amazon RDS API: CreateDBInstance.
    private const int LongestIdentifier = 63;

    private readonly AwsRuntime? _runtime;
    private readonly AwsContext _context;
    private readonly AwsDatabaseTweak _tweak;
    private readonly Ec2.SecurityGroup _group;
    private readonly Rds.Instance _instance;
    private readonly List<(AwsGrantee Grantee, StandingLink Link)> _consumers = [];

    /// <summary>Builds the database.</summary>
    public AwsManagedDatabase(ManagedDatabase database, AwsPrivateNetwork network, AwsRuntime? runtime, AwsContext context)
        : base(database.Args, context.Place(database))
    {
        (_runtime, _context) = (runtime, context);
        _tweak = Args.Tweak<AwsDatabaseTweak>() ?? new();
        _group = new Ec2.SecurityGroup(
            Name,
            new() { VpcId = network.NetworkId, Description = $"Database {Name}", Tags = Tags.Named(Name) },
            Child());
        var subnets = new Rds.SubnetGroup(
            Name,
            new() { SubnetIds = network.DataSubnets, Description = $"Database {Name}", Tags = Tags.AsInput() },
            Child());
        var applyImmediately = _tweak.ApplyImmediately ?? !context.IsProduction;
        var parameters = new Rds.ParameterGroup(
            Name,
            new()
            {
                Family = Family(Args),
                Description = $"Database {Name}",
                Parameters = [.. Parameters(Args)],
                // Another major version needs another group, and AWS keeps the old one in use until the maintenance window: it is left
                // there.
                SkipDestroy = !applyImmediately,
                Tags = Tags.AsInput(),
            },
            Child());
        var identifier = Identifier(context.Stack, Name);
        var logs = LogExports(Args.Engine);
        // RDS would create these groups itself, and keep what is in them forever.
        var groups = logs.Select(log => new CloudWatch.LogGroup(
            $"{Name}-{log}",
            new() { Name = $"/aws/rds/instance/{identifier}/{log}", RetentionInDays = context.LogDays, Tags = Tags.AsInput() },
            Child(deleteBeforeReplace: true))).ToList();
        var night = AwsNight.In(context.Region);
        var instanceClass = _tweak.InstanceClass ?? AwsDatabaseProducts.ClassOf(Args.Size, context.Region);
        var arguments = new Rds.InstanceArgs
        {
            Identifier = identifier,
            Engine = Args.Engine == DatabaseEngine.PostgreSql ? "postgres" : "mysql",
            EngineVersion = Args.Version,
            EngineLifecycleSupport = _tweak.ExtendedSupport
                ? "open-source-rds-extended-support"
                : "open-source-rds-extended-support-disabled",
            AllowMajorVersionUpgrade = true,
            AutoMinorVersionUpgrade = true,
            InstanceClass = instanceClass,
            AllocatedStorage = Args.StorageGiB,
            StorageType = "gp3",
            StorageEncrypted = true,
            MultiAz = Args.HighAvailability,
            DbName = Args.Database,
            Port = Args.Port,
            Username = Administrator,
            // RDS makes the password, keeps it as a secret and changes it every week.
            ManageMasterUserPassword = true,
            DbSubnetGroupName = subnets.Name,
            VpcSecurityGroupIds = [_group.Id],
            ParameterGroupName = parameters.Name,
            PubliclyAccessible = false,
            CaCertIdentifier = AwsDatabaseRoots.Authority,
            BackupRetentionPeriod = Args.BackupDays,
            BackupWindow = night.Backup,
            MaintenanceWindow = night.Maintenance,
            CopyTagsToSnapshot = true,
            DeleteAutomatedBackups = !context.IsProduction,
            DeletionProtection = context.Protect,
            SkipFinalSnapshot = !context.IsProduction,
            ApplyImmediately = applyImmediately,
            EnabledCloudwatchLogsExports = logs.ToList(),
            PerformanceInsightsEnabled = AwsDatabaseProducts.HasQueryInsights(instanceClass),
            Tags = Tags.AsInput(),
        };
        if (GrowsByItself) arguments.MaxAllocatedStorage = Args.StorageLimitGiB;
        if (_tweak.Iops is { } iops) arguments.Iops = iops;
        if (AwsDatabaseProducts.HasQueryInsights(instanceClass)) arguments.PerformanceInsightsRetentionPeriod = _tweak.QueryInsightsDays;
        var dependencies = new List<Resource>(groups);
        if (context.IsProduction) arguments.FinalSnapshotIdentifier = FinalSnapshot(identifier, context.Values);
        if (context.IsProduction) dependencies.Add(Monitor(arguments, context));

        var options = Child(
            protect: context.Protect,
            dependsOn: dependencies,
            // The identifier is fixed, because people type it.
            deleteBeforeReplace: true);
        options.CustomTimeouts = new CustomTimeouts
        {
            Create = TimeSpan.FromMinutes(60),
            Update = TimeSpan.FromMinutes(90),
            Delete = TimeSpan.FromMinutes(60),
        };
        _instance = new Rds.Instance(Name, arguments, options);

        Host = _instance.Address;
        Port = Output.Create(Args.Port.ToString(CultureInfo.InvariantCulture));
        Database = Output.Create(Args.Database);
        CertificateAuthority = Output.Create(
            _tweak.CertificateAuthority.Length > 0 ? _tweak.CertificateAuthority : AwsDatabaseRoots.In(context.Region));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Endpoint? Endpoint => new(Host, Port, SpeaksTls: true);

    // Only a consumer needs it, and then it stands.
    private AwsRuntime Runtime => _runtime!;

    private bool GrowsByItself => Args.StorageLimitGiB > Args.StorageGiB;

    /// <summary>The identifier of a database's instance.</summary>
    public static string Identifier(string stack, string database) => ShortName.Of($"{stack}-{database}", LongestIdentifier);

    /// <summary>The image that sets up logins. Amazon's public registry mirrors the official images, without their rate limits.</summary>
    public static string ClientImage(ManagedDatabaseArgs args) => args.Tweak<AwsDatabaseTweak>()?.ClientImage
        ?? DatabaseGrant.ClientOf(args.Engine).OnAmazon;

    /// <inheritdoc/>
    public void Admit(AwsGrantee grantee, string role) => grantee.Reach(role, Name, _group, Args.Port);

    /// <inheritdoc/>
    public Connection Connect(AwsGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var password = grantee.Password(link);
        if (relay is null)
        {
            _consumers.Add((grantee, link));
            grantee.Keep(link, "PASSWORD", password.Result);
            return At(EntranceFor(relay), grantee, password, "verify-full");
        }

        // Its own cloud keeps what the consumer must know. The server's certificate does not name the relay.
        var kept = grantee.Keep(link, password);
        var run = SetUp(
            grantee.NameOf(link, "grant"),
            [new(GrantTo(grantee.Name, link.Intent), kept, kept.Value("PASSWORD"))],
            grantee.Group,
            grantee.Grants,
            grantee.Tags,
            grantee.Child);
        return At(EntranceFor(relay, run), grantee, password, "require");
    }

    /// <inheritdoc/>
    public void CompleteGrants()
    {
        foreach (var (ending, consumers) in LoginGroups.Of(_consumers, consumer => consumer.Grantee.Name))
        {
            var name = $"{Name}-grants{ending}";
            // Whoever may reach the database can set up the logins of all. Those of other databases are none of its business, and
            // which of them come before follows from the order of declaration.
            var first = consumers[0].Grantee;
            var access = first.Grants.Where(grant => grant is not Lambda.Invocation);
            var run = SetUp(
                name,
                [.. consumers.Select(consumer => new Login(
                    GrantTo(consumer.Grantee.Name, consumer.Link.Intent),
                    consumer.Grantee.Secret!,
                    consumer.Grantee.SecretOf(consumer.Link, "PASSWORD")))],
                first.Group,
                [.. access, .. consumers.Select(consumer => consumer.Grantee.Secret!.Version)],
                Tags,
                Runtime.Children);
            foreach (var (grantee, _) in consumers) grantee.Grants.Add(run);
        }
    }

    private static string Family(ManagedDatabaseArgs args) =>
        (args.Engine == DatabaseEngine.PostgreSql ? "postgres" : "mysql") + args.Version;

    private static IEnumerable<RdsInputs.ParameterGroupParameterArgs> Parameters(ManagedDatabaseArgs args)
    {
        if (args.Engine == DatabaseEngine.PostgreSql)
        {
            yield return Parameter("rds.force_ssl", "1");
        }
        else
        {
            yield return Parameter("require_secure_transport", "1");
            // Without it, only administrators may create triggers and functions, which writers of other clouds may (error 1419).
            yield return Parameter("log_bin_trust_function_creators", "1");
            // What is exported must be written, and to files.
            yield return Parameter("slow_query_log", "1");
            yield return Parameter("log_output", "FILE");
        }

        foreach (var (parameter, value) in DatabaseParameters.SetBy(args))
            yield return Parameter(parameter.Name, value, parameter.NeedsRestart ? "pending-reboot" : "immediate");
    }

    private static RdsInputs.ParameterGroupParameterArgs Parameter(string name, string value, string method = "immediate") =>
        new() { Name = name, Value = value, ApplyMethod = method };

    private static string[] LogExports(DatabaseEngine engine) =>
        engine == DatabaseEngine.PostgreSql ? ["postgresql", "upgrade"] : ["error", "slowquery"];

    private Connection At(
        (Output<string> Host, Output<string> Port) entrance,
        AwsGrantee grantee,
        RandomPassword password,
        string tlsMode) =>
        ConnectionAt(entrance, Output.Create(DatabaseGrant.LoginOf(grantee.Name)), password.Result, tlsMode);

    // RDS knows no logins: a task inside the network sets up those of consumers.
    private Lambda.Invocation SetUp(
        string name,
        IReadOnlyList<Login> logins,
        Ec2.SecurityGroup group,
        IReadOnlyList<Resource> grants,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        var administration = _instance.MasterUserSecrets.Apply(secrets => secrets[0].SecretArn);
        var secrets = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal)
        {
            [DatabaseGrant.AdminPassword] = Output.Format($"{administration}:password::"),
        };
        foreach (var login in logins) secrets.Add(login.Grant.PasswordVariable, login.Password);
        var triggers = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal);
        foreach (var login in logins) triggers.Add(login.Grant.Consumer, login.Kept.Version.VersionId);
        return new AwsSetup
        {
            Name = name,
            Store = Name,
            Image = ClientImage(Args),
            Command = DatabaseGrant.CommandOf([.. logins.Select(login => login.Grant)]),
            Environment = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal)
            {
                [DatabaseGrant.Host] = Host,
                [DatabaseGrant.Port] = Port,
                [DatabaseGrant.CertificateAuthority] = CertificateAuthority,
                [DatabaseGrant.AdminUsername] = Output.Create(Administrator),
            },
            Secrets = secrets,
            Reads = [administration, .. logins.Select(login => login.Kept.Secret.Arn)],
            Triggers = triggers,
            Group = group,
            Server = _instance,
            After = grants,
        }.Run(Runtime, _context, tags, child);
    }

    // A snapshot's name can be taken once only, so it changes with everything that replaces the instance.
    private Output<string> FinalSnapshot(string identifier, ValueProviders values)
    {
        var suffix = new RandomId(
            $"{Name}-snapshot",
            new()
            {
                ByteLength = 4,
                Keepers = new Dictionary<string, string> { ["engine"] = Args.Engine.ToString(), ["database"] = Args.Database },
            },
            values.Random(Child()));
        return Output.Format($"{identifier}-final-{suffix.Hex}");
    }

    private Iam.RolePolicyAttachment Monitor(Rds.InstanceArgs arguments, AwsContext context)
    {
        var role = new Iam.Role(
            $"{Name}-monitoring",
            new()
            {
                AssumeRolePolicy = Statement.Trust("monitoring.rds.amazonaws.com", context.AccountId),
                Description = $"Enhanced monitoring of {Name}",
                Path = $"/{context.Stack}/",
                Tags = Tags.AsInput(),
            },
            Child());
        arguments.MonitoringInterval = 60;
        arguments.MonitoringRoleArn = role.Arn;
        return new Iam.RolePolicyAttachment(
            $"{Name}-monitoring",
            new() { Role = role.Name, PolicyArn = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole" },
            Child());
    }

    // A login that is to be set up: whose it is, what for, and where its password is kept.
    private sealed record Login(DatabaseGrant Grant, AwsSecret Kept, Output<string> Password);
}
