using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.Brokers.Kubernetes;

/// <summary>A message broker on a RabbitMQ cluster of its own.</summary>
internal sealed class KubernetesMessageBroker : PlacedMessageBroker, IKubernetesTarget
{
    private readonly RabbitMqCluster _broker;

    /// <summary>Creates the broker.</summary>
    /// <param name="broker">The declared broker.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesMessageBroker(MessageBroker broker, KubernetesContext context)
        : base(broker.Args, context.PlaceInCluster(broker))
    {
        var (args, cluster) = (broker.Args, context.Running);
        var servers = args.HighAvailability ? 3 : 1;
        int[] ports = args.Mqtt ? [AmqpPort, SecureMqttPort] : [AmqpPort];
        _broker = new(Name, new()
        {
            Servers = servers,
            Capacity = MessageBrokerArgs.Promise(args.Size),
            StorageGiB = args.StorageGiB,
            StorageClass = cluster.Tweak<KubernetesMessageBrokerTweak>(args)?.StorageClass,
            Configuration = Configuration(args, servers),
            EnablesFeatures = true,
            Plugins = args.Mqtt ? ["rabbitmq_mqtt"] : [],
            Ports = context.LinksTo(broker).Any() ? ports : [],
        }, cluster, Tags, Child);

        Service = (_broker.Host, AmqpPort);
        Host = Output.Create(_broker.Host);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Resource> Ways => _broker.Ways;

    /// <inheritdoc/>
    public (string Host, int Port) Service { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Endpoint> OtherEndpoints => OtherEndpointsAt(Host);

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var (login, password, granted) = _broker.Setup.Grant(
            grantee,
            link,
            (login, password) => BrokerScript.Logins.Grant(login, password, link.Intent),
            _broker.Broker);
        return ConnectionAt(relay, granted, Output.Create(login), password.Result, _broker.Authority);
    }

    private static string Configuration(MessageBrokerArgs args, int servers) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {string.Join('\n', RabbitMqConfiguration.Lines(args.Mqtt))}
        ssl_options.fail_if_no_peer_cert = false
        quorum_queue.continuous_membership_reconciliation.enabled = true
        quorum_queue.continuous_membership_reconciliation.target_group_size = {servers}

        """);
}
