using System.Globalization;
using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Random;

namespace Infra.Components.Databases.Kubernetes;

/// <summary>
/// PostgreSQL run by CloudNativePG: one server, or three with synchronous replication and automatic fail-over. Its volumes grow when <see
/// cref="ManagedDatabaseArgs.StorageGiB"/> is raised, not by themselves; they are encrypted if the storage class encrypts. The database in
/// it is an object of its own: another name is another database, which stands beside the old one until that is dropped by hand.
/// </summary>
internal sealed class KubernetesPostgreSql : ClusterDatabase
{
    /// <summary>What provides it.</summary>
    public const string Product = "CloudNativePG";

    // Owner of the database, who may create logins; not a superuser.
    private const string AdministratorName = "administrator";
    private const string BackupPlugin = "barman-cloud.cloudnative-pg.io";
    private const string Api = "postgresql.cnpg.io/v1";
    private const string OriginName = "origin";

    /// <summary>Creates the database.</summary>
    /// <param name="database">The declared database.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesPostgreSql(ManagedDatabase database, KubernetesContext context)
        : base(database.Args, database.Args.Contents, context.PlaceInCluster(database) with { RunsOn = Product })
    {
        var (name, args, cluster, tags) = (Name, database.Args, context.Running, Tags);
        var tweak = args.Tweak<KubernetesDatabaseTweak>() ?? new();
        var authority = new PrivateAuthority(name, cluster.Values, () => Child());
        Signer = ClusterContext.NameOf(new Secret($"{name}-signer", new SecretArgs
        {
            Metadata = cluster.Metadata(name, tags),
            StringData = { ["ca.crt"] = authority.Certificate.CertPem, ["ca.key"] = authority.Key.PrivateKeyPem },
        }, Child()));
        var password = LoginPassword.Create($"{name}-password", cluster.Values, Child());
        var administrator = new Secret($"{name}-admin", new SecretArgs
        {
            Metadata = cluster.Metadata(name, tags),
            Type = "kubernetes.io/basic-auth",
            StringData = { ["username"] = AdministratorName, ["password"] = password.Result },
        }, Child());
        var login = new Fields { ["name"] = ClusterContext.NameOf(administrator) };

        var pods = PodsOf(name);
        var peers = NetworkAccess.Operated(
            name, cluster, tags, pods, Releases.CloudNativePg.Namespace, outside: cluster.Traits.Backups is not null, Child());
        if (IsUsed(database, context)) Ways = NetworkAccess.Open(name, cluster, tags, pods, args.Port);
        var installed = cluster.Of(Addon.DatabaseOperator).ToList();
        var store = cluster.Traits.Backups is { } backups ? Store(name, args, backups, cluster, tags, installed) : null;
        var origin = args.BeginsFrom is { IsSnapshot: true } began
            ? Origin(name, began, cluster.Traits.Backups!, cluster, tags, installed)
            : null;

        if (store is not null)
        {
            Archive = new() { ["barmanObjectName"] = name, ["serverName"] = ArchiveName(name, cluster) };
        }

        var extensions = DatabaseExtensions.On(database, context);
        var specification = Machines(args, tweak.Instances ?? (args.HighAvailability ? 3 : 1), extensions, Signer, cluster, tags);

        // Read once. What the database is called later, its own object says.
        specification["bootstrap"] = new Fields
        {
            [origin is null ? "initdb" : "recovery"] = new Fields
            {
                ["source"] = origin is null ? null : OriginName,
                ["database"] = args.Database,
                ["owner"] = AdministratorName,
                ["secret"] = login,
                ["dataChecksums"] = origin is null ? true : null,
            },
        };
        if (origin is not null)
        {
            specification["externalClusters"] = new[]
            {
                new Fields
                {
                    ["name"] = OriginName,
                    ["plugin"] = new Fields
                    {
                        ["name"] = BackupPlugin,
                        ["parameters"] = new Fields
                        {
                            ["barmanObjectName"] = $"{name}-{OriginName}",
                            ["serverName"] = FolderOf(args.BeginsFrom!.Snapshot).Archive,
                        },
                    },
                },
            };
        }

        specification["managed"] = new Fields
        {
            ["roles"] = new[]
            {
                new Fields
                {
                    ["name"] = AdministratorName,
                    ["ensure"] = "present",
                    ["login"] = true,
                    ["createrole"] = true,

                    // Who has it can give it to others.
                    ["replication"] = args.Followable ? true : null,
                    ["passwordSecret"] = login,
                },
            },
        };
        if (Archive is not null)
        {
            specification["plugins"] = new[]
            {
                new Fields { ["name"] = BackupPlugin, ["isWALArchiver"] = true, ["parameters"] = Archive },
            };
        }

        var server = new CustomObject(
            name,
            new CustomObjectArgs(Api, "Cluster", cluster.Named(name, name, tags, CustomObject.WaitFor("condition=Ready")), specification),
            Child(
                protect: cluster.Profile.Protect,
                ignoreChanges: ["spec.bootstrap", "spec.externalClusters"],
                dependsOn: [.. installed, peers, .. new[] { store, origin }.OfType<Resource>()]).Within(Patience));
        Holder = server;
        var contents = Contain(
            $"{name}-database",
            name,
            args.Contents,
            cluster.Metadata(name, tags),
            Child(protect: cluster.Profile.Protect, dependsOn: [server]));
        if (store is not null)
        {
            _ = new CustomObject($"{name}-schedule", new CustomObjectArgs(
                Api,
                "ScheduledBackup",
                cluster.Metadata(name, tags),
                new Fields
                {
                    // Six fields: the first is seconds.
                    ["schedule"] = "0 0 3 * * *",
                    ["immediate"] = true,
                    ["backupOwnerReference"] = "self",
                    ["cluster"] = new Fields { ["name"] = name },
                    ["method"] = "plugin",
                    ["pluginConfiguration"] = new Fields { ["name"] = BackupPlugin },
                }), Child(dependsOn: [server]));
        }

        Host = Output.Create(cluster.Host($"{name}-rw"));
        Port = Output.Create(args.Port.ToString(CultureInfo.InvariantCulture));
        Database = Output.Create(args.Database);
        CertificateAuthority = authority.Certificate.CertPem;
        Administrator = DatabaseAdministrator.In(ClusterContext.NameOf(administrator), "username", "password");
        Ready = [contents, .. Ways];
        RegisterOutputs();
    }

    /// <summary>The policies that let pods through which use it; none where none does.</summary>
    public IReadOnlyList<Resource> Ways { get; } = [];

    /// <summary>The servers.</summary>
    public CustomObject Holder { get; }

    /// <summary>The name of the secret of the authority that signs its certificates, with its key.</summary>
    public Output<string> Signer { get; }

    /// <summary>Where its log is archived, in the words of the plugin for backups; null where it is not.</summary>
    public Fields? Archive { get; }

    /// <summary>
    /// How long machines are waited for. Three servers come up one after the other, each with a volume, an image and a copy of the data; an
    /// update restarts them likewise.
    /// </summary>
    public static TimeSpan Patience => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override void Admit(KubernetesGrantee grantee, string role) => grantee.Reach(Name, Ways);

    /// <summary>
    /// Makes a database in the servers. Its name cannot change, so another one is another object; the old one's data stay.
    /// </summary>
    /// <param name="resource">The name of its resource.</param>
    /// <param name="server">The name of the servers.</param>
    /// <param name="contents">What it is.</param>
    /// <param name="metadata">The metadata of its object.</param>
    /// <param name="options">The options of its resource.</param>
    public static CustomObject Contain(
        string resource,
        string server,
        DatabaseContents contents,
        ObjectMetaArgs metadata,
        CustomResourceOptions options)
    {
        metadata.Annotations = CustomObject.WaitFor("jsonpath={.status.applied}=true");
        options.ReplaceOnChanges.Add("spec.name");
        return new CustomObject(resource, new CustomObjectArgs(
            Api,
            "Database",
            metadata,
            new Fields
            {
                ["cluster"] = new Fields { ["name"] = server },
                ["name"] = contents.Database,
                ["owner"] = AdministratorName,
                ["databaseReclaimPolicy"] = "retain",

                // The administrator is no superuser, who alone may make some of them. One that is no longer listed is left alone.
                ["extensions"] = contents.Extensions.Count == 0
                    ? null
                    : DatabaseExtensions.Complete(contents.Extensions).Select(extension => new Fields { ["name"] = extension }).ToArray(),
            }), options);
    }

    /// <summary>The labels of the pods of servers or replicas of a name.</summary>
    public static IReadOnlyDictionary<string, string> PodsOf(string name) =>
        new Dictionary<string, string> { ["cnpg.io/cluster"] = name };

    /// <summary>A copy of the servers.</summary>
    /// <param name="resource">The name of its resource.</param>
    /// <param name="metadata">The metadata of its object.</param>
    /// <param name="machines">Its machines.</param>
    /// <param name="options">The options of its resource.</param>
    public CustomObject Copy(string resource, ObjectMetaArgs metadata, Fields machines, CustomResourceOptions options)
    {
        Fields Of(string secret, string key) => new() { ["name"] = secret, ["key"] = key };

        // The operator makes the certificate by which servers let their copies in, and calls its secret so.
        var replication = $"{Name}-replication";
        machines["replica"] = new Fields { ["enabled"] = true, ["source"] = Name };
        machines["bootstrap"] = new Fields { ["pg_basebackup"] = new Fields { ["source"] = Name } };
        machines["externalClusters"] = new[]
        {
            new Fields
            {
                ["name"] = Name,
                ["connectionParameters"] = new Fields
                {
                    ["host"] = Host,
                    ["user"] = "streaming_replica",
                    ["dbname"] = "postgres",
                    ["sslmode"] = "verify-full",
                },
                ["sslKey"] = Of(replication, "tls.key"),
                ["sslCert"] = Of(replication, "tls.crt"),
                ["sslRootCert"] = new Fields { ["name"] = Signer, ["key"] = "ca.crt" },

                // What the servers no longer keep when a copy comes back, it finds in the archive.
                ["plugin"] = Archive is null ? null : new Fields { ["name"] = BackupPlugin, ["parameters"] = Archive },
            },
        };
        return new(resource, new CustomObjectArgs(Api, "Cluster", metadata, machines), options);
    }

    /// <summary>The machines of servers or of a replica.</summary>
    /// <param name="args">The arguments of the server, with the size of what runs.</param>
    /// <param name="instances">How many run.</param>
    /// <param name="extensions">The extensions that the server's databases ask for.</param>
    /// <param name="signer">The secret of the authority that signs their certificates.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the component.</param>
    public static Fields Machines(
        ManagedDatabaseArgs args,
        int instances,
        IReadOnlyList<string> extensions,
        Output<string> signer,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags)
    {
        var tweak = args.Tweak<KubernetesDatabaseTweak>() ?? new();
        var promise = ManagedDatabaseArgs.Promise(args.Size);
        return new Fields
        {
            ["instances"] = instances,
            ["imageName"] = DatabaseReleases.PostgreSqlImage(args.Version, extensions),
            ["primaryUpdateStrategy"] = "unsupervised",
            ["enableSuperuserAccess"] = false,

            // One server cannot be missed, so a budget would keep its node from ever being drained.
            ["enablePDB"] = instances > 1,
            ["certificates"] = new Fields { ["serverCASecret"] = signer },
            ["storage"] = new Fields
            {
                ["size"] = ClusterContext.Storage(args.StorageGiB),
                ["storageClass"] = tweak.StorageClass ?? cluster.Traits.StorageClass,
                ["resizeInUseVolumes"] = true,
            },
            ["resources"] = new Fields
            {
                ["requests"] = new Fields
                {
                    ["cpu"] = ClusterContext.Cpu(promise.VCpu),
                    ["memory"] = ClusterContext.Memory(promise.MemoryGiB),
                },
                ["limits"] = new Fields { ["memory"] = ClusterContext.Memory(promise.MemoryGiB) },
            },
            ["postgresql"] = new Fields
            {
                ["parameters"] = Parameters(args, extensions, tweak),

                // What was answered as written survives the loss of a server; with one standby gone, the other still confirms.
                ["synchronous"] = instances > 1 ? new Fields { ["method"] = "any", ["number"] = 1 } : null,
            },
            ["affinity"] = new Fields
            {
                ["enablePodAntiAffinity"] = true,
                ["podAntiAffinityType"] = "preferred",
                ["topologyKey"] = "topology.kubernetes.io/zone",
            },
            ["inheritedMetadata"] = new Fields { ["labels"] = Fields.Of(ClusterContext.TagLabels(tags)) },
        };
    }

    private static Fields Parameters(
        ManagedDatabaseArgs args,
        IReadOnlyList<string> extensions,
        KubernetesDatabaseTweak tweak)
    {
        var promise = ManagedDatabaseArgs.Promise(args.Size);

        // A quarter of the memory (PostgreSQL documentation: shared_buffers); the rest is the operating system's cache and work memory.
        var buffers = string.Create(CultureInfo.InvariantCulture, $"{Math.Round(promise.MemoryGiB * 256)}MB");
        var parameters = new Fields { ["shared_buffers"] = buffers };

        // The log is what can be followed anyway; what nobody fetches may not fill the disk.
        if (args.Followable) parameters["max_slot_wal_keep_size"] = $"{args.KeptLogMiB}MB";

        // The operator loads the library where a parameter is the library's, and drops the extension where none is.
        if (extensions.Contains(DatabaseExtensions.Statistics)) parameters[$"{DatabaseExtensions.Statistics}.track"] = "top";
        foreach (var (parameter, value) in DatabaseParameters.SetBy(args)) parameters[parameter.Name] = value;
        foreach (var (key, value) in tweak.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal)) parameters[key] = value;
        return parameters;
    }

    // A server that takes the place of another one of its name may not write into that one's archive (barman-cloud-check-wal-archive).
    private Output<string> ArchiveName(string name, ClusterContext cluster)
    {
        var digits = new RandomString(
            $"{name}-archive",
            new RandomStringArgs { Length = 8, Special = false, Upper = false },
            cluster.Values.Random(Child()));
        return Output.Format($"{name}-{digits.Result}");
    }

    private CustomObject Store(
        string name,
        ManagedDatabaseArgs args,
        BackupStore backups,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        IEnumerable<Resource> installed) => new($"{name}-backups", new CustomObjectArgs(
            "barmancloud.cnpg.io/v1",
            "ObjectStore",
            cluster.Named(name, name, tags),
            new Fields
            {
                ["retentionPolicy"] = string.Create(CultureInfo.InvariantCulture, $"{args.BackupDays}d"),
                ["configuration"] = Configuration(backups, cluster.NamespaceName),
            }), Child(dependsOn: installed, deleteBeforeReplace: true));

    // The operator asks for it as long as the servers name it, which they do for good: it stays when the stack file names it no more, and
    // is taken over when it does again. It keeps nothing, and so deletes nothing.
    private CustomObject Origin(
        string name,
        DatabaseOrigin origin,
        BackupStore backups,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        IEnumerable<Resource> installed)
    {
        var options = Child(dependsOn: installed, deleteBeforeReplace: true, ignoreChanges: ["spec"]);
        options.RetainOnDelete = true;
        return new($"{name}-{OriginName}", new CustomObjectArgs(
            "barmancloud.cnpg.io/v1",
            "ObjectStore",
            cluster.Named($"{name}-{OriginName}", name, tags, new() { ["pulumi.com/patchForce"] = "true" }),
            new Fields { ["configuration"] = Configuration(backups, FolderOf(origin.Snapshot).Path) }), options);
    }

    private static (string Path, string Archive) FolderOf(string snapshot)
    {
        var end = snapshot.LastIndexOf('/');
        return (snapshot[..end], snapshot[(end + 1)..]);
    }

    private static Fields Configuration(BackupStore backups, string folder) => new()
    {
        ["destinationPath"] = $"{backups.Url.TrimEnd('/')}/{folder}",
        ["endpointURL"] = backups.Endpoint,
        ["s3Credentials"] = new Fields
        {
            ["accessKeyId"] = new Fields { ["name"] = backups.Secret, ["key"] = "ACCESS_KEY_ID" },
            ["secretAccessKey"] = new Fields { ["name"] = backups.Secret, ["key"] = "ACCESS_SECRET_KEY" },
        },
        ["wal"] = new Fields { ["compression"] = "gzip" },
        ["data"] = new Fields { ["compression"] = "gzip" },
    };
}
