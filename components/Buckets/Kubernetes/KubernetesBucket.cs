using System.Globalization;
using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Policy.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;
using Pulumi.Random;

namespace Infra.Components.Buckets.Kubernetes;

/// <summary>
/// A SeaweedFS store of the bucket's own, run by its operator: in production three masters and replicated volumes. One store per bucket
/// costs pods, and keeps buckets as independent as they are elsewhere. Consumers speak TLS with it; its plain port is there for the
/// operator's probes, and no policy lets a consumer reach it. One server keeps the index of the objects: two would each have their own and
/// tell each other later, so that what was just written would be missing. An administrator and a worker carry out rules of lifecycles.
/// </summary>
internal sealed class KubernetesBucket : PlacedBucket, IKubernetesTarget
{
    private const string Api = "seaweed.seaweedfs.com/v1";
    private const int LongestBucket = 63;
    private const int ProbedPort = 8333;
    private const int GatewayPort = 8343;
    private const string Certificate = "/etc/certificate";

    // What the operator calls the parts of which several run where a node may be lost.
    private static readonly string[] Spread = ["master", "volume", "s3"];

    // Masters, volume servers, the index and the gateway come up one after the other, each with volumes and an image.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    // The store has no regions, and clients must sign for one.
    private const string SigningRegion = "us-east-1";

    private static readonly string[] ListActions = ["s3:ListBucket", "s3:GetBucketLocation"];
    private static readonly string[] ReadActions = ["s3:GetObject"];
    private static readonly string[] WriteActions =
        ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"];

    // The least that a node can be started with; the volume servers hold the data.
    private static readonly Fields Small = new()
    {
        ["requests"] = new Fields { ["cpu"] = "100m", ["memory"] = "256Mi" },
        ["limits"] = new Fields { ["memory"] = "1Gi" },
    };

    private readonly Output<string> _authority;
    private readonly string _bucket;
    private readonly Fields _store;
    private readonly Resource _ready;

    /// <summary>Creates the store and the bucket.</summary>
    /// <param name="bucket">The declared bucket.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesBucket(Bucket bucket, KubernetesContext context)
        : base(context.PlaceInCluster(bucket))
    {
        var (name, args, cluster, tags) = (Name, bucket.Args, context.Running, Tags);
        _bucket = ShortName.Of($"{cluster.NamespaceName}-{name}", LongestBucket);
        _store = new Fields { ["name"] = name };
        var everyPod = new Dictionary<string, string>
        {
            ["app.kubernetes.io/instance"] = name,
            ["app.kubernetes.io/managed-by"] = "seaweedfs-operator",
        };
        var gateways = new Dictionary<string, string>(everyPod) { ["app.kubernetes.io/component"] = "s3" };
        var peers = NetworkAccess.Peers(
            name, cluster, tags, everyPod, [NetworkAccess.Namespace(Releases.SeaweedFs.Namespace)], [], Child());
        if (context.LinksTo(bucket).Any()) Ways = NetworkAccess.Open(name, cluster, tags, gateways, GatewayPort);

        var host = cluster.Host($"{name}-gateway");
        var authority = new PrivateAuthority(name, cluster.Values, () => Child());
        var tls = ClusterContext.NameOf(authority.Issue(name, cluster, tags, () => Child(), [host]));
        var store = new CustomObject($"{name}-store", new CustomObjectArgs(
            Api,
            "Seaweed",
            cluster.Named(name, name, tags),
            Store(name, args.Tweak<KubernetesBucketTweak>() ?? new(), tls, cluster, tags)),
            Child(protect: cluster.Profile.Protect, dependsOn: [.. cluster.Of(Addon.ObjectStoreOperator), peers]));
        if (cluster.Profile.HighAvailability)
        {
            foreach (var part in Spread) Keep(part, everyPod, cluster, tags);
        }

        var stored = new CustomObject(name, new CustomObjectArgs(
            Api,
            "Bucket",
            cluster.Named(name, name, tags, CustomObject.WaitFor("condition=Ready")),
            new Fields
            {
                ["name"] = _bucket,
                ["clusterRef"] = _store,
                ["reclaimPolicy"] = "Retain",
                // Off could not come back once versions were kept; suspended can.
                ["versioning"] = args.Versioning ? "Enabled" : "Suspended",
            }), Child(protect: cluster.Profile.Protect, dependsOn: [store]).Within(Patience));

        // While a store knows no identity it answers everyone: this one may do nothing, and ends that.
        _ready = Key($"{name}-sentinel", cluster, tags, dependsOn => Child(dependsOn: dependsOn), [stored]).Ready;
        if (Rules(args) is { Length: > 0 } rules)
        {
            _ = new CustomObject($"{name}-lifecycle", new CustomObjectArgs(
                Api,
                "BucketLifecyclePolicy",
                cluster.Metadata(name, tags),
                new Fields { ["bucketRef"] = new Fields { ["name"] = name }, ["rules"] = rules }), Child(dependsOn: [stored]));
        }

        Listen(name, gateways, cluster, tags);
        Service = (host, GatewayPort);
        _authority = authority.Certificate.CertPem;
        BucketName = Output.Create(_bucket);
        Endpoint = Output.Create(string.Create(CultureInfo.InvariantCulture, $"https://{Service.Host}:{GatewayPort}"));
        Region = Output.Create(SigningRegion);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Resource> Ways { get; } = [];

    /// <inheritdoc/>
    public (string Host, int Port) Service { get; }

    /// <summary>Clients check that its certificate names whom they call, which is the relay where they stand elsewhere.</summary>
    Endpoint? ILinkTarget<KubernetesGrantee>.Endpoint =>
        new(Output.Create(Service.Host), Output.Create(Service.Port.ToString(CultureInfo.InvariantCulture)), SpeaksTls: true)
        {
            Authority = _authority,
        };

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var name = grantee.GrantName(link);
        var (id, secret, ready) = Key(name, grantee.Cluster, grantee.Tags, grantee.Child, [_ready]);
        var policy = new CustomObject($"{name}-policy", new CustomObjectArgs(
            Api,
            "S3Policy",
            grantee.Cluster.Named(name, grantee.Name, grantee.Tags),
            new Fields
            {
                ["seaweedRef"] = _store,
                ["statements"] = new[]
                {
                    new Fields { ["effect"] = "Allow", ["actions"] = ListActions, ["resources"] = new[] { _bucket } },
                    new Fields
                    {
                        ["effect"] = "Allow",
                        ["actions"] = link.Intent == Intent.Write ? WriteActions : ReadActions,
                        ["resources"] = new[] { $"{_bucket}/*" },
                    },
                },
            }), grantee.Child([_ready]));
        var binding = new CustomObject($"{name}-binding", new CustomObjectArgs(
            Api,
            "S3PolicyBinding",
            Waiting(grantee.Cluster.Named(name, grantee.Name, grantee.Tags)),
            new Fields
            {
                ["seaweedRef"] = _store,
                ["policyRef"] = new Fields { ["name"] = name },
                ["subjects"] = new[] { new Fields { ["kind"] = "S3Identity", ["name"] = name } },
            }), grantee.Child([policy, ready]));
        grantee.Grants.Add(binding);

        // A consumer on another cloud cannot wait for the grant, so the relay's address waits for it.
        var endpoint = relay is null
            ? Endpoint
            : Output.Tuple(relay.Address, binding.Id).Apply(both =>
                string.Create(CultureInfo.InvariantCulture, $"https://{both.Item1}:{relay.Port}"));
        return BucketConnection.To(
            endpoint,
            Region,
            BucketName,
            BucketConnection.RequiredChecksums,
            pathStyle: true,
            id,
            secret,
            relay?.CertificateAuthority ?? _authority);
    }

    private static ObjectMetaArgs Waiting(ObjectMetaArgs metadata)
    {
        metadata.Annotations = CustomObject.WaitFor("condition=Ready");
        return metadata;
    }

    private static Fields[] Rules(BucketArgs args)
    {
        var rules = args.Lifecycle
            .Where(rule => rule.DeleteAfterDays is not null)
            .Select((rule, index) => new Fields
            {
                ["id"] = string.Create(CultureInfo.InvariantCulture, $"delete-{index}"),
                ["prefix"] = rule.Prefix.Length == 0 ? null : rule.Prefix,
                ["expiration"] = new Fields { ["days"] = rule.DeleteAfterDays },
            })
            .ToList();

        // Also without versioning: where it was switched off, older versions are there still.
        rules.Add(new Fields
        {
            ["id"] = "older-versions",
            ["noncurrentVersionExpiration"] = new Fields { ["noncurrentDays"] = args.KeepVersionsDays },
        });
        rules.Add(new Fields
        {
            ["id"] = "unfinished-uploads",
            ["abortIncompleteMultipartUpload"] = new Fields { ["daysAfterInitiation"] = 7 },
        });
        return [.. rules];
    }

    private static Fields With(Fields resources, Fields others)
    {
        var all = new Fields();
        foreach (var (key, value) in resources) all[key] = value;
        foreach (var (key, value) in others) all[key] = value;
        return all;
    }

    private static Fields Volume(int gibibytes, string? storageClass) => new()
    {
        ["enabled"] = true,
        ["storageClassName"] = storageClass,
        ["resources"] = new Fields { ["requests"] = new Fields { ["storage"] = ClusterContext.Storage(gibibytes) } },
    };

    // Apart from each other where there are nodes enough.
    private static Fields Apart(string store, string part) => new()
    {
        ["podAntiAffinity"] = new Fields
        {
            ["preferredDuringSchedulingIgnoredDuringExecution"] = (Fields[])
            [
                new()
                {
                    ["weight"] = 100,
                    ["podAffinityTerm"] = new Fields
                    {
                        ["topologyKey"] = "kubernetes.io/hostname",
                        ["labelSelector"] = new Fields
                        {
                            ["matchLabels"] = new Fields
                            {
                                ["app.kubernetes.io/component"] = part,
                                ["app.kubernetes.io/instance"] = store,
                            },
                        },
                    },
                },
            ],
        },
    };

    private static Fields Store(
        string name,
        KubernetesBucketTweak tweak,
        Output<string> tls,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags)
    {
        var many = cluster.Profile.HighAvailability;
        var storageClass = tweak.StorageClass ?? cluster.Traits.StorageClass;
        var servers = tweak.VolumeServers ?? (many ? 3 : 1);
        var restricted = new Fields
        {
            ["podSecurityContext"] = new Fields
            {
                ["runAsNonRoot"] = true,
                ["runAsUser"] = 1000,
                ["runAsGroup"] = 1000,
                ["fsGroup"] = 1000,
                ["seccompProfile"] = new Fields { ["type"] = "RuntimeDefault" },
            },
            ["containerSecurityContext"] = new Fields
            {
                ["allowPrivilegeEscalation"] = false,
                ["capabilities"] = new Fields { ["drop"] = new[] { "ALL" } },
            },
        };
        var part = With(Small, restricted);
        return new()
        {
            ["image"] = Releases.SeaweedFsImage,
            ["volumeServerDiskCount"] = 1,
            ["enablePVReclaim"] = false,
            ["labels"] = Fields.Of(ClusterContext.TagLabels(tags)),
            ["master"] = With(part, new Fields
            {
                ["replicas"] = many ? 3 : 1,

                // 001: one more copy, on another server (SeaweedFS documentation: replication).
                ["defaultReplication"] = servers > 1 ? "001" : "000",
                ["volumeSizeLimitMB"] = 1024,
                ["affinity"] = many ? Apart(name, "master") : null,
            }),
            ["volume"] = With(restricted, new Fields
            {
                ["replicas"] = servers,
                ["requests"] = new Fields { ["cpu"] = "250m", ["memory"] = "1Gi", ["storage"] = ClusterContext.Storage(tweak.VolumeGiB) },
                ["limits"] = new Fields { ["memory"] = "2Gi" },
                ["storageClassName"] = storageClass,
                ["affinity"] = many ? Apart(name, "volume") : null,
            }),
            ["filer"] = With(part, new Fields
            {
                ["replicas"] = 1,

                // A hundredth of ten servers' data: an object of a hundred kilobytes takes less than one in the index.
                ["persistence"] = Volume(Math.Max(10, tweak.VolumeGiB / 10), storageClass),
                ["config"] = "[leveldb2]\nenabled = true\ndir = \"/data/filerldb2\"\n",
            }),
            ["s3"] = With(part, new Fields
            {
                ["replicas"] = many ? 2 : 1,
                ["affinity"] = many ? Apart(name, "s3") : null,
                ["port"] = ProbedPort,
                ["iam"] = true,
                ["extraArgs"] = (string[])
                    [$"-port.https={GatewayPort}", $"-cert.file={Certificate}/tls.crt", $"-key.file={Certificate}/tls.key"],
                ["volumes"] = (Fields[])[new() { ["name"] = "certificate", ["secret"] = new Fields { ["secretName"] = tls } }],
                ["volumeMounts"] = (Fields[])[new() { ["name"] = "certificate", ["mountPath"] = Certificate, ["readOnly"] = true }],
            }),

            // What rules of lifecycles say is done by a worker, which asks the administrator for work; neither keeps anything. Other work
            // than theirs is left out: it would rewrite volumes.
            ["admin"] = With(part, new Fields { ["extraArgs"] = (string[])["-dataDir=/tmp"] }),
            ["worker"] = With(part, new Fields { ["replicas"] = 1, ["jobType"] = "s3_lifecycle" }),
        };
    }

    // A drain takes one of them at a time; a single one could not be missed at all.
    private void Keep(
        string part,
        IReadOnlyDictionary<string, string> pods,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags) => _ = new PodDisruptionBudget(
        $"{Name}-{part}-budget",
        new PodDisruptionBudgetArgs
        {
            Metadata = cluster.Metadata(Name, tags),
            Spec = new PodDisruptionBudgetSpecArgs
            {
                MaxUnavailable = 1,
                UnhealthyPodEvictionPolicy = "AlwaysAllow",
                Selector = NetworkAccess.Select(new Dictionary<string, string>(pods) { ["app.kubernetes.io/component"] = part }),
            },
        },
        Child());

    // The operator's own service has the plain port only.
    private void Listen(
        string name,
        IReadOnlyDictionary<string, string> pods,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags)
    {
        var spec = new ServiceSpecArgs
        {
            Type = "ClusterIP",
            Ports = { new ServicePortArgs { Name = "https", Port = GatewayPort, TargetPort = GatewayPort } },
        };
        foreach (var (key, value) in pods) spec.Selector.Add(key, value);
        var service = $"{name}-gateway";
        _ = new Service(
            service,
            new ServiceArgs { Metadata = cluster.Named(service, name, tags), Spec = spec },
            Child(deleteBeforeReplace: true));
    }

    private (Output<string> Id, Output<string> Secret, Resource Ready) Key(
        string name,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        Func<IEnumerable<Resource>?, CustomResourceOptions> child,
        IEnumerable<Resource> after)
    {
        var id = new RandomString(
            $"{name}-key-id",
            new RandomStringArgs { Length = 20, Special = false, Lower = false },
            cluster.Values.Random(child(null))).Result;
        var secret = new RandomPassword(
            $"{name}-key",
            new RandomPasswordArgs { Length = 40, Special = false },
            cluster.Values.Random(child(null))).Result;
        var pair = new Secret($"{name}-key", new SecretArgs
        {
            Metadata = cluster.Metadata(name, tags),
            StringData = { ["accessKey"] = id, ["secretKey"] = secret },
        }, child(null));
        var identity = new CustomObject($"{name}-identity", new CustomObjectArgs(
            Api,
            "S3Identity",
            cluster.Named(name, name, tags),
            new Fields { ["seaweedRef"] = _store }), child(after));
        var ready = new CustomObject($"{name}-credentials", new CustomObjectArgs(
            Api,
            "S3Credentials",
            Waiting(cluster.Named(name, name, tags)),
            new Fields
            {
                ["seaweedRef"] = _store,
                ["identityRef"] = new Fields { ["name"] = name },
                ["secretRef"] = new Fields { ["name"] = ClusterContext.NameOf(pair) },
            }), child([identity]));
        return (id, secret, ready);
    }
}
