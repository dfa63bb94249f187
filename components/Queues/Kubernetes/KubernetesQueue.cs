using System.Globalization;
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
using Pulumi.Kubernetes.Policy.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;
using Batch = Pulumi.Kubernetes.Batch.V1;

namespace Infra.Components.Queues.Kubernetes;

/// <summary>
/// A RabbitMQ broker of the queue's own, run by its cluster operator: one server, or three that all keep every message. One broker per
/// queue costs pods, and keeps queues as independent as they are elsewhere. The queue and its logins are declared through the broker's
/// management API by jobs: an operator for those would need cert-manager, and to trust the authority of every broker. It speaks TLS only.
/// </summary>
internal sealed class KubernetesQueue : PlacedQueue, IKubernetesTarget
{
    private const int AmqpPort = 5671;
    private const int ManagementPort = 15671;

    // The client's official image has its user by this number.
    private const int ImageUser = 100;

    // A stopping server waits until the others can do without it. A week, the operator's default, would hold up the update of a node as
    // long.
    private const int StopSeconds = 600;

    // Three servers restart one after the other, each after up to StopSeconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(45);

    private readonly ClusterContext _cluster;
    private readonly Output<string> _authority;
    private readonly Dictionary<string, string> _pods;
    private readonly Resource _declared;

    /// <summary>Creates the queue.</summary>
    /// <param name="queue">The declared queue.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesQueue(Queue queue, KubernetesContext context)
        : base(context.PlaceInCluster(queue))
    {
        var (name, args, cluster, tags) = (Name, queue.Args, context.Running, Tags);
        _cluster = cluster;
        var tweak = cluster.Tweak<KubernetesQueueTweak>(args) ?? new();
        var host = cluster.Host(name);

        // The operator knows servers by the shorter names.
        var authority = new PrivateAuthority(name, cluster.Values, () => Child());
        var shortHost = $"{name}.{cluster.NamespaceName}.svc";
        var servers = $"*.{name}-nodes.{cluster.NamespaceName}.svc";
        string[] hosts = [host, shortHost, $"{servers}.cluster.local", servers];
        var tls = ClusterContext.NameOf(authority.Issue(name, cluster, tags, () => Child(), hosts));
        _authority = authority.Certificate.CertPem;

        _pods = new() { ["app.kubernetes.io/component"] = "rabbitmq", ["app.kubernetes.io/name"] = name };
        Dictionary<string, string> setup = new() { [ClusterContext.ConsumerLabel] = name };
        Resource[] policies =
        [
            NetworkAccess.Peers(
                name, cluster, tags, _pods, [NetworkAccess.Namespace(Releases.RabbitMqOperator.Namespace)], [], Child()),
            NetworkAccess.Ingress(
                $"{name}-setup-ingress",
                cluster.Metadata(name, tags),
                _pods,
                [NetworkAccess.Pods(setup)],
                [NetworkAccess.Tcp(ManagementPort)],
                Child()),
            NetworkAccess.Egress(
                $"{name}-setup-egress",
                cluster.Metadata(name, tags),
                setup,
                [NetworkAccess.Pods(_pods)],
                [NetworkAccess.Tcp(ManagementPort)],
                Child()),
        ];
        if (context.LinksTo(queue).Any()) Ways = NetworkAccess.Open(name, cluster, tags, _pods, AmqpPort);
        var broker = new CustomObject(name, new CustomObjectArgs(
            "rabbitmq.com/v1beta1",
            "RabbitmqCluster",
            cluster.Named(name, name, tags, CustomObject.WaitFor("condition=AllReplicasReady")),
            Broker(args.HighAvailability ? 3 : 1, name, tls, tweak, cluster)),
            Child(protect: cluster.Profile.Protect, dependsOn: [.. cluster.Of(Addon.QueueOperator), .. policies]).Within(Patience));
        if (args.HighAvailability) KeepMajority(tags);

        Service = (host, AmqpPort);
        QueueName = Output.Create(name);
        DeadLetterName = Output.Create(BrokerScript.DeadLettersOf(name));
        Endpoint = Output.Create(string.Create(CultureInfo.InvariantCulture, $"amqps://{host}:{AmqpPort}"));
        var declare = BrokerScript.Declare(name, args, (RestSeconds, LongestRestSeconds));
        _declared = Run($"{name}-declare", declare, [], tags, Child(dependsOn: [broker]));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Resource> Ways { get; } = [];

    /// <inheritdoc/>
    public (string Host, int Port) Service { get; }

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
                StringData = { [BrokerScript.LoginPassword] = password.Result },
            },
            grantee.Child()));
        var granted = Run(
            $"{login}-grant",
            BrokerScript.Grant(Name, login, link.Intent),
            [ClusterContext.FromSecret(BrokerScript.LoginPassword, secret, BrokerScript.LoginPassword)],
            grantee.Tags,
            grantee.Child([_declared, .. grantee.Grants]));
        grantee.Grants.Add(granted);

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
            _authority,
            isRelayed: relay is not null);
    }

    private static Fields Broker(int servers, string name, Output<string> tls, KubernetesQueueTweak tweak, ClusterContext cluster)
    {
        var memory = ClusterContext.Memory(tweak.MemoryGiB);
        return new()
        {
            ["image"] = PinnedImage.RabbitMq.OnDockerHub,
            ["replicas"] = servers,
            ["terminationGracePeriodSeconds"] = StopSeconds,
            ["persistence"] = new Fields
            {
                ["storage"] = ClusterContext.Storage(tweak.StorageGiB),
                ["storageClassName"] = tweak.StorageClass ?? cluster.Traits.StorageClass,
            },
            ["resources"] = new Fields
            {
                ["requests"] = new Fields { ["cpu"] = ClusterContext.Cpu(0.25), ["memory"] = memory },
                ["limits"] = new Fields { ["memory"] = memory },
            },

            // The authority is for the operator, which verifies the servers with it; servers ask clients for no certificate because of it.
            ["tls"] = new Fields { ["secretName"] = tls, ["caSecretName"] = tls, ["disableNonTLSListeners"] = true },
            ["rabbitmq"] = new Fields { ["additionalConfig"] = Configuration(servers) },
            ["affinity"] = new Fields
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
                                ["labelSelector"] = new Fields { ["matchLabels"] = new Fields { ["app.kubernetes.io/name"] = name } },
                            },
                        },
                    ],
                },
            },
        };
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

    private void KeepMajority(IReadOnlyDictionary<string, string> tags) => _ = new PodDisruptionBudget(
        Name,
        new PodDisruptionBudgetArgs
        {
            Metadata = _cluster.Metadata(Name, tags),
            Spec = new PodDisruptionBudgetSpecArgs { MaxUnavailable = 1, Selector = NetworkAccess.Select(_pods) },
        },
        Child());

    // Such a job bears the queue's label, which alone may reach the management API: the consumers that it serves may not.
    private Batch.Job Run(
        string name,
        IReadOnlyList<string> command,
        IReadOnlyList<EnvVarArgs> more,
        IReadOnlyDictionary<string, string> tags,
        CustomResourceOptions options)
    {
        var administrator = $"{Name}-default-user";
        var management = string.Create(CultureInfo.InvariantCulture, $"https://{Service.Host}:{ManagementPort}/api");
        return KubernetesJob.Start(name, new ContainerPod
        {
            Cluster = _cluster,
            Name = name,
            Consumer = Name,
            IsSelected = false,
            Tags = tags,
            Image = PinnedImage.Curl.OnDockerHub,
            Capacity = new Capacity(0.1, 0.0625),
            EntryPoint = command,
            Environment =
            [
                new() { Name = BrokerScript.Url, Value = management },
                new() { Name = BrokerScript.CertificateAuthority, Value = _authority },
                ClusterContext.FromSecret(BrokerScript.Username, administrator, "username"),
                ClusterContext.FromSecret(BrokerScript.Password, administrator, "password"),
                .. more,
            ],
            User = ImageUser,
        }, retries: 6, timeout: TimeSpan.FromMinutes(10), options);
    }
}
