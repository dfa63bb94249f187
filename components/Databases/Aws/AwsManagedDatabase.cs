using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Identities.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Registries.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Services.Aws;
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
/// AWS: where the stack's author hands over that authority's certificates, clients verify the server, elsewhere they only encrypt.
/// </summary>
internal sealed class AwsManagedDatabase : PlacedDatabase, ILinkTarget<AwsGrantee>
{
    private const string Administrator = "dbadmin";

    // Grants wait for a new role's rights to spread, and for other grants of the same database.
    private const int GrantAttempts = 5;
    private const int GrantMinutes = 10;

    private readonly AwsRuntime? _runtime;
    private readonly AwsDatabaseTweak _tweak;
    private readonly Ec2.SecurityGroup _group;
    private readonly AwsSecret _administration;
    private readonly Rds.Instance _instance;

    /// <summary>Builds the database.</summary>
    public AwsManagedDatabase(ManagedDatabase database, AwsPrivateNetwork network, AwsRuntime? runtime, AwsContext context)
        : base(database.Args, context.Place(database))
    {
        _runtime = runtime;
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
                Parameters = [OnlyTls(Args.Engine)],
                // Another major version needs another group, and AWS keeps the old one in use until the maintenance window: it is left
                // there.
                SkipDestroy = !applyImmediately,
                Tags = Tags.AsInput(),
            },
            Child());
        var password = LoginPassword.Create($"{Name}-admin", context.Values, Child());
        _administration = AwsSecret.Create(
            $"{Name}-admin",
            $"Administrator of database {Name}",
            password.Result.Apply(result => $$"""{"PASSWORD":"{{result}}"}"""),
            Tags,
            context,
            Child);

        var identifier = Identifier(context.Stack, Name);
        var logs = LogExports(Args.Engine);
        // RDS would create these groups itself, and keep what is in them forever.
        var groups = logs.Select(log => new CloudWatch.LogGroup(
            $"{Name}-{log}",
            new() { Name = $"/aws/rds/instance/{identifier}/{log}", RetentionInDays = context.LogDays, Tags = Tags.AsInput() },
            Child(deleteBeforeReplace: true))).ToList();
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
            Password = password.Result,
            DbSubnetGroupName = subnets.Name,
            VpcSecurityGroupIds = [_group.Id],
            ParameterGroupName = parameters.Name,
            PubliclyAccessible = false,
            CaCertIdentifier = "rds-ca-rsa2048-g1",
            BackupRetentionPeriod = Args.BackupDays,
            BackupWindow = "02:00-03:00",
            MaintenanceWindow = "sun:03:30-sun:04:30",
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
        CertificateAuthority = Output.Create(_tweak.CertificateAuthority);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Endpoint? Endpoint => new(Host, Port, SpeaksTls: true);

    // Only a consumer needs it, and then it stands.
    private AwsRuntime Runtime => _runtime!;

    private bool GrowsByItself => Args.StorageLimitGiB > Args.StorageGiB;

    /// <summary>The identifier of a database's instance.</summary>
    public static string Identifier(string stack, string database) => $"{stack}-{database}";

    /// <summary>The image that sets up logins. Amazon's public registry mirrors the official images, without their rate limits.</summary>
    public static string ClientImage(ManagedDatabaseArgs args) => args.Tweak<AwsDatabaseTweak>()?.ClientImage
        ?? $"public.ecr.aws/docker/library/{new DatabaseGrant(args.Engine, args.Version, args.Database, "", Intent.Read).Image}";

    /// <inheritdoc/>
    public void Admit(AwsGrantee grantee, string role) => grantee.Reach(role, Name, _group, Args.Port);

    /// <inheritdoc/>
    public Connection Connect(AwsGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var password = grantee.Password(link);
        if (relay is null)
        {
            var connection = At(EntranceFor(relay), grantee, password, _tweak.CertificateAuthority.Length > 0 ? "verify-full" : "require");
            _ = SetUp(grantee, link, grantee.Keep(link, connection));
            return connection;
        }

        // Its own cloud keeps what the consumer must know. The server's certificate does not name the relay.
        var login = SetUp(grantee, link, grantee.Keep(link, password));
        return At(EntranceFor(relay, login), grantee, password, "require");
    }

    private static string Family(ManagedDatabaseArgs args) =>
        (args.Engine == DatabaseEngine.PostgreSql ? "postgres" : "mysql") + args.Version;

    private static RdsInputs.ParameterGroupParameterArgs OnlyTls(DatabaseEngine engine) => new()
    {
        Name = engine == DatabaseEngine.PostgreSql ? "rds.force_ssl" : "require_secure_transport",
        Value = "1",
        ApplyMethod = "immediate",
    };

    private static string[] LogExports(DatabaseEngine engine) =>
        engine == DatabaseEngine.PostgreSql ? ["postgresql", "upgrade"] : ["error", "slowquery"];

    private Connection At(
        (Output<string> Host, Output<string> Port) entrance,
        AwsGrantee grantee,
        RandomPassword password,
        string tlsMode) =>
        ConnectionAt(entrance, Output.Create(DatabaseGrant.LoginOf(grantee.Name)), password.Result, tlsMode);

    // RDS knows no logins: a task inside the network sets up the consumer's. It has no role of its own, and the role that starts it reads
    // two secrets.
    private Lambda.Invocation SetUp(AwsGrantee grantee, StandingLink link, AwsSecret login)
    {
        var grant = GrantTo(grantee.Name, link.Intent);
        var name = grantee.NameOf(link, "grant");
        var image = AwsImage.Of(ClientImage(Args), registry: null);
        var role = AwsServiceIdentity.TaskRole(
            name,
            $"Sets up the login of {grantee.Name}",
            isJob: true,
            grantee.Tags,
            grantee.Context,
            grantee.Child());
        var starting = AwsContainer.Starting(Runtime.JobLogs, [_administration, login]);
        var policy = new Iam.RolePolicy(
            name,
            new() { Role = role.Name, Policy = Statement.Document([.. starting, .. image.Pull()]) },
            grantee.Child());
        var task = AwsTask.Create(
            name,
            new()
            {
                Container = name,
                Family = AwsJobRunner.Family(grantee.Context.Stack, name),
                Image = image.Reference,
                Size = FargateSize.Smallest,
                ExecutionRole = role,
                Logs = Runtime.JobLogs,
                EntryPoint = [.. grant.Command.SkipLast(1)],
                Command = [grant.Command[^1]],
                Environment = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal)
                {
                    [DatabaseGrant.Host] = Host,
                    [DatabaseGrant.Port] = Port,
                    [DatabaseGrant.CertificateAuthority] = CertificateAuthority,
                    [DatabaseGrant.AdminUsername] = Output.Create(Administrator),
                },
                Secrets = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal)
                {
                    [DatabaseGrant.AdminPassword] = _administration.Value("PASSWORD"),
                    [DatabaseGrant.LoginPassword] = login.Value("PASSWORD"),
                },
            },
            grantee.Context,
            grantee.Tags,
            grantee.Child());
        var triggers = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal) { ["password"] = login.Version.VersionId };
        var run = Runtime.Run(
            name,
            task,
            grantee.Group,
            GrantAttempts,
            GrantMinutes,
            triggers,
            grantee.Child(dependsOn: [_instance, _administration.Version, policy, .. grantee.Grants]));
        grantee.Grants.Add(run);
        return run;
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
}
