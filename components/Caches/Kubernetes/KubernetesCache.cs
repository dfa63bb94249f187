using System.Globalization;
using System.Text;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;

namespace Infra.Components.Caches.Kubernetes;

/// <summary>
/// Valkey by its own project's chart, with TLS and its data on a volume, so that it comes back with what it held after its node is lost.
/// With high availability a replica on another node keeps a second copy; the chart does not let it take over. The volume of a single server
/// grows with the size and cannot shrink; those of a primary and its replica never change, so they come in two sizes only. What no volume
/// or set of servers can change takes a new cache in the old one's place, and what the old one held is lost: production refuses that until
/// its protection is lifted on purpose. Users live in a file that the chart writes when the server starts, so one per consumer would
/// restart the cache whenever a consumer comes or goes: consumers share two logins instead, one that reads and one that writes.
/// </summary>
internal sealed class KubernetesCache : PlacedServer, ICache, IKubernetesTarget
{
    private const string Reader = "reader";
    private const string Writer = "writer";
    private const string Replica = "replica";
    private const int ServerPort = 6379;

    private readonly Output<string> _authority;
    private readonly Dictionary<Intent, Output<string>> _passwords;
    private readonly Resource _server;

    /// <summary>Creates the cache.</summary>
    /// <param name="cache">The declared cache.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesCache(Cache cache, KubernetesContext context)
        : base(context.PlaceInCluster(cache))
    {
        var (name, args, cluster, tags) = (Name, cache.Args, context.Running, Tags);
        var tweak = args.Tweak<KubernetesCacheTweak>() ?? new();
        var host = cluster.Host(name);
        var authority = new PrivateAuthority(name, cluster.Values, () => Child());
        var tls = authority.Issue(name, cluster, tags, () => Child(), [host, $"*.{cluster.Host($"{name}-headless")}", "localhost"]);
        _authority = authority.Certificate.CertPem;
        _passwords = new()
        {
            [Intent.Read] = LoginPassword.Create($"{name}-{Reader}-password", cluster.Values, Child()).Result,
            [Intent.Write] = LoginPassword.Create($"{name}-{Writer}-password", cluster.Values, Child()).Result,
        };
        var users = new Secret($"{name}-users", new SecretArgs
        {
            Metadata = cluster.Metadata(name, tags),
            StringData =
            {
                ["default"] = LoginPassword.Create($"{name}-default-password", cluster.Values, Child()).Result,
                [Reader] = _passwords[Intent.Read],
                [Replica] = LoginPassword.Create($"{name}-{Replica}-password", cluster.Values, Child()).Result,
                [Writer] = _passwords[Intent.Write],
            },
        }, Child());

        var memory = CacheArgs.Promise(args.Size).MemoryGiB;

        // Both copies would bear the same names.
        var options = Child(protect: cluster.Profile.Protect, deleteBeforeReplace: true);
        options.ReplaceOnChanges.AddRange(["values.replica", "values.dataStorage.className"]);
        _server = new Release(name, new ReleaseArgs
        {
            Name = name,
            Chart = Releases.Valkey.Chart,
            Version = Releases.Valkey.Version,
            RepositoryOpts = new RepositoryOptsArgs { Repo = Releases.Valkey.Repository },
            Namespace = cluster.Namespace,
            Atomic = true,
            Timeout = 600,
            Values = new Fields
            {
                ["nameOverride"] = name,
                ["fullnameOverride"] = name,
                ["commonLabels"] = Fields.Of(ClusterContext.TagLabels(tags)),

                // One volume that one pod can hold: the next one must wait for the last one to go.
                ["deploymentStrategy"] = "Recreate",
                ["auth"] = new Fields
                {
                    ["enabled"] = true,
                    ["usersExistingSecret"] = ClusterContext.NameOf(users),
                    ["aclUsers"] = new Fields
                    {
                        ["default"] = new Fields { ["permissions"] = "-@all +ping" },
                        [Reader] = new Fields { ["permissions"] = "~* &* -@all +@read +@connection -@dangerous +info" },
                        [Replica] = new Fields { ["permissions"] = "-@all +psync +replconf +ping" },
                        [Writer] = new Fields { ["permissions"] = "~* &* +@all -@admin -@dangerous +info" },
                    },
                },
                ["tls"] = new Fields
                {
                    ["enabled"] = true,
                    ["existingSecret"] = ClusterContext.NameOf(tls),
                    ["serverPublicKey"] = "tls.crt",
                    ["serverKey"] = "tls.key",
                    ["caPublicKey"] = "ca.crt",
                },
                ["valkeyConfig"] = Configuration(args, memory, tweak),
                ["dataStorage"] = new Fields
                {
                    ["enabled"] = true,

                    // A snapshot is written beside the last one.
                    ["requestedSize"] = ClusterContext.Storage((int)Math.Ceiling(memory * 2)),
                    ["className"] = tweak.StorageClass ?? cluster.Traits.StorageClass,
                },
                ["replica"] = args.HighAvailability ? Copy(args.Size, tweak.StorageClass ?? cluster.Traits.StorageClass) : null,
                ["podDisruptionBudget"] = new Fields { ["enabled"] = args.HighAvailability, ["maxUnavailable"] = 1 },
                ["topologySpreadConstraints"] = (Fields[])
                [
                    new()
                    {
                        ["maxSkew"] = 1,
                        ["topologyKey"] = "kubernetes.io/hostname",
                        ["whenUnsatisfiable"] = "ScheduleAnyway",
                        ["labelSelector"] = new Fields { ["matchLabels"] = new Fields { ["app.kubernetes.io/instance"] = name } },
                    },
                ],
                ["resources"] = new Fields
                {
                    // Beyond the promise: connections, and pages that change while a snapshot is written.
                    ["requests"] = new Fields { ["cpu"] = ClusterContext.Cpu(0.25), ["memory"] = ClusterContext.Memory(memory * 1.25) },
                    ["limits"] = new Fields { ["memory"] = ClusterContext.Memory(memory * 1.25) },
                },
            },
        }, options);

        var pods = new Dictionary<string, string> { ["app.kubernetes.io/instance"] = name, ["app.kubernetes.io/name"] = name };
        if (args.HighAvailability) _ = NetworkAccess.Peers(name, cluster, tags, pods, [], [], Child());
        if (context.LinksTo(cache).Any()) Ways = NetworkAccess.Open(name, cluster, tags, pods, ServerPort);

        Service = (host, ServerPort);
        Host = Output.Create(host);
        Port = Output.Create(ServerPort.ToString(CultureInfo.InvariantCulture));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Resource> Ways { get; } = [];

    /// <inheritdoc/>
    public (string Host, int Port) Service { get; }

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        grantee.Grants.Add(_server);
        var user = link.Intent == Intent.Write ? Writer : Reader;
        var (host, port) = EntranceFor(relay);
        return CacheConnection.To(
            host,
            port,
            Output.Create(user),
            _passwords[link.Intent],
            _authority,
            relay is null ? CacheConnection.VerifyFull : CacheConnection.VerifyAuthority);
    }

    private static Fields Copy(Size size, string? storageClass)
    {
        var promise = CacheArgs.Promise(size > Size.Large ? Size.XXLarge : Size.Large);
        return new()
        {
            ["enabled"] = true,
            ["replicas"] = 1,
            ["replicationUser"] = Replica,
            ["service"] = new Fields { ["enabled"] = false },

            // The next servers must not find volumes of the last ones' size and class.
            ["persistentVolumeClaimRetentionPolicy"] = new Fields { ["whenDeleted"] = "Delete", ["whenScaled"] = "Retain" },
            ["persistence"] = new Fields
            {
                ["size"] = ClusterContext.Storage((int)(promise.MemoryGiB * 2)),
                ["storageClass"] = storageClass,
            },
        };
    }

    private static string Configuration(CacheArgs args, double memory, KubernetesCacheTweak tweak)
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"maxmemory {Math.Round(memory * 1024)}mb\n")
            .Append(CultureInfo.InvariantCulture, $"maxmemory-policy {args.EvictionPolicy}\n")
            .Append("save 300 1\n");
        foreach (var (key, value) in tweak.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
            text.Append(key).Append(' ').Append(value).Append('\n');
        return text.ToString();
    }
}
