using System.Globalization;
using System.Text;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Gcp.ManagedKafka;
using KafkaInputs = Pulumi.Gcp.ManagedKafka.Inputs;
using Projects = Pulumi.Gcp.Projects;

namespace Infra.Components.Streams.Gcp;

/// <summary>
/// A cluster of Managed Service for Apache Kafka, whose servers have addresses in the network's subnet and names of Google's. A consumer is
/// its service account, by a key of it. Google keeps one access control list for each thing, which all consumers share.
/// </summary>
internal sealed class GcpEventStream : PlacedEventStream, ILinkTarget<GcpGrantee>, ISharedGrants
{
    private const int KafkaPort = 9092;

    // Google Cloud API: cluster id.
    private const int LongestName = 63;

    // Those of everything that has none of its own: as long as they are empty, everyone who can connect may do everything.
    private static readonly string[] General = ["cluster", "allTopics", "allConsumerGroups", "allTransactionalIds"];

    private readonly GcpContext _context;
    private readonly GcpPrivateNetwork _network;
    private readonly GcpRuntime _runtime;
    private readonly EventStreamArgs _args;
    private readonly Cluster _cluster;
    private readonly Projects.ServiceIdentity _agent;
    private readonly List<(GcpGrantee Grantee, IReadOnlyList<StreamRight> Rights)> _consumers = [];

    /// <summary>Builds the event stream.</summary>
    public GcpEventStream(EventStream stream, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
        : base(context.Place(stream))
    {
        (_context, _network, _runtime, _args) = (context, network, runtime, stream.Args);
        var apis = runtime.Apis(Kind).ToList();
        _cluster = Serve(apis);

        // Asking for the agent tells its address, which holds the project's number.
        _agent = new Projects.ServiceIdentity(
            $"{Name}-agent",
            new() { Project = context.Project, Service = "managedkafka.googleapis.com" },
            Child(dependsOn: apis));
        foreach (var topic in _args.Topics) Declare(topic);
        BootstrapServers = Output.Format(
            $"bootstrap.{_cluster.ClusterId}.{context.Region}.managedkafka.{context.Project}.cloud.goog:{KafkaPort}");
        RegisterOutputs();
    }

    /// <summary>Nowhere that a relay could lead to: each server tells clients an address of its own.</summary>
    public Endpoint? Endpoint => null;

    /// <summary>Lets the consumer's machines reach the servers, whose addresses in the subnet Google chooses and may change.</summary>
    public void Admit(GcpGrantee grantee, string role) => grantee.ReachBlock(
        role, Name, _network.Workloads.IpCidrRange, Output.Create(KafkaPort.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public Connection Connect(GcpGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var consumer = link.Declared.Consumer.Name;
        _consumers.Add((grantee, StreamRights.Of(consumer, link.Intent, _args)));

        // The right to connect is one of the project: what may be done with this cluster, its lists say.
        grantee.HaveRole("managedkafka.client", _runtime.Apis(Kind));
        return EventStreamConnection.ToPlain(
            BootstrapServers,
            grantee.Email,
            grantee.Key().Apply(key => Convert.ToBase64String(Encoding.UTF8.GetBytes(key))),
            consumer);
    }

    /// <summary>
    /// Makes the lists: one that nobody is on lets everyone in, so the general ones name Google's own agent, who may do as much without.
    /// </summary>
    public void CompleteGrants()
    {
        var entries = General.ToDictionary(
            list => list,
            _ => new List<(Output<string> Email, string Operation)> { (_agent.Email, "DESCRIBE") },
            StringComparer.Ordinal);
        foreach (var (grantee, rights) in _consumers.OrderBy(consumer => consumer.Grantee.Name, StringComparer.Ordinal))
        {
            foreach (var right in rights)
            {
                var list = ListOf(right);
                if (!entries.TryGetValue(list, out var known)) entries.Add(list, known = []);
                known.AddRange(right.Operations.Select(operation => (grantee.Email, operation.ToUpperInvariant())));
            }
        }

        var lists = entries.ToDictionary(
            list => list.Key,
            list => List(list.Key, list.Value),
            StringComparer.Ordinal);
        foreach (var (grantee, rights) in _consumers)
        {
            foreach (var list in General.Concat(rights.Select(ListOf)).Distinct()) grantee.Awaits(lists[list]);
        }
    }

    // Google Cloud documentation: ACL ID.
    private static string ListOf(StreamRight right) => (right.Resource, right.Name, right.IsPrefix) switch
    {
        (StreamResource.Topic, "*", _) => "allTopics",
        (StreamResource.Group, "*", _) => "allConsumerGroups",
        (StreamResource.TransactionalId, "*", _) => "allTransactionalIds",
        var (resource, name, isPrefix) => $"{WordOf(resource)}{(isPrefix ? "Prefixed" : "")}/{name}",
    };

    private static string WordOf(StreamResource resource) => resource switch
    {
        StreamResource.Topic => "topic",
        StreamResource.Group => "consumerGroup",
        StreamResource.TransactionalId => "transactionalId",
        _ => throw new ArgumentOutOfRangeException(nameof(resource), resource, "no resource of Kafka's access control lists"),
    };

    private Cluster Serve(IEnumerable<Resource> apis)
    {
        // Its name is fixed because clients know it by it, and no other cluster of the project can have it.
        var options = Child(protect: _context.Protect, dependsOn: apis, deleteBeforeReplace: true);
        options.CustomTimeouts = new CustomTimeouts
        {
            Create = TimeSpan.FromMinutes(90),
            Update = TimeSpan.FromMinutes(90),
            Delete = TimeSpan.FromMinutes(60),
        };
        return new(
            Name,
            new()
            {
                Project = _context.Project,
                Location = _context.Region,
                ClusterId = ShortName.Of($"{_context.Stack}-{Name}", LongestName),
                CapacityConfig = new KafkaInputs.ClusterCapacityConfigArgs
                {
                    VcpuCount = GcpEventStreamProducts.VCpuOf(_args.Size).ToString(CultureInfo.InvariantCulture),
                    MemoryBytes = GcpEventStreamProducts.MemoryOf(_args.Size).ToString(CultureInfo.InvariantCulture),
                },
                BrokerCapacityConfig = new KafkaInputs.ClusterBrokerCapacityConfigArgs
                {
                    DiskSizeGib = GcpEventStreamProducts.DiskOf(_args).ToString(CultureInfo.InvariantCulture),
                },
                GcpConfig = new KafkaInputs.ClusterGcpConfigArgs
                {
                    AccessConfig = new KafkaInputs.ClusterGcpConfigAccessConfigArgs
                    {
                        NetworkConfigs =
                        {
                            new KafkaInputs.ClusterGcpConfigAccessConfigNetworkConfigArgs { Subnet = _network.Workloads.Id },
                        },
                    },
                },

                // A larger cluster has more servers, of which old partitions know nothing by themselves.
                RebalanceConfig = new KafkaInputs.ClusterRebalanceConfigArgs { Mode = "AUTO_REBALANCE_ON_SCALE_UP" },
                DeletionPolicy = _context.DeletionPolicy,
                Labels = Tags.Input(),
            },
            options);
    }

    private void Declare(StreamTopic topic)
    {
        var args = new TopicArgs
        {
            Project = _context.Project,
            Location = _context.Region,
            Cluster = _cluster.ClusterId,
            TopicId = topic.Name,
            PartitionCount = topic.Partitions,
            ReplicationFactor = GcpEventStreamProducts.Servers,
            DeletionPolicy = _context.DeletionPolicy,
        };
        foreach (var (name, value) in topic.Configuration) args.Configs.Add(name, value);
        args.Configs.Add("min.insync.replicas", (GcpEventStreamProducts.Servers - 1).ToString(CultureInfo.InvariantCulture));

        // No component's name has a dot: another stream's topic is not called so.
        _ = new Topic($"{Name}.{topic.Name}", args, Child(protect: _context.Protect, deleteBeforeReplace: true));
    }

    private Acl List(string id, IReadOnlyList<(Output<string> Email, string Operation)> entries)
    {
        var args = new AclArgs
        {
            Project = _context.Project,
            Location = _context.Region,
            Cluster = _cluster.ClusterId,
            AclId = id,
            DeletionPolicy = "DELETE",
        };
        foreach (var (email, operation) in entries)
        {
            args.AclEntries.Add(new KafkaInputs.AclAclEntryArgs
            {
                Principal = Output.Format($"User:{email}"),
                Operation = operation,
                PermissionType = "ALLOW",
                Host = "*",
            });
        }

        return new($"{Name}.{id.Replace('/', '-').TrimEnd('.')}", args, _runtime.Children(deleteBeforeReplace: true));
    }
}
