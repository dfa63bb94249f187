using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Components.Streams.Kubernetes;

/// <summary>
/// Apache Kafka run by Strimzi: one server, or three, which keep the records and choose their leader among themselves. It speaks TLS only,
/// with a certificate of an authority of its own. Topics and the logins of consumers are objects, which Strimzi's operators carry out.
/// </summary>
internal sealed class KubernetesEventStream : PlacedEventStream, IKubernetesTarget
{
    private const string Api = "kafka.strimzi.io/v1";
    private const string Password = "password";
    private const string ClusterLabel = "strimzi.io/cluster";

    private const int ClientPort = 9093;

    private const string ClusterDomain = ".cluster.local";

    // A pod is called after the stream, its pool and a number, which are a label together: of 63 characters, the stream's name may take 40.
    private const int LongestPool = 18;

    // Names of objects have 253 characters at most; Kafka's have 249, and more of them.
    private const int LongestTopic = 120;

    // A stopping server hands its partitions over to the others, and writes what it has in memory.
    private const int StopSeconds = 180;

    // What each of the two operators beside the servers gets (Strimzi's own examples).
    private const double OperatorVCpu = 0.1;
    private const double OperatorMemoryGiB = 0.5;

    // Three servers restart one after the other, each after up to StopSeconds, and wait for their partitions to be whole again.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(45);

    private readonly EventStreamArgs _args;
    private readonly ClusterContext _cluster;
    private readonly PrivateAuthority _authority;
    private readonly CustomObject _servers;
    private readonly IReadOnlyList<CustomObject> _topics;

    /// <summary>Creates the event stream.</summary>
    /// <param name="stream">The declared event stream.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesEventStream(EventStream stream, KubernetesContext context)
        : base(context.PlaceInCluster(stream))
    {
        _args = stream.Args;
        _cluster = context.Running;
        _authority = new(Name, _cluster.Values, () => Child());
        Service = (_cluster.Host($"{Name}-kafka-bootstrap"), ClientPort);
        var tls = ClusterContext.NameOf(_authority.Issue(Name, _cluster, Tags, () => Child(), Hosts, isPkcs8: true));

        // Servers read their certificates from the API server, and operators what there is to do.
        var peers = NetworkAccess.Operated(
            Name, _cluster, Tags, Of(Name), Releases.Strimzi.Namespace, outside: false, Child());
        if (context.LinksTo(stream).Any())
            Ways = NetworkAccess.Open(Name, _cluster, Tags, Servers, ClientPort);

        var installed = _cluster.Of(Addon.StreamOperator).ToList();
        var pool = new CustomObject($"{Name}-pool", new CustomObjectArgs(
            Api,
            "KafkaNodePool",
            Belonging(_cluster.Named(ShortName.Of(Name, LongestPool), Name, Tags)),
            Pool()), Child(protect: _cluster.Profile.Protect, dependsOn: installed));
        _servers = new CustomObject(Name, new CustomObjectArgs(
            Api,
            "Kafka",
            _cluster.Named(Name, Name, Tags, CustomObject.WaitFor("condition=Ready")),
            Kafka(tls)), Child(protect: _cluster.Profile.Protect, dependsOn: [.. installed, peers, pool]).Within(Patience));
        _topics = [.. _args.Topics.Select(Topic)];
        BootstrapServers = Output.Create(string.Create(CultureInfo.InvariantCulture, $"{Service.Host}:{Service.Port}"));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Resource> Ways { get; } = [];

    /// <inheritdoc/>
    public (string Host, int Port) Service { get; }

    // Clients begin at one name, and go on at one for each server.
    private IEnumerable<string> Hosts =>
        from service in new[] { $"{Name}-kafka-bootstrap", $"*.{Name}-kafka-brokers" }
        let whole = _cluster.Host(service)
        from host in new[] { whole, whole[..^ClusterDomain.Length] }
        select host;

    private IReadOnlyDictionary<string, string> Servers =>
        new SortedDictionary<string, string>(StringComparer.Ordinal) { ["strimzi.io/name"] = $"{Name}-kafka" };

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var login = grantee.GrantName(link);
        var password = LoginPassword.Create($"{login}-password", _cluster.Values, grantee.Child());
        var secret = ClusterContext.NameOf(new Secret(
            $"{login}-login",
            new SecretArgs
            {
                Metadata = grantee.Cluster.Metadata(grantee.Name, grantee.Tags),
                StringData = { [Password] = password.Result },
            },
            grantee.Child()));
        var consumer = link.Consumer.Name;
        var user = new CustomObject(login, new CustomObjectArgs(
            Api,
            "KafkaUser",
            Belonging(grantee.Cluster.Named(login, grantee.Name, grantee.Tags, CustomObject.WaitFor("condition=Ready"))),
            new Fields
            {
                ["authentication"] = new Fields
                {
                    ["type"] = "scram-sha-512",
                    ["password"] = new Fields
                    {
                        ["valueFrom"] = new Fields { ["secretKeyRef"] = new Fields { ["name"] = secret, ["key"] = Password } },
                    },
                },
                ["authorization"] = new Fields
                {
                    ["type"] = "simple",
                    ["acls"] = StreamRights.Of(consumer, link.Intent, _args).Select(Right).ToArray(),
                },
            }), grantee.Child([_servers, .. _topics, .. grantee.Grants]));
        grantee.Grants.Add(user);
        return EventStreamConnection.ToScram(
            BootstrapServers, Output.Create(login), password.Result, _authority.Certificate.CertPem, consumer);
    }

    private static IReadOnlyDictionary<string, string> Of(string stream) =>
        new SortedDictionary<string, string>(StringComparer.Ordinal) { [ClusterLabel] = stream };

    private static Fields Right(StreamRight right) => new()
    {
        ["resource"] = new Fields
        {
            ["type"] = right.Resource switch
            {
                StreamResource.Topic => "topic",
                StreamResource.Group => "group",
                StreamResource.TransactionalId => "transactionalId",
                _ => throw new ArgumentOutOfRangeException(nameof(right), right.Resource, "nothing that lists speak of"),
            },
            ["name"] = right.Name,
            ["patternType"] = right.IsPrefix ? "prefix" : "literal",
        },
        ["operations"] = right.Operations,
    };

    // Names of components hold no dot: no other stream's topic is called so. Kafka's names hold more than those of objects may.
    private string ObjectName(string topic)
    {
        var plain = new string([.. topic.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-')])
            .Trim('-');
        if (plain != topic)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(topic)))[..8];
            plain = plain.Length == 0 ? hash : $"{plain}-{hash}";
        }

        return $"{Name}.{ShortName.Of(plain, LongestTopic)}";
    }

    private CustomObject Topic(StreamTopic topic)
    {
        var name = ObjectName(topic.Name);
        var configuration = new Fields();
        foreach (var (key, value) in topic.Configuration) configuration[key] = value;
        return new(name, new CustomObjectArgs(
            Api,
            "KafkaTopic",
            Belonging(_cluster.Named(name, Name, Tags, CustomObject.WaitFor("condition=Ready"))),
            new Fields
            {
                ["topicName"] = topic.Name,
                ["partitions"] = topic.Partitions,
                ["replicas"] = _args.Copies,
                ["config"] = configuration,
            }), Child(protect: _cluster.Profile.Protect, dependsOn: [_servers]));
    }

    // By this label Strimzi's operators know what belongs to which stream.
    private ObjectMetaArgs Belonging(ObjectMetaArgs metadata)
    {
        metadata.Labels.Add(ClusterLabel, Name);
        return metadata;
    }

    private Fields Pool() => new()
    {
        ["replicas"] = _args.Copies,

        // What the leader among them knows is little beside the records.
        ["roles"] = (string[])["controller", "broker"],
        ["storage"] = new Fields
        {
            ["type"] = "jbod",
            ["volumes"] = (Fields[])
            [
                new()
                {
                    ["id"] = 0,
                    ["type"] = "persistent-claim",
                    ["size"] = ClusterContext.Storage(_args.StorageGiB),
                    ["class"] = _cluster.Tweak<KubernetesEventStreamTweak>(_args)?.StorageClass ?? _cluster.Traits.StorageClass,
                    ["kraftMetadata"] = "shared",

                    // A stream that is made again under the name does not start on the volumes of the former one.
                    ["deleteClaim"] = !IsProtected,
                },
            ],
        },
        ["resources"] = Resources(EventStreamArgs.Promise(_args.Size)),
        ["template"] = new Fields
        {
            ["pod"] = new Fields
            {
                ["terminationGracePeriodSeconds"] = StopSeconds,
                ["topologySpreadConstraints"] = _args.Copies > 1 ? ContainerPod.Domains.Select(Spread).ToArray() : null,
            },
            ["kafkaContainer"] = new Fields { ["securityContext"] = Hardened() },
        },
    };

    private Fields Spread(string domain) => new()
    {
        ["maxSkew"] = 1,
        ["topologyKey"] = domain,
        ["whenUnsatisfiable"] = "ScheduleAnyway",
        ["labelSelector"] = new Fields { ["matchLabels"] = Fields.Of(Servers) },
    };

    private Fields Kafka(Output<string> tls) => new()
    {
        ["kafka"] = new Fields
        {
            ["version"] = Releases.KafkaVersion,
            ["listeners"] = (Fields[])
            [
                new()
                {
                    ["name"] = "clients",
                    ["port"] = ClientPort,
                    ["type"] = "internal",
                    ["tls"] = true,
                    ["authentication"] = new Fields { ["type"] = "scram-sha-512" },
                    ["configuration"] = new Fields
                    {
                        ["brokerCertChainAndKey"] = new Fields
                        {
                            ["secretName"] = tls,
                            ["certificate"] = "tls.crt",
                            ["key"] = "tls.key",
                        },
                    },

                    // The operator's own policy would let everybody in.
                    ["networkPolicyPeers"] = (Fields[])
                    [
                        new() { ["podSelector"] = new Fields { ["matchLabels"] = Fields.Of(NetworkAccess.UserOf(Name)) } },
                    ],
                },
            ],
            ["authorization"] = new Fields { ["type"] = "simple" },
            ["config"] = new Fields
            {
                ["auto.create.topics.enable"] = false,
                ["default.replication.factor"] = _args.Copies,
                ["min.insync.replicas"] = _args.WrittenCopies,
                ["offsets.topic.replication.factor"] = _args.Copies,
                ["transaction.state.log.replication.factor"] = _args.Copies,
                ["transaction.state.log.min.isr"] = _args.WrittenCopies,
                ["share.coordinator.state.topic.replication.factor"] = _args.Copies,
                ["share.coordinator.state.topic.min.isr"] = _args.WrittenCopies,
            },
        },
        ["entityOperator"] = new Fields
        {
            ["topicOperator"] = new Fields { ["resources"] = Resources(new(OperatorVCpu, OperatorMemoryGiB)) },
            ["userOperator"] = new Fields { ["resources"] = Resources(new(OperatorVCpu, OperatorMemoryGiB)) },
            ["template"] = new Fields
            {
                ["topicOperatorContainer"] = new Fields { ["securityContext"] = Hardened() },
                ["userOperatorContainer"] = new Fields { ["securityContext"] = Hardened() },
            },
        },
    };

    private static Fields Resources(Capacity capacity)
    {
        var memory = ClusterContext.Memory(capacity.MemoryGiB);
        return new()
        {
            ["requests"] = new Fields { ["cpu"] = ClusterContext.Cpu(capacity.VCpu), ["memory"] = memory },
            ["limits"] = new Fields { ["memory"] = memory },
        };
    }

    // What a namespace of restricted pods demands of each container.
    private static Fields Hardened() => new()
    {
        ["allowPrivilegeEscalation"] = false,
        ["capabilities"] = new Fields { ["drop"] = (string[])["ALL"] },
        ["runAsNonRoot"] = true,
        ["seccompProfile"] = new Fields { ["type"] = "RuntimeDefault" },
    };
}
