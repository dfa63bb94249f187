using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Deployment = Pulumi.Kubernetes.Apps.V1.Deployment;

namespace Infra.Components.Relays.Kubernetes;

/// <summary>
/// HAProxy behind a service of type LoadBalancer: one port per target, each open to the addresses of that target's consumers only. The
/// service hands packets to the pods of the node that they reach, so that the proxy sees where they come from.
/// </summary>
internal sealed class KubernetesRelay : PlacedComponent, IRelay<KubernetesGrantee>
{
    private const int ImageUser = 99;
    private const string CertificateFolder = "/etc/relay";
    private const string ConfigurationFolder = "/usr/local/etc/haproxy";

    // Clouds take minutes to make a load balancer, and proxies may need a new node.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    // Long enough for a statement; connections that lie idle are closed anyway.
    private const int StopSeconds = 25;

    private readonly ClusterContext _cluster;
    private readonly IReadOnlyList<RelayPort> _ports;
    private readonly KubernetesGrantee _grantee;
    private readonly Secret _certificate;
    private readonly Output<string> _authority;

    /// <summary>Creates the relay's entrance; its proxies follow once all that they lead to is known.</summary>
    /// <param name="ports">What it forwards to.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesRelay(IReadOnlyList<RelayPort> ports, KubernetesContext context)
        : base(context.PlaceInCluster(RelayKind.Instance, "relay"))
    {
        _cluster = context.Running;
        _ports = ports;
        var reserved = _cluster.Reserve?.Invoke(Name, null, Tags, Child(protect: _cluster.Profile.Protect));
        var service = new Service(Name, new ServiceArgs
        {
            // The certificate is for the address, and the pods need the certificate: the address is all there is to wait for.
            Metadata = _cluster.Named(Name, Name, Tags, Annotations(reserved)),
            Spec = Enter(),
        }, Child(deleteBeforeReplace: true).Within(Patience));
        Address = reserved?.Address ?? service.Status.Apply(status => status.LoadBalancer.Ingress[0].Ip);

        var authority = new PrivateAuthority(Name, _cluster.Values, () => Child());
        _authority = authority.Certificate.CertPem;
        _certificate = authority.Issue(Name, _cluster, Tags, () => Child(), [], Address);
        _grantee = new KubernetesGrantee(Name, context, Tags, dependsOn => Child(dependsOn: dependsOn));
    }

    /// <summary>The relay's address.</summary>
    [Output]
    public Output<string> Address { get; private set; }

    /// <inheritdoc/>
    public PlacedComponent? Component => this;

    /// <inheritdoc/>
    public IReadOnlyList<Output<string>> Addresses => [Address];

    /// <inheritdoc/>
    public void Admit(RelayPort<KubernetesGrantee> port)
    {
        if (port.IsFirst) port.Built.Admit(_grantee, $"{Name}-{port.Name}");
        _ = NetworkAccess.Ingress(
            $"{Name}-{port.Name}-cross-cloud",
            _cluster.Metadata(Name, Tags),
            ClusterContext.Selector(Name),
            _cluster.BalancerSources is { } sources
                ? [NetworkAccess.Addresses(sources)]
                : port.Blocks.Select(block => NetworkAccess.Addresses(block)),
            [NetworkAccess.Tcp(port.Number)],
            Child());
    }

    /// <inheritdoc/>
    public KubernetesGrantee GranteeOf(StandingLink link) => _grantee;

    /// <inheritdoc/>
    public RelayEndpoint EntranceOf(RelayPort<KubernetesGrantee> port) => new(Address, port.Number, _authority);

    /// <inheritdoc/>
    public void Complete()
    {
        Forward();
        RegisterOutputs();
    }

    private InputMap<string> Annotations(ReservedAddress? reserved)
    {
        var annotations = CustomObject.WaitFor("jsonpath={.status.loadBalancer.ingress[0].ip}");
        foreach (var (key, value) in _cluster.Traits.BalancerAnnotations(ProxyConfiguration.IdleSeconds, null)) annotations.Add(key, value);
        foreach (var (key, value) in reserved?.Annotations ?? new Dictionary<string, Input<string>>()) annotations.Add(key, value);
        return annotations;
    }

    private ServiceSpecArgs Enter()
    {
        var spec = new ServiceSpecArgs { Type = "LoadBalancer", ExternalTrafficPolicy = "Local" };
        foreach (var (key, value) in ClusterContext.Selector(Name)) spec.Selector.Add(key, value);
        foreach (var port in _ports) spec.Ports.Add(new ServicePortArgs { Name = port.Name, Port = port.Number, TargetPort = port.Number });
        foreach (var block in EgressSource.BlocksOf(_ports.SelectMany(port => port.Sources))) spec.LoadBalancerSourceRanges.Add(block);
        return spec;
    }

    private void Forward()
    {
        var data = new InputMap<string>
        {
            ["haproxy.cfg"] = new ProxyConfiguration
            {
                Ports = _ports,
                Certificate = $"{CertificateFolder}/tls.crt",
                Authorities = ConfigurationFolder,
                ReadsHeader = _cluster.BalancerSources is not null,
            }.Text(),
        };
        foreach (var port in _ports)
        {
            if (port.Endpoint.Authority is { } authority) data.Add(ProxyConfiguration.AuthorityOf(port), authority);
        }

        var configuration = new ConfigMap(
            $"{Name}-configuration",
            new ConfigMapArgs { Metadata = _cluster.Metadata(Name, Tags), Data = data },
            Child());
        var pod = new ContainerPod
        {
            Cluster = _cluster,
            Name = Name,
            Consumer = Name,
            Uses = _grantee.Uses,
            Tags = Tags,
            Image = PinnedImage.HaProxy.OnDockerHub,
            Capacity = new Capacity(0.1, 0.25),
            Command = ["haproxy", "-W", "-db", "-f", $"{ConfigurationFolder}/haproxy.cfg"],
            User = ImageUser,
        };
        var container = pod.Container();
        container.VolumeMounts.Add(new VolumeMountArgs { Name = "configuration", MountPath = ConfigurationFolder });
        container.VolumeMounts.Add(new VolumeMountArgs { Name = "certificate", MountPath = CertificateFolder });
        container.ReadinessProbe = new ProbeArgs
        {
            HttpGet = new HTTPGetActionArgs { Path = "/", Port = RelayPorts.Health },
            PeriodSeconds = 5,
            FailureThreshold = 2,
        };
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
                SecretName = _certificate.Metadata.Apply(metadata => metadata.Name),

                // HAProxy looks for the key beside the certificate, under its name and .key.
                Items =
                {
                    new KeyToPathArgs { Key = "tls.crt", Path = "tls.crt" },
                    new KeyToPathArgs { Key = "tls.key", Path = "tls.crt.key" },
                },
            },
        });
        var replicas = _cluster.Profile.HighAvailability ? 2 : 1;
        _ = new Deployment($"{Name}-proxy", new DeploymentArgs
        {
            Metadata = _cluster.Metadata(Name, Tags),
            Spec = new DeploymentSpecArgs
            {
                Replicas = replicas,
                Selector = NetworkAccess.Select(ClusterContext.Selector(Name)),
                Template = pod.Template(replica, movable: true),
            },
        }, Child(dependsOn: _grantee.Grants).Within(Patience));
        if (replicas > 1) pod.Budget($"{Name}-budget", Child());
    }
}
