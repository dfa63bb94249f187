using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Jobs.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Services.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Apps.V1;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Core = Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Components.Search.Kubernetes;

/// <summary>
/// OpenSearch in a set of pods, each with a volume: one server, or three. It speaks TLS only, with a certificate of an authority of its
/// own. Jobs that alone bear its label make the logins of consumers through its REST API.
/// </summary>
internal sealed class KubernetesSearchEngine : PlacedSearchEngine, IKubernetesTarget
{
    private const string Volume = "data";
    private const string Configuration = "configuration";
    private const string Users = "users";
    private const string AdministratorPassword = "ADMINISTRATOR_PASSWORD";
    private const string HealthPath = "/_plugins/_security/health";

    // Octal 0440: the server's group reads them, and nobody writes.
    private const int Mode = 288;

    // A stopping server waits until every index has its copies elsewhere, but no longer than that, and then stops by itself.
    private const int HandOverSeconds = 300;
    private const int StopSeconds = HandOverSeconds + 120;

    // Three servers restart one after the other, each after up to StopSeconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(45);

    private readonly ClusterContext _cluster;
    private readonly Output<string> _authority;
    private readonly Output<string> _administrator;
    private readonly KubernetesRestSetup _setup;
    private readonly StatefulSet _servers;

    /// <summary>Creates the search engine.</summary>
    /// <param name="engine">The declared search engine.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesSearchEngine(SearchEngine engine, KubernetesContext context)
        : base(context.PlaceInCluster(engine))
    {
        _cluster = context.Running;
        var (args, count) = (engine.Args, engine.Args.HighAvailability ? 3 : 1);
        var host = _cluster.Host(Name);
        var authority = new PrivateAuthority(Name, _cluster.Values, () => Child());
        var tls = ClusterContext.NameOf(authority.Issue(Name, _cluster, Tags, () => Child(), [host, "localhost"], isPkcs8: true));
        _authority = authority.Certificate.CertPem;
        var password = LoginPassword.Create($"{Name}-administrator", _cluster.Values, Child());
        _administrator = Keep("administrator", Script.Password, password.Result);
        var users = Keep(Users, "internal_users.yml", password.BcryptHash.Apply(OpenSearchConfiguration.Users));
        var configuration = Configure(count);

        List<Resource> ready =
        [
            NetworkAccess.Peers(Name, _cluster, Tags, ClusterContext.Selector(Name), [], [], Child()),
            .. KubernetesRestSetup.Ways(
                Name, ClusterContext.Selector(Name), OpenSearchConfiguration.RestPort, _cluster, Tags, Child),
        ];
        if (context.LinksTo(engine).Any())
            LinkWays = NetworkAccess.Open(Name, _cluster, Tags, ClusterContext.Selector(Name), OpenSearchConfiguration.RestPort);
        ready.AddRange(Volumes(args, count));
        Listen();
        _servers = Serve(args, count, tls, users, configuration, ready);
        Service = (host, OpenSearchConfiguration.RestPort);
        _setup = new()
        {
            Store = Name,
            Cluster = _cluster,
            Script = Script,
            Url = string.Create(
                CultureInfo.InvariantCulture,
                $"https://{host}:{OpenSearchConfiguration.RestPort}{SearchScript.Logins.Path}"),
            Authority = _authority,
            Administrator =
            [
                new() { Name = Script.Username, Value = SearchScript.Administrator },
                ClusterContext.FromSecret(Script.Password, _administrator, Script.Password),
            ],
        };
        Host = Output.Create(host);
        Port = Output.Create(OpenSearchConfiguration.RestPort.ToString(CultureInfo.InvariantCulture));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    IReadOnlyList<Resource> IKubernetesTarget.Ways => LinkWays;

    /// <inheritdoc/>
    public (string Host, int Port) Service { get; }

    private IReadOnlyList<Resource> LinkWays { get; } = [];

    private string Nodes => $"{Name}-nodes";

    private static RestScript Script => SearchScript.Logins.Script;

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var (login, password, granted) = _setup.Grant(
            grantee,
            link,
            (login, password) => SearchScript.Logins.Grant(login, password, link.Intent),
            _servers);
        return ConnectionAt(relay, granted, Output.Create(login), password.Result, _authority);
    }

    private Output<string> Keep(string role, string key, Output<string> value) => ClusterContext.NameOf(new Secret(
        $"{Name}-{role}",
        new SecretArgs { Metadata = _cluster.Metadata(Name, Tags), StringData = { [key] = value } },
        Child()));

    private Output<string> Configure(int count) => new ConfigMap(
        $"{Name}-{Configuration}",
        new ConfigMapArgs
        {
            Metadata = _cluster.Metadata(Name, Tags),
            Data =
            {
                ["opensearch.yml"] = OpenSearchConfiguration.Text(Name, Discovery(count)),
                ["roles_mapping.yml"] = OpenSearchConfiguration.Roles,
            },
        },
        Child()).Metadata.Apply(metadata => metadata.Name);

    private IEnumerable<string> Discovery(int count)
    {
        yield return "network.host: 0.0.0.0";
        yield return "node.name: ${HOSTNAME}";

        // Nodes would have to allow more mappings than they do, which restricted pods cannot ask of them.
        yield return "node.store.allow_mmap: false";
        yield return $"discovery.seed_hosts: [\"{_cluster.Host(Nodes)}\"]";
        yield return $"cluster.initial_cluster_manager_nodes: [{string.Join(", ", Servers(count).Select(server => $"\"{server}\""))}]";
    }

    private IEnumerable<string> Servers(int count) => Enumerable.Range(0, count)
        .Select(number => string.Create(CultureInfo.InvariantCulture, $"{Name}-{number}"));

    // The set takes claims that have the names it would give them. Claims of its own never change, and their sizes could not be raised.
    private IEnumerable<Resource> Volumes(SearchEngineArgs args, int count)
    {
        foreach (var server in Servers(count))
        {
            yield return new PersistentVolumeClaim(
                $"{Volume}-{server}",
                new PersistentVolumeClaimArgs
                {
                    Metadata = _cluster.Named($"{Volume}-{server}", Name, Tags),
                    Spec = Claim(args, ClusterContext.Storage(args.StorageGiB)),
                },
                Child(protect: _cluster.Profile.Protect));
        }
    }

    private PersistentVolumeClaimSpecArgs Claim(SearchEngineArgs args, string size)
    {
        var claim = new PersistentVolumeClaimSpecArgs
        {
            AccessModes = { "ReadWriteOnce" },
            Resources = new VolumeResourceRequirementsArgs { Requests = { ["storage"] = size } },
        };
        var storageClass = _cluster.Tweak<KubernetesSearchEngineTweak>(args)?.StorageClass ?? _cluster.Traits.StorageClass;
        if (storageClass is not null) claim.StorageClassName = storageClass;
        return claim;
    }

    private void Listen()
    {
        _ = new Service(
            Name,
            new ServiceArgs
            {
                Metadata = _cluster.Named(Name, Name, Tags),
                Spec = Entrance(headless: false, "https", OpenSearchConfiguration.RestPort),
            },
            Child());
        _ = new Service(
            Nodes,
            new ServiceArgs
            {
                Metadata = _cluster.Named(Nodes, Name, Tags),
                Spec = Entrance(headless: true, "transport", OpenSearchConfiguration.TransportPort),
            },
            Child());
    }

    // Servers find each other before they are ready: together they become it.
    private ServiceSpecArgs Entrance(bool headless, string port, int number)
    {
        var entrance = new ServiceSpecArgs
        {
            Type = "ClusterIP",
            Ports = { new ServicePortArgs { Name = port, Port = number, TargetPort = number, Protocol = "TCP" } },
        };
        foreach (var (key, value) in ClusterContext.Selector(Name)) entrance.Selector.Add(key, value);
        if (headless) (entrance.ClusterIP, entrance.PublishNotReadyAddresses) = ("None", true);
        return entrance;
    }

    private StatefulSet Serve(
        SearchEngineArgs args,
        int count,
        Output<string> tls,
        Output<string> users,
        Output<string> configuration,
        IReadOnlyList<Resource> ready)
    {
        var capacity = SearchEngineArgs.Promise(args.Size);
        var server = new ContainerPod
        {
            Cluster = _cluster,
            Name = Name,
            Consumer = Name,
            Tags = Tags,
            Image = OpenSearchConfiguration.ImageOf(args.Version).OnDockerHub,
            Capacity = capacity,
            User = OpenSearchConfiguration.ImageUser,
            Port = OpenSearchConfiguration.RestPort,
            Environment =
            [
                .. OpenSearchConfiguration.Environment(capacity).Select(variable => new EnvVarArgs
                {
                    Name = variable.Name,
                    Value = variable.Value,
                }),
                .. count > 1 ? new[] { ClusterContext.FromSecret(AdministratorPassword, _administrator, Script.Password) } : [],
            ],

            // The image writes a keystore beside its configuration, and logs.
            ReadOnlyRoot = false,
        };
        var container = server.Container();
        container.VolumeMounts.Add(new VolumeMountArgs { Name = Volume, MountPath = OpenSearchConfiguration.Data });
        container.VolumeMounts.Add(new VolumeMountArgs
        {
            Name = "tls",
            MountPath = $"{OpenSearchConfiguration.Folder}/{OpenSearchConfiguration.Certificates}",
            ReadOnly = true,
        });
        Mount(container, Configuration, "opensearch.yml");
        Mount(container, Configuration, "roles_mapping.yml", "opensearch-security/");
        Mount(container, Users, "internal_users.yml", "opensearch-security/");
        container.StartupProbe = Asking(failures: 60);
        container.ReadinessProbe = Asking(failures: 3);
        container.LivenessProbe = new ProbeArgs
        {
            TcpSocket = new TCPSocketActionArgs { Port = OpenSearchConfiguration.RestPort },
            PeriodSeconds = 20,
            FailureThreshold = 6,
        };
        var pod = server.Around(container);
        pod.Volumes.Add(new VolumeArgs { Name = "tls", Secret = new SecretVolumeSourceArgs { SecretName = tls, DefaultMode = Mode } });
        pod.Volumes.Add(new VolumeArgs { Name = Users, Secret = new SecretVolumeSourceArgs { SecretName = users, DefaultMode = Mode } });
        pod.Volumes.Add(new VolumeArgs { Name = Configuration, ConfigMap = new ConfigMapVolumeSourceArgs { Name = configuration } });
        if (count > 1) KeepCopies(server, container, pod);
        return new(
            Name,
            new StatefulSetArgs
            {
                Metadata = _cluster.Named(Name, Name, Tags),
                Spec = new StatefulSetSpecArgs
                {
                    ServiceName = Nodes,
                    Replicas = count,
                    Selector = new LabelSelectorArgs { MatchLabels = ClusterContext.Selector(Name).ToDictionary() },

                    // A server is ready when it has found enough of the others.
                    PodManagementPolicy = "Parallel",
                    Template = server.Template(pod, movable: true),
                    VolumeClaimTemplates =
                    {
                        new PersistentVolumeClaimArgs
                        {
                            Metadata = new ObjectMetaArgs { Name = Volume },
                            Spec = new PersistentVolumeClaimSpecArgs
                            {
                                AccessModes = { "ReadWriteOnce" },
                                Resources = new VolumeResourceRequirementsArgs { Requests = { ["storage"] = ClusterContext.Storage(10) } },
                            },
                        },
                    },
                },
            },
            Child(dependsOn: ready).Within(Patience));
    }

    // A server that is to stop waits until every index has all its copies, so that the others can do without it; nodes are drained of one
    // at a time, and the three are spread over zones and nodes.
    private void KeepCopies(ContainerPod server, Core.ContainerArgs container, PodSpecArgs pod)
    {
        var wait = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            printf 'user = "{SearchScript.Administrator}:%s"' "${AdministratorPassword}" |
              curl --silent --max-time {HandOverSeconds + 10} --config - \
                --cacert {OpenSearchConfiguration.Folder}/{OpenSearchConfiguration.Certificates}/ca.crt --output /dev/null \
                'https://localhost:{OpenSearchConfiguration.RestPort}/_cluster/health?wait_for_status=green&timeout={HandOverSeconds}s' ||
              true

            """);
        container.Lifecycle = new LifecycleArgs
        {
            PreStop = new LifecycleHandlerArgs { Exec = new ExecActionArgs { Command = { "sh", "-c", wait } } },
        };
        pod.TerminationGracePeriodSeconds = StopSeconds;
        server.Spread(pod);
        server.Budget(Name, Child());
    }

    private static void Mount(Core.ContainerArgs container, string volume, string file, string folder = "") =>
        container.VolumeMounts.Add(new VolumeMountArgs
        {
            Name = volume,
            MountPath = $"{OpenSearchConfiguration.Folder}/{folder}{file}",
            SubPath = file,
            ReadOnly = true,
        });

    // The one question that the security plugin answers without a login: whether it knows its users yet.
    private static ProbeArgs Asking(int failures) => new()
    {
        HttpGet = new HTTPGetActionArgs { Path = HealthPath, Port = OpenSearchConfiguration.RestPort, Scheme = "HTTPS" },
        PeriodSeconds = 10,
        TimeoutSeconds = 5,
        FailureThreshold = failures,
    };
}
