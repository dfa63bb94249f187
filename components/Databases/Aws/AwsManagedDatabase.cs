using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Random;
using CloudWatch = Pulumi.Aws.CloudWatch;
using Ec2 = Pulumi.Aws.Ec2;
using Iam = Pulumi.Aws.Iam;
using Rds = Pulumi.Aws.Rds;
using RdsInputs = Pulumi.Aws.Rds.Inputs;

namespace Infra.Components.Databases.Aws;

/// <summary>
/// An instance of Amazon RDS in the data subnets. It refuses connections without TLS. Its certificate is signed by a private authority of
/// AWS, which clients are given, so that they verify the server.
/// </summary>
internal sealed class AwsManagedDatabase : AwsDatabase
{
    // Amazon RDS API: CreateDBInstance.
    private const int LongestIdentifier = 63;

    private readonly AwsDatabaseTweak _tweak;
    private readonly Ec2.SecurityGroup _group;

    /// <summary>Builds the database.</summary>
    public AwsManagedDatabase(ManagedDatabase database, AwsPrivateNetwork network, AwsRuntime? runtime, AwsContext context)
        : base(database.Args, database.Args.Contents, context.Place(database), runtime, context)
    {
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
        if (Args.MaintenanceWindow is { } window) night = night.MaintainedOn((int)window.Day, window.Hour);
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
        Instance = new Rds.Instance(Name, arguments, options);

        Host = Instance.Address;
        Port = Output.Create(Args.Port.ToString(CultureInfo.InvariantCulture));
        Database = Output.Create(Args.Database);
        CertificateAuthority = Output.Create(
            _tweak.CertificateAuthority.Length > 0 ? _tweak.CertificateAuthority : AwsDatabaseRoots.In(context.Region));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override Rds.Instance Instance { get; }

    private bool GrowsByItself => Args.StorageLimitGiB > Args.StorageGiB;

    /// <summary>The identifier of a database's instance.</summary>
    public static string Identifier(string stack, string database) => ShortName.Of($"{stack}-{database}", LongestIdentifier);

    /// <inheritdoc/>
    public override void Admit(AwsGrantee grantee, string role) => grantee.Reach(role, Name, _group, Args.Port);

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
