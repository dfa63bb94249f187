using System.Globalization;
using Infra.Components.Brokers.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.Queues.Kubernetes;

/// <summary>
/// A queue on a RabbitMQ cluster of its own. One cluster per queue costs pods, and keeps queues as independent as they are elsewhere.
/// </summary>
internal sealed class KubernetesQueue : PlacedQueue, IKubernetesTarget
{
    private readonly RabbitMqCluster _broker;
    private readonly Resource _declared;

    /// <summary>Creates the queue.</summary>
    /// <param name="queue">The declared queue.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesQueue(Queue queue, KubernetesContext context)
        : base(context.PlaceInCluster(queue))
    {
        var (name, args, cluster, tags) = (Name, queue.Args, context.Running, Tags);
        var tweak = cluster.Tweak<KubernetesQueueTweak>(args) ?? new();
        var servers = args.HighAvailability ? 3 : 1;
        _broker = new(name, new()
        {
            Servers = servers,
            Capacity = new(0.25, tweak.MemoryGiB),
            StorageGiB = tweak.StorageGiB,
            StorageClass = tweak.StorageClass,
            Configuration = Configuration(servers),
            Ports = context.LinksTo(queue).Any() ? [RabbitMqCluster.AmqpPort] : [],
        }, cluster, tags, Child);

        Service = (_broker.Host, RabbitMqCluster.AmqpPort);
        QueueName = Output.Create(name);
        DeadLetterName = Output.Create(QueueScript.DeadLettersOf(name));
        Endpoint = Output.Create(string.Create(CultureInfo.InvariantCulture, $"amqps://{_broker.Host}:{RabbitMqCluster.AmqpPort}"));
        var declare = QueueScript.Declare(name, args, (RestSeconds, LongestRestSeconds));
        _declared = _broker.Setup.Run($"{name}-declare", declare, [], tags, Child(dependsOn: [_broker.Broker]));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Resource> Ways => _broker.Ways;

    /// <inheritdoc/>
    public (string Host, int Port) Service { get; }

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var (login, password, granted) = _broker.Setup.Grant(
            grantee,
            link,
            (login, password) => QueueScript.Grant(Name, login, password, link.Intent),
            _declared);

        // A consumer on another cloud cannot wait for the grant, so the relay's address waits for it. The certificate names the broker,
        // not the relay.
        var (host, port) = relay is null
            ? (Output.Create(Service.Host), Service.Port)
            : (Output.Tuple(relay.Address, granted.Id).Apply(both => both.Item1), relay.Port);
        return QueueConnection.ToAmqp(
            host,
            Output.Create(port.ToString(CultureInfo.InvariantCulture)),
            QueueName,
            Output.Create(login),
            password.Result,
            _broker.Authority,
            isRelayed: relay is not null);
    }

    private static string Configuration(int servers) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        max_message_size = {QueueArgs.LargestMessageKiB * 1024}
        ssl_options.fail_if_no_peer_cert = false
        quorum_queue.continuous_membership_reconciliation.enabled = true
        quorum_queue.continuous_membership_reconciliation.target_group_size = {servers}
        raft.wal_max_size_bytes = 67108864

        """);
}
