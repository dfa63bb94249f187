using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Deployment = Pulumi.Kubernetes.Apps.V1.Deployment;

namespace Infra.Components.Relays.Kubernetes;

/// <summary>What the relay forwards to.</summary>
/// <param name="Name">The target's name.</param>
/// <param name="Target">The target.</param>
/// <param name="Port">The relay's port for it.</param>
/// <param name="Encrypts">Whether it speaks TLS by itself; the relay does for one that does not.</param>
/// <param name="Links">The links to it, each with where its consumer comes from.</param>
internal sealed record RelayedTarget(
    string Name,
    ILinkTarget Target,
    int Port,
    bool Encrypts,
    IReadOnlyDictionary<Link, Origin> Links)
{
    /// <summary>The blocks of addresses from which its consumers come.</summary>
    public IReadOnlyList<Output<string>> Sources => Origin.BlocksOf(Links.Values);
}

/// <summary>
/// HAProxy behind a service of type LoadBalancer: one port per target, each open to the addresses of that target's consumers only. The
/// service hands packets to the pods of the node that they reach, so that the proxy sees where they come from.
/// </summary>
internal sealed class KubernetesRelay : PlacedComponent
{
    /// <summary>What provides it.</summary>
    public const string Product = "HAProxy";

    private const int ImageUser = 99;

    // Connections to stores lie idle in pools.
    private const int IdleSeconds = 3600;

    // Long enough for a statement; connections that lie idle are closed anyway.
    private const int StopSeconds = 25;

    private readonly Dictionary<Link, ForeignTarget> _targets = [];

    /// <summary>Creates the relay.</summary>
    /// <param name="name">The component's name.</param>
    /// <param name="targets">What it forwards to.</param>
    /// <param name="open">The links to targets with a public API, which need a key and no way in.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of its resources.</param>
    public KubernetesRelay(string name, IReadOnlyList<RelayedTarget> targets, IReadOnlyDictionary<Link, ILinkTarget> open, ClusterContext cluster, IReadOnlyDictionary<string, string> tags)
        : base(cluster.Place(ComponentKind.Relay, name, Backing.InCluster, Product, tags))
    {
        var reserved = cluster.Reserve?.Invoke(name, null, tags, Child());
        var service = new Service(name, new ServiceArgs
        {
            // The certificate is for the address, and the pods need the certificate: the address is all there is to wait for.
            Metadata = cluster.Named(name, name, tags, Annotations(cluster, reserved)),
            Spec = Enter(name, targets),
        }, Child(deleteBeforeReplace: true));
        Address = reserved?.Address ?? service.Status.Apply(status => status.LoadBalancer.Ingress[0].Ip);

        var authority = new PrivateAuthority(name, cluster, () => Child());
        var certificate = authority.Issue(tags, [], Address);
        var grantee = new KubernetesGrantee(name, cluster, tags, dependsOn => Child(dependsOn: dependsOn));
        foreach (var target in targets)
        {
            target.Target.Admit(grantee, $"{name}-{target.Name}");
            _ = NetworkAccess.Ingress(
                $"{name}-{target.Name}-foreign",
                cluster.Metadata(name, tags),
                ClusterContext.Selector(name),
                cluster.BalancerSources is { } sources
                    ? [NetworkAccess.Addresses(sources)]
                    : target.Sources.Select(source => NetworkAccess.Addresses(source)),
                [target.Port],
                Child());
            foreach (var link in target.Links.Keys)
            {
                var endpoint = new RelayEndpoint(Address, target.Port, authority.Certificate.CertPem);
                _targets.Add(link, new ForeignTarget(target.Target.Connect(grantee, link, endpoint), [Address], target.Port));
            }
        }

        foreach (var (link, target) in open) _targets.Add(link, new ForeignTarget(target.Connect(grantee, link, relay: null)));
        Forward(name, targets[0].Port, Configuration(targets, cluster.BalancerSources is not null), certificate, cluster, tags, grantee.Grants);
        RegisterOutputs();
    }

    /// <summary>The relay's address.</summary>
    [Output]
    public Output<string> Address { get; private set; }

    /// <summary>How each link's consumer reaches its target.</summary>
    public IReadOnlyDictionary<Link, ForeignTarget> Targets => _targets;

    private static InputMap<string> Annotations(ClusterContext cluster, ReservedAddress? reserved)
    {
        var annotations = CustomObject.WaitFor("jsonpath={.status.loadBalancer.ingress[0].ip}");
        foreach (var (key, value) in cluster.Traits.BalancerAnnotations(IdleSeconds, null)) annotations.Add(key, value);
        foreach (var (key, value) in reserved?.Annotations ?? new Dictionary<string, Input<string>>()) annotations.Add(key, value);
        return annotations;
    }

    private static ServiceSpecArgs Enter(string name, IReadOnlyList<RelayedTarget> targets)
    {
        var spec = new ServiceSpecArgs { Type = "LoadBalancer", ExternalTrafficPolicy = "Local" };
        foreach (var (key, value) in ClusterContext.Selector(name)) spec.Selector.Add(key, value);
        foreach (var target in targets) spec.Ports.Add(new ServicePortArgs { Name = target.Name, Port = target.Port, TargetPort = target.Port });
        foreach (var source in Origin.BlocksOf(targets.SelectMany(target => target.Links.Values))) spec.LoadBalancerSourceRanges.Add(source);
        return spec;
    }

    // The header that names the client is read after a connection is accepted and before its session begins.
    private static Output<string> Configuration(IReadOnlyList<RelayedTarget> targets, bool named) => Output.All(targets.Select(target => Output
        .Tuple(
            Output.All(target.Sources),
            target.Target.Entrance!.Value.Host,
            target.Target.Entrance!.Value.Port)
        .Apply(known => string.Create(CultureInfo.InvariantCulture, $"""
            frontend {target.Name}
              bind :{target.Port}{(named ? " accept-proxy" : "")}{(target.Encrypts ? "" : " ssl crt /etc/relay/tls.crt")}
            {string.Join('\n', ProxyAdmission.Rules(known.Item1, named ? "session" : "connection"))}
              default_backend {target.Name}
            backend {target.Name}
              server {target.Name} {known.Item2}:{known.Item3} resolvers cluster init-addr none

            """)))).Apply(parts => $"""
            global
              log stdout format raw local0
            defaults
              mode tcp
              timeout connect 10s
              timeout client {IdleSeconds}s
              timeout server {IdleSeconds}s
            resolvers cluster
              parse-resolv-conf
            {string.Concat(parts)}
            """);

    private void Forward(
        string name,
        int port,
        Output<string> settings,
        Secret certificate,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        IEnumerable<Resource> grants)
    {
        var configuration = new ConfigMap($"{name}-configuration", new ConfigMapArgs
        {
            Metadata = cluster.Metadata(name, tags),
            Data = { ["haproxy.cfg"] = settings },
        }, Child());
        var pod = new ContainerPod
        {
            Cluster = cluster,
            Name = name,
            Consumer = name,
            Tags = tags,
            Image = Releases.ProxyImage,
            Capacity = new Capacity(0.1, 0.25),
            Command = ["haproxy", "-W", "-db", "-f", "/usr/local/etc/haproxy/haproxy.cfg"],
            Tweak = new KubernetesServiceTweak { RunAsUser = ImageUser },
        };
        var container = pod.Container();
        container.VolumeMounts.Add(new VolumeMountArgs { Name = "configuration", MountPath = "/usr/local/etc/haproxy" });
        container.VolumeMounts.Add(new VolumeMountArgs { Name = "certificate", MountPath = "/etc/relay" });
        container.ReadinessProbe = new ProbeArgs { TcpSocket = new TCPSocketActionArgs { Port = port }, PeriodSeconds = 5, FailureThreshold = 2 };
        var replica = pod.Around(container);
        pod.KeepServing(container, replica, StopSeconds);
        replica.Volumes.Add(new VolumeArgs
        {
            Name = "configuration",
            ConfigMap = new ConfigMapVolumeSourceArgs { Name = configuration.Metadata.Apply(metadata => metadata.Name) },
        });
        replica.Volumes.Add(new VolumeArgs
        {
            Name = "certificate",
            Secret = new SecretVolumeSourceArgs
            {
                SecretName = certificate.Metadata.Apply(metadata => metadata.Name),

                // HAProxy looks for the key beside the certificate, under its name and .key.
                Items =
                {
                    new KeyToPathArgs { Key = "tls.crt", Path = "tls.crt" },
                    new KeyToPathArgs { Key = "tls.key", Path = "tls.crt.key" },
                },
            },
        });
        var replicas = cluster.Profile.HighAvailability ? 2 : 1;
        _ = new Deployment($"{name}-proxy", new DeploymentArgs
        {
            Metadata = cluster.Metadata(name, tags),
            Spec = new DeploymentSpecArgs
            {
                Replicas = replicas,
                Selector = NetworkAccess.Select(ClusterContext.Selector(name)),
                Template = pod.Template(replica, movable: true),
            },
        }, Child(dependsOn: grants));
        if (replicas > 1) pod.Budget($"{name}-budget", Child());
    }
}
