using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;
using Pulumi;
using CloudWatch = Pulumi.Aws.CloudWatch;
using Ec2 = Pulumi.Aws.Ec2;
using Iam = Pulumi.Aws.Iam;
using Rds = Pulumi.Aws.Rds;

namespace Infra.Components.Databases.Aws;

/// <summary>
/// A database that is an instance of Amazon RDS of its own, guarded by a security group of its own: a server or a replica. It refuses
/// connections without TLS. Its certificate is signed by a private authority of AWS, which clients are given, so that they verify it.
/// </summary>
internal abstract class AwsInstance : AwsDatabase
{
    // Amazon RDS API: CreateDBInstance.
    private const int LongestIdentifier = 63;

    private readonly Ec2.SecurityGroup _group;

    /// <summary>Builds what guards it.</summary>
    /// <param name="args">The arguments of the server.</param>
    /// <param name="contents">Which of the server's databases it is.</param>
    /// <param name="placement">Where it stands, by what, and whose it is.</param>
    /// <param name="what">What it is, in words.</param>
    /// <param name="network">The network in which it stands.</param>
    /// <param name="runtime">Where tasks run; null where nobody uses a database.</param>
    /// <param name="context">The stack.</param>
    protected AwsInstance(
        ManagedDatabaseArgs args,
        DatabaseContents contents,
        PlacedComponentArgs placement,
        string what,
        AwsPrivateNetwork network,
        AwsRuntime? runtime,
        AwsContext context)
        : base(args, contents, placement, runtime, context)
    {
        Context = context;
        Tweak = args.Tweak<AwsDatabaseTweak>() ?? new();
        Id = ShortName.Of($"{context.Stack}-{Name}", LongestIdentifier);
        _group = new Ec2.SecurityGroup(
            Name,
            new() { VpcId = network.NetworkId, Description = $"{what} {Name}", Tags = Tags.Named(Name) },
            Child());
    }

    /// <summary>The role by which RDS watches the machine; null outside production.</summary>
    public abstract Iam.Role? Monitor { get; }

    /// <summary>The stack.</summary>
    protected AwsContext Context { get; }

    /// <summary>What the server asks of AWS.</summary>
    protected AwsDatabaseTweak Tweak { get; }

    /// <summary>The instance's identifier.</summary>
    protected string Id { get; }

    /// <summary>Whether changes happen at once instead of in the maintenance window.</summary>
    protected bool AppliesImmediately => Tweak.ApplyImmediately ?? !Context.IsProduction;

    /// <summary>The machine of a server that is no replica.</summary>
    protected string ServerClass => Tweak.InstanceClass ?? AwsDatabaseProducts.ClassOf(Args.Size, Context.Region);

    /// <summary>Whether the volume grows by itself.</summary>
    protected bool GrowsByItself => Args.StorageLimitGiB > Args.StorageGiB;

    /// <inheritdoc/>
    public override void Admit(AwsGrantee grantee, string role) => grantee.Reach(role, Name, _group, Args.Port);

    /// <summary>Starts the instance, and learns where it listens.</summary>
    /// <param name="arguments">What sets it apart.</param>
    /// <param name="instanceClass">Its machine.</param>
    /// <param name="options">Its options.</param>
    protected Rds.Instance Start(Rds.InstanceArgs arguments, string instanceClass, CustomResourceOptions options)
    {
        var night = AwsNight.In(Context.Region);
        if (Args.MaintenanceWindow is { } window) night = night.MaintainedOn((int)window.Day, window.Hour);
        arguments.Identifier = Id;
        arguments.InstanceClass = instanceClass;
        arguments.StorageType = "gp3";
        arguments.StorageEncrypted = true;
        if (GrowsByItself) arguments.MaxAllocatedStorage = Args.StorageLimitGiB;
        if (Tweak.Iops is { } iops) arguments.Iops = iops;
        arguments.AutoMinorVersionUpgrade = true;
        arguments.Port = Args.Port;
        arguments.VpcSecurityGroupIds = [_group.Id];
        arguments.PubliclyAccessible = false;
        arguments.CaCertIdentifier = AwsDatabaseRoots.Authority;
        arguments.MaintenanceWindow = night.Maintenance;
        arguments.ApplyImmediately = AppliesImmediately;
        arguments.Tags = Tags.AsInput();
        arguments.PerformanceInsightsEnabled = AwsDatabaseProducts.HasQueryInsights(instanceClass);
        if (AwsDatabaseProducts.HasQueryInsights(instanceClass)) arguments.PerformanceInsightsRetentionPeriod = Tweak.QueryInsightsDays;
        if (Monitor is { } role)
        {
            arguments.MonitoringInterval = 60;
            arguments.MonitoringRoleArn = role.Arn;
        }

        foreach (var log in Args.Engine == DatabaseEngine.PostgreSql ? new[] { "postgresql", "upgrade" } : ["error", "slowquery"])
        {
            arguments.EnabledCloudwatchLogsExports.Add(log);
            // RDS would create these groups itself, and keep what is in them forever.
            options.DependsOn.Add(new CloudWatch.LogGroup(
                $"{Name}-{log}",
                new() { Name = $"/aws/rds/instance/{Id}/{log}", RetentionInDays = Context.LogDays, Tags = Tags.AsInput() },
                Child(deleteBeforeReplace: true)));
        }

        options.CustomTimeouts = new CustomTimeouts
        {
            Create = TimeSpan.FromMinutes(60),
            Update = TimeSpan.FromMinutes(90),
            Delete = TimeSpan.FromMinutes(60),
        };
        var instance = new Rds.Instance(Name, arguments, options);
        Host = instance.Address;
        Port = Output.Create(Args.Port.ToString(CultureInfo.InvariantCulture));
        CertificateAuthority = Output.Create(
            Tweak.CertificateAuthority.Length > 0 ? Tweak.CertificateAuthority : AwsDatabaseRoots.In(Context.Region));
        return instance;
    }
}
