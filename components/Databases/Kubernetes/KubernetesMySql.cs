using System.Globalization;
using System.Text;
using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Jobs.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Batch.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Batch = Pulumi.Kubernetes.Batch.V1;

namespace Infra.Components.Databases.Kubernetes;

/// <summary>
/// MySQL as an InnoDB cluster of its own project's operator: one server, or three with group replication, behind a router that follows the
/// primary. A plain stateful set would have neither fail-over nor upgrades. Backups are daily dumps: the operator archives no binary logs,
/// and the pods of its own schedules are none that a namespace of restricted pods admits (its source: backup_objects).
/// </summary>
internal sealed class KubernetesMySql : ClusterDatabase
{
    /// <summary>What provides it.</summary>
    public const string Product = "MySQL Operator";

    // The router's port for reading and writing, behind the service's 3306 (MySQL Operator manual).
    private const int RouterPort = 6446;

    // The shell's image has its user by this number.
    private const int ShellUser = 27;

    // Three servers come up one after the other, each with a volume, an image and a copy of the data; an update restarts them likewise.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private static readonly string[] AccessModes = ["ReadWriteOnce"];

    /// <summary>Creates the database.</summary>
    /// <param name="database">The declared database.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesMySql(ManagedDatabase database, KubernetesContext context)
        : base(database.Args, database.Args.Contents, context.PlaceInCluster(database) with { RunsOn = Product })
    {
        var (name, args, cluster, tags) = (Name, database.Args, context.Running, Tags);
        var tweak = args.Tweak<KubernetesDatabaseTweak>() ?? new();
        var host = cluster.Host(name);
        var authority = new PrivateAuthority(name, cluster.Values, () => Child());
        var instanceHosts = $"*.{cluster.Host($"{name}-instances")}";
        var tls = ClusterContext.NameOf(authority.Issue(name, cluster, tags, () => Child(), [host, instanceHosts]));
        var password = LoginPassword.Create($"{name}-password", cluster.Values, Child());
        var administrator = ClusterContext.NameOf(new Secret($"{name}-admin", new SecretArgs
        {
            Metadata = cluster.Metadata(name, tags),
            StringData = { ["rootUser"] = "root", ["rootHost"] = "%", ["rootPassword"] = password.Result },
        }, Child()));

        var everyPod = new Dictionary<string, string> { ["mysql.oracle.com/cluster"] = name };
        Routers = new Dictionary<string, string>(everyPod) { ["component"] = "mysqlrouter" };
        Ways = NetworkAccess.Open(name, cluster, tags, Routers, RouterPort);
        var peers = NetworkAccess.Operated(
            name, cluster, tags, everyPod, Releases.MySqlOperator.Namespace, outside: false, Child());

        var instances = tweak.Instances ?? (args.HighAvailability ? 3 : 1);
        var promise = ManagedDatabaseArgs.Promise(args.Size);
        var restricted = new Fields { ["seccompProfile"] = new Fields { ["type"] = "RuntimeDefault" } };
        var server = new CustomObject(name, new CustomObjectArgs(
            "mysql.oracle.com/v2",
            "InnoDBCluster",
            cluster.Named(name, name, tags, CustomObject.WaitFor("jsonpath={.status.cluster.status}=ONLINE")),
            new Fields
            {
                ["secretName"] = administrator,
                ["version"] = DatabaseReleases.MySqlServer(args.Version),
                ["instances"] = instances,
                ["tlsUseSelfSigned"] = false,
                ["tlsCASecretName"] = tls,
                ["tlsSecretName"] = tls,
                ["mycnf"] = Configuration(args, tweak),

                // The namespace admits restricted pods only: no container that changes owners as root, and the runtime's system call
                // filter.
                ["datadirPermissions"] = new Fields { ["setRightsUsingInitContainer"] = false, ["fsGroupChangePolicy"] = "OnRootMismatch" },
                ["podSpec"] = new Fields
                {
                    ["securityContext"] = restricted,
                    ["containers"] = new[]
                    {
                        new Fields
                        {
                            ["name"] = "mysql",
                            ["resources"] = new Fields
                            {
                                ["requests"] = new Fields
                                {
                                    ["cpu"] = ClusterContext.Cpu(promise.VCpu),
                                    ["memory"] = ClusterContext.Memory(promise.MemoryGiB),
                                },
                                ["limits"] = new Fields { ["memory"] = ClusterContext.Memory(promise.MemoryGiB) },
                            },
                        },
                    },
                },
                ["podLabels"] = Fields.Of(ClusterContext.TagLabels(tags)),
                ["datadirVolumeClaimTemplate"] = new Fields
                {
                    ["accessModes"] = AccessModes,
                    ["storageClassName"] = tweak.StorageClass ?? cluster.Traits.StorageClass,
                    ["resources"] = new Fields { ["requests"] = new Fields { ["storage"] = ClusterContext.Storage(args.StorageGiB) } },
                },
                ["router"] = new Fields
                {
                    ["instances"] = instances > 1 ? 2 : 1,
                    ["tlsSecretName"] = tls,
                    ["podSpec"] = new Fields { ["securityContext"] = restricted },
                },
            }), Child(protect: cluster.Profile.Protect, dependsOn: [.. cluster.Of(Addon.DatabaseOperator), peers]).Within(Patience));

        Host = Output.Create(host);
        Port = Output.Create(args.Port.ToString(CultureInfo.InvariantCulture));
        Database = Output.Create(args.Database);
        CertificateAuthority = authority.Certificate.CertPem;
        Administrator = DatabaseAdministrator.In(administrator, "rootUser", "rootPassword");
        Ready = [server, Create(cluster, server)];
        if (cluster.Traits.Backups is { } backups) Dump(backups, server, cluster);
        RegisterOutputs();
    }

    /// <summary>The labels of the routers' pods.</summary>
    public IReadOnlyDictionary<string, string> Routers { get; }

    /// <summary>The policies that let pods through which use it.</summary>
    public IReadOnlyList<Resource> Ways { get; }

    /// <inheritdoc/>
    public override void Admit(KubernetesGrantee grantee, string role) => grantee.Reach(Name, Ways);

    private static string Configuration(ManagedDatabaseArgs args, KubernetesDatabaseTweak tweak)
    {
        var promise = ManagedDatabaseArgs.Promise(args.Size);

        // Half of the memory: the server also holds connections, and the container's limit ends it without warning.
        var text = new StringBuilder("[mysqld]\n")
            .Append(CultureInfo.InvariantCulture, $"innodb_buffer_pool_size={Math.Round(promise.MemoryGiB * 512)}M\n");
        foreach (var (parameter, value) in DatabaseParameters.SetBy(args))
            text.Append(parameter.Name).Append('=').Append(value).Append('\n');
        foreach (var (key, value) in tweak.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
            text.Append(key).Append('=').Append(value).Append('\n');
        return text.ToString();
    }

    // With the login that the operator makes for dumps, through the router as everyone else, and out to the bucket.
    private void Dump(BackupStore backups, Resource server, ClusterContext cluster)
    {
        var path = backups.Url.Split("://", 2)[^1].Trim('/').Split('/', 2);
        var prefix = path.Length > 1 ? $"{path[1]}/{cluster.NamespaceName}/{Name}" : $"{cluster.NamespaceName}/{Name}";
        var consumer = new Dictionary<string, string> { [ClusterContext.ConsumerLabel] = Name };
        var outside = NetworkAccess.Egress(
            $"{Name}-dump-egress", cluster.Metadata(Name, Tags), consumer, [NetworkAccess.Internet()], [], Child());
        var pod = new ContainerPod
        {
            Cluster = cluster,
            Name = $"{Name}-dump",
            IsSelected = false,
            Consumer = Name,
            Uses = NetworkAccess.UserOf(Name),
            Tags = Tags,
            Image = Releases.MySqlShellImage,
            Capacity = new Capacity(0.5, 1),
            EntryPoint = MySqlDump.Command,
            Environment =
            [
                new() { Name = DatabaseGrant.Host, Value = Host },
                new() { Name = DatabaseGrant.Port, Value = Port },
                new() { Name = DatabaseGrant.CertificateAuthority, Value = CertificateAuthority },
                ClusterContext.FromSecret(DatabaseGrant.AdminUsername, $"{Name}-backup", "backupUsername"),
                ClusterContext.FromSecret(DatabaseGrant.AdminPassword, $"{Name}-backup", "backupPassword"),
                new() { Name = MySqlDump.Bucket, Value = path[0] },
                new() { Name = MySqlDump.Prefix, Value = prefix },
                new() { Name = MySqlDump.Endpoint, Value = backups.Endpoint ?? "" },
                ClusterContext.FromSecret(MySqlDump.AccessKey, backups.Secret, "ACCESS_KEY_ID"),
                ClusterContext.FromSecret(MySqlDump.SecretKey, backups.Secret, "ACCESS_SECRET_KEY"),
                new() { Name = "MYSQLSH_USER_CONFIG_HOME", Value = "/tmp" },
            ],
            User = ShellUser,
        };
        _ = new Batch.CronJob($"{Name}-dump", new CronJobArgs
        {
            // The name of a schedule may have 52 characters, and Pulumi's own digits would not fit behind the longest.
            Metadata = cluster.Named($"{Name}-dump", Name, Tags),
            Spec = new CronJobSpecArgs
            {
                Schedule = "0 3 * * *",
                ConcurrencyPolicy = "Forbid",
                StartingDeadlineSeconds = 3600,
                SuccessfulJobsHistoryLimit = 1,
                FailedJobsHistoryLimit = 3,
                JobTemplate = new JobTemplateSpecArgs { Spec = KubernetesJob.Spec(pod, retries: 2, timeout: TimeSpan.FromHours(12)) },
            },
        }, Child(dependsOn: [server, outside, .. Ways], deleteBeforeReplace: true));
    }

    // The operator makes servers, not databases.
    private Batch.Job Create(ClusterContext cluster, Resource server)
    {
        var address = $"--host=\"${DatabaseGrant.Host}\" --port=\"${DatabaseGrant.Port}\"";
        return Create(
            cluster,
            Administrator!,
            $"""
            export MYSQL_PWD="${DatabaseGrant.AdminPassword}"
            ca=$(mktemp)
            printf '%s\n' "${DatabaseGrant.CertificateAuthority}" > "$ca"
            exec mysql --no-defaults --connect-timeout=15 --ssl-mode=VERIFY_IDENTITY --ssl-ca="$ca" {address} \
              --user="${DatabaseGrant.AdminUsername}" --execute='CREATE DATABASE IF NOT EXISTS `{Args.Database}`'
            """,
            Child(dependsOn: [server, .. Ways]));
    }
}
