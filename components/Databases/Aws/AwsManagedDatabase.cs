using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Runtimes.Aws;
using Pulumi;
using Pulumi.Random;
using Iam = Pulumi.Aws.Iam;
using Rds = Pulumi.Aws.Rds;
using RdsInputs = Pulumi.Aws.Rds.Inputs;

namespace Infra.Components.Databases.Aws;

/// <summary>A server of Amazon RDS in the data subnets.</summary>
internal sealed class AwsManagedDatabase : AwsInstance
{
    private const string PasswordKey = "PASSWORD";

    /// <summary>Builds the database.</summary>
    public AwsManagedDatabase(ManagedDatabase database, AwsPrivateNetwork network, AwsRuntime? runtime, AwsContext context)
        : base(database.Args, database.Args.Contents, context.Place(database), "Database", network, runtime, context)
    {
        var subnets = new Rds.SubnetGroup(
            Name,
            new() { SubnetIds = network.DataSubnets, Description = $"Database {Name}", Tags = Tags.AsInput() },
            Child());
        Parameters = new Rds.ParameterGroup(
            Name,
            new()
            {
                Family = Family(Args),
                Description = $"Database {Name}",
                Parameters = [.. ParametersOf(Args)],
                // Another major version needs another group, and AWS keeps the old one in use until the maintenance window: it is left
                // there.
                SkipDestroy = !AppliesImmediately,
                Tags = Tags.AsInput(),
            },
            Child());
        var arguments = new Rds.InstanceArgs
        {
            Engine = Args.Engine == DatabaseEngine.PostgreSql ? "postgres" : "mysql",
            EngineVersion = Args.Version,
            EngineLifecycleSupport = Tweak.ExtendedSupport
                ? "open-source-rds-extended-support"
                : "open-source-rds-extended-support-disabled",
            AllowMajorVersionUpgrade = true,
            AllocatedStorage = Args.StorageGiB,
            MultiAz = Args.HighAvailability,
            DbName = Args.Database,
            Username = Administrator,
            DbSubnetGroupName = subnets.Name,
            ParameterGroupName = Parameters.Name,
            BackupRetentionPeriod = Args.BackupDays,
            BackupWindow = AwsNight.In(context.Region).Backup,
            CopyTagsToSnapshot = true,
            DeleteAutomatedBackups = !context.IsProduction,
            DeletionProtection = IsProtected,
            SkipFinalSnapshot = !context.IsProduction,
        };
        if (Args.BeginsFrom is { IsSnapshot: true } origin) arguments.SnapshotIdentifier = origin.Snapshot;
        var options = Child(
            protect: context.Protect,
            // Read once: another one, or none, would replace the instance.
            ignoreChanges: ["snapshotIdentifier"],
            // The identifier is fixed, because people type it.
            deleteBeforeReplace: true);
        if (context.IsProduction)
        {
            arguments.FinalSnapshotIdentifier = FinalSnapshot(context.Values);
            Monitor = MonitorRole();
            options.DependsOn.Add(new Iam.RolePolicyAttachment(
                $"{Name}-monitoring",
                new() { Role = Monitor.Name, PolicyArn = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole" },
                Child()));
        }

        // Where RDS makes the password, it keeps it as a secret and changes it every week; but it copies no server of which it does.
        var kept = Tweak.OwnPassword || ReplicaChecks.Of(database, context).Any() ? KeepPassword(arguments) : null;
        if (kept is null) arguments.ManageMasterUserPassword = true;
        Instance = Start(arguments, ServerClass, options);
        Administration = kept is null ? ByRds(Instance) : new(kept.Secret.Arn, kept.Value(PasswordKey), [kept.Version]);
        Database = Output.Create(Args.Database);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override Rds.Instance Instance { get; }

    /// <inheritdoc/>
    public override AwsAdministration Administration { get; }

    /// <inheritdoc/>
    public override Iam.Role? Monitor { get; }

    /// <summary>Its parameters.</summary>
    public Rds.ParameterGroup Parameters { get; }

    private static string Family(ManagedDatabaseArgs args) =>
        (args.Engine == DatabaseEngine.PostgreSql ? "postgres" : "mysql") + args.Version;

    private static IEnumerable<RdsInputs.ParameterGroupParameterArgs> ParametersOf(ManagedDatabaseArgs args)
    {
        if (args.Engine == DatabaseEngine.PostgreSql)
        {
            yield return Parameter("rds.force_ssl", "1");
            if (args.Followable)
            {
                // Takes effect with the next restart, which AWS leaves to whoever asks for it.
                yield return Parameter("rds.logical_replication", "1", "pending-reboot");
                // What nobody fetches may not fill the disk.
                yield return Parameter("max_slot_wal_keep_size", args.KeptLogMiB);
            }
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

    private static AwsAdministration ByRds(Rds.Instance instance)
    {
        var secret = instance.MasterUserSecrets.Apply(secrets => secrets[0].SecretArn);
        return new(secret, Output.Format($"{secret}:password::"), []);
    }

    private AwsSecret KeepPassword(Rds.InstanceArgs arguments)
    {
        var password = LoginPassword.Create($"{Name}-administrator", Context.Values, Child()).Result;
        arguments.Password = password;
        return AwsSecret.Create(
            $"{Name}-administrator",
            $"The administrator of {Name}",
            password.Apply(value => AwsJson.Text(AwsJson.Map([PasswordKey], [value]))),
            Tags,
            Context,
            Child);
    }

    // A snapshot's name can be taken once only, so it changes with everything that replaces the instance.
    private Output<string> FinalSnapshot(ValueProviders values)
    {
        var suffix = new RandomId(
            $"{Name}-snapshot",
            new()
            {
                ByteLength = 4,
                Keepers = new Dictionary<string, string> { ["engine"] = Args.Engine.ToString(), ["database"] = Args.Database },
            },
            values.Random(Child()));
        return Output.Format($"{Id}-final-{suffix.Hex}");
    }

    private Iam.Role MonitorRole() => new(
        $"{Name}-monitoring",
        new()
        {
            AssumeRolePolicy = Statement.Trust("monitoring.rds.amazonaws.com", Context.AccountId),
            Description = $"Enhanced monitoring of {Name}",
            Path = $"/{Context.Stack}/",
            Tags = Tags.AsInput(),
        },
        Child());
}
