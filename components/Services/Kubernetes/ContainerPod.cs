using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Identities.Kubernetes;
using Infra.Components.LoadBalancers;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Policy.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;
using Core = Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Components.Services.Kubernetes;

/// <summary>The pod of a container that this project runs itself: restricted, without a token, with memory that is kept for it.</summary>
internal sealed record ContainerPod
{
    private const string Autoscaler = "cluster-autoscaler.kubernetes.io";

    // From here on anyone may listen (Linux: ip_unprivileged_port_start).
    private const int UnprivilegedPort = 1024;

    // Any user but root.
    private const int Nobody = 65534;

    // The first process of a container ends by a signal only where it says so.
    private static readonly IReadOnlyList<string> Sleep = ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done"];

    private static readonly Capacity Sleeping = new(0.1, 0.0625);

    // Endpoints propagate within seconds.
    private const int DrainSeconds = 5;

    /// <summary>The labels of nodes that say what fails together: a zone, and a machine. Replicas are spread over both.</summary>
    public static readonly IReadOnlyList<string> Domains = ["topology.kubernetes.io/zone", "kubernetes.io/hostname"];

    /// <summary>The cluster.</summary>
    public required ClusterContext Cluster { get; init; }

    /// <summary>The name that the pod's labels bear.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Whether it is what the selector of the component of that name means. What runs beside components, such as the job of a grant, is
    /// none, whatever other component bears its name. Default: true.
    /// </summary>
    public bool IsSelected { get; init; } = true;

    /// <summary>The consumer on whose behalf it connects.</summary>
    public required string Consumer { get; init; }

    /// <summary>The labels by which the policies of targets know it. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Uses { get; init; } = new Dictionary<string, string>();

    /// <summary>The tags of the component.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The image, with its registry.</summary>
    public required Input<string> Image { get; init; }

    /// <summary>What the container gets.</summary>
    public required Capacity Capacity { get; init; }

    /// <summary>What runs instead of the image's entry point; empty for the image's own.</summary>
    public IReadOnlyList<string> EntryPoint { get; init; } = [];

    /// <summary>What runs instead of the image's command, behind its entry point; empty for the image's own.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The user that it runs as, to whom volumes belong; null for the image's own.</summary>
    public int? User { get; init; }

    /// <summary>Its group; null for the one that the image has for the user.</summary>
    public int? Group { get; init; }

    /// <summary>The lowest port that it listens on; null where it listens on none.</summary>
    public int? Port { get; init; }

    /// <summary>The environment.</summary>
    public IReadOnlyList<EnvVarArgs> Environment { get; init; } = [];

    /// <summary>The files; null where it has none.</summary>
    public PodFiles? Files { get; init; }

    /// <summary>The volumes. Default: none.</summary>
    public IReadOnlyList<PodVolume> Volumes { get; init; } = [];

    /// <summary>What runs before the container, in this order: sidecars, which go on beside it, and steps, which end.</summary>
    public IReadOnlyList<PodContainer> Before { get; init; } = [];

    /// <summary>The architecture of the image; null when it is built for several.</summary>
    public CpuArchitecture? Architecture { get; init; }

    /// <summary>The service account; null for the namespace's default, which has no rights either.</summary>
    public Output<string>? Account { get; init; }

    /// <summary>
    /// Whether the container may write to <c>/tmp</c> and nowhere else. Default: true, as what this project runs needs no more.
    /// </summary>
    public bool ReadOnlyRoot { get; init; } = true;

    /// <summary>What the cluster's own tweak asks for.</summary>
    public KubernetesServiceTweak Tweak { get; init; } = new();

    /// <summary>The pod of a service or job.</summary>
    /// <param name="consumer">The declared service or job.</param>
    /// <param name="grantee">The same with its grants: it knows how its links' targets are reached.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public static ContainerPod Of(Consumer consumer, KubernetesGrantee grantee, KubernetesContext context) => new()
    {
        Cluster = context.Running,
        Name = consumer.Name,
        Consumer = consumer.Name,
        Uses = grantee.Uses,
        Tags = grantee.Tags,
        Image = ImageOf(context.Running, context.Running.Settings.Images[consumer.Name]),
        Capacity = consumer.Container.Capacity,
        EntryPoint = consumer.Container.EntryPoint,
        Command = consumer.Container.Command,
        User = consumer.Container.User,
        Group = consumer.Container.Group,
        Port = PortsOf(consumer, context).Min(),
        Environment = grantee.Environment,
        Files = grantee.Files,
        Volumes = consumer.Container.Fetched is null ? [] : [PodVolume.Fetched],
        Before =
        [
            .. consumer.Container.Sidecars.Select(sidecar => new PodContainer
            {
                Name = sidecar.Name,
                Image = ImageOf(context.Running, context.Running.Settings.ImageOf(consumer, sidecar.Name)),
                Capacity = sidecar.Capacity,
                EntryPoint = sidecar.EntryPoint,
                Command = sidecar.Command,
                User = sidecar.User,
                Environment = grantee.EquipmentOf(sidecar.Name).Environment,
                Files = grantee.EquipmentOf(sidecar.Name).Files,
                GoesOn = true,
                HealthCheck = sidecar.HealthCheck,
            }),
            .. consumer.Container.Steps.Select(step => new PodContainer
            {
                Name = step.Name,
                Image = ImageOf(context.Running, context.Running.Settings.ImageOf(consumer, step.Name)),
                Capacity = consumer.Container.Capacity,
                EntryPoint = step.EntryPoint,
                Command = step.Command,
                User = step.User ?? consumer.Container.User,
                Group = step.User is null ? consumer.Container.Group : null,
                Environment = grantee.Environment,
                Files = grantee.Files,
            }),
        ],
        Architecture = consumer.Container.Architecture,
        Account = context.Of<KubernetesServiceIdentity>(consumer).AccountName,
        ReadOnlyRoot = consumer.Container.ReadOnlyRoot,
        Tweak = consumer.Container.Tweak<KubernetesServiceTweak>() ?? new(),
    };

    private static IEnumerable<int?> PortsOf(Consumer consumer, KubernetesContext context) => context.On<LoadBalancer>()
        .SelectMany(balancer => balancer.Args.Listeners)
        .Where(listener => listener.Service == consumer)
        .Select(listener => (int?)listener.Target)
        .Concat((consumer as ContainerService)?.Args.MorePorts.Select(port => (int?)port) ?? [])
        .Append((consumer as ContainerService)?.Args.Port);

    // One without a registry lies in the stack's own.
    private static Output<string> ImageOf(ClusterContext cluster, string image) =>
        ImageName.HasRegistry(image) ? Output.Create(image) : Output.Format($"{cluster.Registry}/{image}");

    /// <summary>Whether nothing of the component works in it.</summary>
    public bool IsAsleep { get; private init; }

    /// <summary>
    /// The same pod with nothing of the component in it. An autoscaler neither scales to none nor up from it, and the number of replicas is
    /// its alone (Kubernetes documentation: horizontal pod autoscaling): a deployment that must not work runs one pod that does nothing.
    /// </summary>
    /// <param name="cloud">The cloud.</param>
    public ContainerPod Asleep(Cloud cloud) => this with
    {
        IsAsleep = true,
        Image = PinnedImage.BusyBox.On(cloud),
        Capacity = Sleeping,
        EntryPoint = Sleep,
        Command = [],
        User = Nobody,
        Group = null,
        Volumes = [],
        Before = [],
        ReadOnlyRoot = true,
    };

    /// <summary>The labels of the pod.</summary>
    public IReadOnlyDictionary<string, string> Labels => LabelsWith(Tags);

    /// <summary>The container.</summary>
    public Core.ContainerArgs Container() => new PodContainer
    {
        Name = Name,
        Image = Image,
        Capacity = Capacity,
        EntryPoint = EntryPoint,
        Command = Command,
        User = IsOneUser ? null : User,
        Group = IsOneUser ? null : Group,
        Environment = Environment,
        Files = Files,
        Volumes = Volumes,
    }.Definition("tmp", ReadOnlyRoot);

    // What a pod says of its user is said of every container that says nothing itself, such as a sidecar whose image has its own.
    private bool IsOneUser => Before.All(container => container.User is not null);

    private SortedDictionary<string, string> LabelsWith(IReadOnlyDictionary<string, string> tags)
    {
        var labels = new SortedDictionary<string, string>(Cluster.Labels(Name, tags).ToDictionary(), StringComparer.Ordinal)
        {
            [ClusterContext.ConsumerLabel] = Consumer,
        };
        foreach (var (key, value) in Uses) labels[key] = value;
        if (!IsSelected) labels["app.kubernetes.io/managed-by"] = "kubernetes";
        return labels;
    }

    /// <summary>The pod around a container.</summary>
    public PodSpecArgs Around(Core.ContainerArgs container)
    {
        var security = new PodSecurityContextArgs
        {
            RunAsNonRoot = true,
            SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" },
        };
        if (User is { } user)
        {
            security.FsGroup = Group ?? user;
            if (IsOneUser) security.RunAsUser = user;
            if (IsOneUser && Group is { } group) security.RunAsGroup = group;
        }

        // A volume with many files would be gone through at every start.
        if (Volumes.Count > 0) security.FsGroupChangePolicy = "OnRootMismatch";

        // Without capabilities, low ports are root's alone unless the pod says otherwise; restricted pods may.
        if (Before.Select(other => other.HealthCheck?.Port).Prepend(Port).Any(port => port < UnprivilegedPort))
            security.Sysctls.Add(new SysctlArgs { Name = "net.ipv4.ip_unprivileged_port_start", Value = "0" });
        var pod = new PodSpecArgs
        {
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            SecurityContext = security,
            Containers = { container },
            Volumes = { new VolumeArgs { Name = "tmp", EmptyDir = new EmptyDirVolumeSourceArgs() } },
        };
        foreach (var other in Before)
        {
            // Each has a /tmp of its own, as on every cloud.
            var whole = other.GoesOn ? other : other with { Volumes = Volumes };
            pod.InitContainers.Add(whole.Definition($"{other.Name}-tmp", ReadOnlyRoot));
            pod.Volumes.Add(new VolumeArgs { Name = $"{other.Name}-tmp", EmptyDir = new EmptyDirVolumeSourceArgs() });
            if (other.Files != Files) other.Files?.Provide(pod);
        }

        Files?.Provide(pod);
        foreach (var volume in Volumes)
        {
            if (volume.IsScratch) pod.Volumes.Add(new VolumeArgs { Name = volume.InPod, EmptyDir = new EmptyDirVolumeSourceArgs() });
            if (volume.Claim is not { } claim) continue;
            pod.Volumes.Add(new VolumeArgs
            {
                Name = volume.InPod,
                PersistentVolumeClaim = new PersistentVolumeClaimVolumeSourceArgs { ClaimName = claim },
            });
        }

        if (Account is not null) pod.ServiceAccountName = Account;
        foreach (var secret in Cluster.PullSecrets) pod.ImagePullSecrets.Add(new LocalObjectReferenceArgs { Name = secret });
        if (Architecture is { } architecture)
            pod.NodeSelector.Add("kubernetes.io/arch", architecture == CpuArchitecture.Arm64 ? "arm64" : "amd64");
        foreach (var (key, value) in Tweak.NodeSelector) pod.NodeSelector.Add(key, value);
        if (Tweak.PriorityClass is { } priority) pod.PriorityClassName = priority;
        return pod;
    }

    /// <summary>Makes replicas keep apart, and a stopping one go on serving while endpoints and load balancers forget it.</summary>
    /// <param name="container">The container.</param>
    /// <param name="pod">The pod around it.</param>
    /// <param name="stopSeconds">How long it may finish its work after it is told to stop.</param>
    public void KeepServing(Core.ContainerArgs container, PodSpecArgs pod, int stopSeconds)
    {
        container.Lifecycle = new LifecycleArgs
        {
            PreStop = new LifecycleHandlerArgs { Sleep = new SleepActionArgs { Seconds = DrainSeconds } },
        };
        pod.TerminationGracePeriodSeconds = stopSeconds + DrainSeconds;
        Spread(pod);
    }

    /// <summary>Makes replicas keep apart, over zones and nodes.</summary>
    /// <param name="pod">The pod.</param>
    public void Spread(PodSpecArgs pod)
    {
        foreach (var key in Domains)
        {
            pod.TopologySpreadConstraints.Add(new TopologySpreadConstraintArgs
            {
                MaxSkew = 1,
                TopologyKey = key,
                WhenUnsatisfiable = "ScheduleAnyway",
                LabelSelector = NetworkAccess.Select(ClusterContext.Selector(Name)),
            });
        }
    }

    /// <summary>Makes drained nodes give up one of its replicas at a time. With a single one no node could be drained.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="options">The resource's options.</param>
    public void Budget(string name, CustomResourceOptions options) => _ = new PodDisruptionBudget(name, new PodDisruptionBudgetArgs
    {
        Metadata = Cluster.Metadata(Name, Tags),
        Spec = new PodDisruptionBudgetSpecArgs
        {
            MaxUnavailable = 1,
            UnhealthyPodEvictionPolicy = "AlwaysAllow",
            Selector = NetworkAccess.Select(ClusterContext.Selector(Name)),
        },
    }, options);

    /// <summary>
    /// The template of such pods. Autoscalers of nodes leave a node alone on which a pod has a volume of its own, unless told that it may
    /// be lost; and they evict what a controller would start again, unless told not to (Cluster Autoscaler: frequently asked questions).
    /// What runs once has a template that cannot change: tags, which can, are on the job alone, or another owner would run it again.
    /// </summary>
    /// <param name="pod">The pod.</param>
    /// <param name="movable">Whether it may be stopped to give up its node, and started elsewhere; otherwise it runs once.</param>
    public PodTemplateSpecArgs Template(PodSpecArgs pod, bool movable)
    {
        var metadata = new ObjectMetaArgs();
        var volumes = string.Join(',', Before.Select(other => $"{other.Name}-tmp").Prepend("tmp"));
        if (movable) metadata.Annotations.Add($"{Autoscaler}/safe-to-evict-local-volumes", volumes);
        else metadata.Annotations.Add($"{Autoscaler}/safe-to-evict", "false");
        foreach (var (key, value) in movable ? Labels : LabelsWith(new Dictionary<string, string>())) metadata.Labels.Add(key, value);
        return new PodTemplateSpecArgs { Metadata = metadata, Spec = pod };
    }
}
