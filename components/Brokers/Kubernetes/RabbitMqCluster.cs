using System.Globalization;
using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Jobs.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Policy.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;

namespace Infra.Components.Brokers.Kubernetes;

/// <summary>What a component asks of a RabbitMQ cluster of its own.</summary>
internal sealed record RabbitMqClusterArgs
{
    /// <summary>How many servers there are, an odd number.</summary>
    public required int Servers { get; init; }

    /// <summary>What each server gets.</summary>
    public required Capacity Capacity { get; init; }

    /// <summary>The size of each server's volume in GiB.</summary>
    public required int StorageGiB { get; init; }

    /// <summary>The storage class of the volumes; null for the cluster's.</summary>
    public string? StorageClass { get; init; }

    /// <summary>Lines of <c>rabbitmq.conf</c>, each with its end.</summary>
    public required string Configuration { get; init; }

    /// <summary>The plugins beside those that its operator needs.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>
    /// Whether the operator enables what a newer version brings: the version after that does not start without.
    /// </summary>
    public bool EnablesFeatures { get; init; }

    /// <summary>The ports on which consumers reach it; none where it has no consumers.</summary>
    public required IReadOnlyList<int> Ports { get; init; }
}

/// <summary>
/// A RabbitMQ cluster of a component's own, run by its cluster operator: one server, or three that all keep every message. It speaks TLS
/// only. What is declared in it, logins included, is declared through its management API by jobs: an operator for that would need
/// cert-manager, and to trust the authority of every cluster.
/// </summary>
internal sealed class RabbitMqCluster
{
    /// <summary>Where it speaks AMQP over TLS.</summary>
    public const int AmqpPort = 5671;

    /// <summary>Where it speaks MQTT over TLS, with the plugin.</summary>
    public const int MqttPort = 8883;

    /// <summary>Where its management API answers, over TLS.</summary>
    public const int ManagementPort = 15671;

    // A stopping server waits until the others can do without it. A week, the operator's default, would hold up the update of a node as
    // long.
    private const int StopSeconds = 600;

    // Three servers restart one after the other, each after up to StopSeconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(45);

    private readonly string _name;
    private readonly ClusterContext _cluster;

    /// <summary>Creates the cluster.</summary>
    /// <param name="name">The component's name, which its objects take.</param>
    /// <param name="args">What is asked of it.</param>
    /// <param name="cluster">The Kubernetes cluster.</param>
    /// <param name="tags">The tags of the component.</param>
    /// <param name="child">Makes the options of a child.</param>
    public RabbitMqCluster(
        string name,
        RabbitMqClusterArgs args,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        (_name, _cluster) = (name, cluster);
        Host = cluster.Host(name);

        // The operator knows servers by the shorter names.
        var authority = new PrivateAuthority(name, cluster.Values, () => child());
        var shortHost = $"{name}.{cluster.NamespaceName}.svc";
        var servers = $"*.{name}-nodes.{cluster.NamespaceName}.svc";
        string[] hosts = [Host, shortHost, $"{servers}.cluster.local", servers];
        var tls = ClusterContext.NameOf(authority.Issue(name, cluster, tags, () => child(), hosts));
        Authority = authority.Certificate.CertPem;

        var pods = new Dictionary<string, string> { ["app.kubernetes.io/component"] = "rabbitmq", ["app.kubernetes.io/name"] = name };
        Resource[] policies =
        [
            NetworkAccess.Peers(
                name, cluster, tags, pods, [NetworkAccess.Namespace(Releases.RabbitMqOperator.Namespace)], [], child()),
            .. KubernetesRestSetup.Ways(name, pods, ManagementPort, cluster, tags, child),
        ];
        if (args.Ports.Count > 0)
            Ways = NetworkAccess.Open(name, cluster, tags, pods, [.. args.Ports.Select(port => (InputUnion<int, string>)port)]);
        Broker = new CustomObject(name, new CustomObjectArgs(
            "rabbitmq.com/v1beta1",
            "RabbitmqCluster",
            cluster.Named(name, name, tags, CustomObject.WaitFor("condition=AllReplicasReady")),
            Specification(args, tls)),
            child(protect: cluster.Profile.Protect, dependsOn: [.. cluster.Of(Addon.QueueOperator), .. policies]).Within(Patience));
        var administrator = $"{name}-default-user";
        var script = BrokerScript.Logins.Script;
        Setup = new()
        {
            Store = name,
            Cluster = cluster,
            Script = script,
            Url = string.Create(CultureInfo.InvariantCulture, $"https://{Host}:{ManagementPort}{BrokerScript.Logins.Path}"),
            Authority = Authority,
            Administrator =
            [
                ClusterContext.FromSecret(script.Username, administrator, "username"),
                ClusterContext.FromSecret(script.Password, administrator, "password"),
            ],
        };
        if (args.Servers > 1) KeepMajority(pods, tags, child());
    }

    /// <summary>The cluster's object: it is ready when all servers are.</summary>
    public CustomObject Broker { get; }

    /// <summary>Its private host name.</summary>
    public string Host { get; }

    /// <summary>The certificates that sign its own, as PEM.</summary>
    public Output<string> Authority { get; }

    /// <summary>The policies that let its consumers' pods through; none where it has none.</summary>
    public IReadOnlyList<Resource> Ways { get; } = [];

    /// <summary>The jobs that speak with its management API.</summary>
    public KubernetesRestSetup Setup { get; }

    private Fields Specification(RabbitMqClusterArgs args, Output<string> tls)
    {
        var memory = ClusterContext.Memory(args.Capacity.MemoryGiB);
        return new()
        {
            ["image"] = PinnedImage.RabbitMq.OnDockerHub,
            ["replicas"] = args.Servers,
            ["autoEnableAllFeatureFlags"] = args.EnablesFeatures ? true : null,
            ["terminationGracePeriodSeconds"] = StopSeconds,
            ["persistence"] = new Fields
            {
                ["storage"] = ClusterContext.Storage(args.StorageGiB),
                ["storageClassName"] = args.StorageClass ?? _cluster.Traits.StorageClass,
            },
            ["resources"] = new Fields
            {
                ["requests"] = new Fields { ["cpu"] = ClusterContext.Cpu(args.Capacity.VCpu), ["memory"] = memory },
                ["limits"] = new Fields { ["memory"] = memory },
            },

            // The authority is for the operator, which verifies the servers with it; servers ask clients for no certificate because of it.
            ["tls"] = new Fields { ["secretName"] = tls, ["caSecretName"] = tls, ["disableNonTLSListeners"] = true },
            ["rabbitmq"] = new Fields
            {
                ["additionalConfig"] = args.Configuration,
                ["additionalPlugins"] = args.Plugins.Count > 0 ? args.Plugins : null,
            },
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
                                ["labelSelector"] = new Fields { ["matchLabels"] = new Fields { ["app.kubernetes.io/name"] = _name } },
                            },
                        },
                    ],
                },
            },
        };
    }

    private void KeepMajority(
        IReadOnlyDictionary<string, string> pods,
        IReadOnlyDictionary<string, string> tags,
        CustomResourceOptions options) => _ = new PodDisruptionBudget(
        _name,
        new PodDisruptionBudgetArgs
        {
            Metadata = _cluster.Metadata(_name, tags),
            Spec = new PodDisruptionBudgetSpecArgs { MaxUnavailable = 1, Selector = NetworkAccess.Select(pods) },
        },
        options);
}
