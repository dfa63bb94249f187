using System.Globalization;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>
/// A cluster as the components in it see it: who asked for it, how to reach it, and what it can do. A given cluster and one that another
/// cloud creates differ in these values only, so the same classes serve both.
/// </summary>
internal sealed record ClusterContext
{
    /// <summary>The Gateway API class of the controller that the add-on installs.</summary>
    public const string EnvoyGatewayClass = "eg";

    /// <summary>
    /// The label by which network policies know a consumer's pods, those of its grants included. It selects nothing else.
    /// </summary>
    public const string ConsumerLabel = "infra/consumer";

    /// <summary>
    /// The registry where there is none, so that every image names its own: a name that is reserved and belongs to nobody (RFC 2606).
    /// </summary>
    public const string NoRegistry = "registry.invalid";

    /// <summary>The cloud that components in this cluster are placed on; part of their types.</summary>
    public required Cloud Cloud { get; init; }

    /// <summary>The cluster's explicit provider.</summary>
    public required ProviderResource Provider { get; init; }

    /// <summary>The providers of random values and certificates.</summary>
    public required ValueProviders Values { get; init; }

    /// <summary>The stack's settings.</summary>
    public required StackSettings Settings { get; init; }

    /// <summary>The environment's profile.</summary>
    public required EnvironmentProfile Profile { get; init; }

    /// <summary>What the cluster can do.</summary>
    public required ClusterTraits Traits { get; init; }

    /// <summary>What stands before the repository of an image that names no registry. Default: <see cref="NoRegistry"/>.</summary>
    public Output<string> Registry { get; init; } = Output.Create(NoRegistry);

    /// <summary>The pull secrets in the stack's namespace; none where the nodes can pull.</summary>
    public IReadOnlyList<Output<string>> PullSecrets { get; init; } = [];

    /// <summary>The namespace, by reference: whatever is put into it waits for it.</summary>
    public Output<string> Namespace { get; init; } = Output.Create("");

    /// <summary>Makes the options of what lies in the namespace and belongs to no consumer alone.</summary>
    public ChildOptions Children { get; init; } = (_, _, _, _) => new();

    /// <summary>What each add-on consists of that this stack owns, by the add-on's name. Others are there already.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Resource>> Installed { get; init; } =
        new Dictionary<string, IReadOnlyList<Resource>>();

    /// <summary>The namespace's name: the stack's, so that DNS names are known before anything is built.</summary>
    public string NamespaceName => Settings.Stack;

    /// <summary>
    /// Reserves an address for a service of type LoadBalancer, where the cloud whose cluster it is can: given the name, a load balancer's
    /// arguments, which a relay has none of, the tags and the options of the component's child. Null where such a service gets whatever
    /// address the cluster has.
    /// </summary>
    public Func<string, Arguments?, IReadOnlyDictionary<string, string>, CustomResourceOptions, ReservedAddress>? Reserve { get; init; }

    /// <summary>
    /// The block from which load balancers connect, naming the client in a PROXY protocol header; null where the client's own packets
    /// arrive.
    /// </summary>
    public Output<string>? BalancerSources { get; init; }

    /// <summary>
    /// A tweak of the cloud on which the component stands: one for given clusters says nothing about those that a cloud makes.
    /// </summary>
    public T? Tweak<T>(Arguments args)
        where T : Tweak => args.Tweak<T>() is { } tweak && tweak.Cloud == Cloud ? tweak : null;

    /// <summary>The private DNS name of a service in the namespace.</summary>
    public string Host(string service) => $"{service}.{NamespaceName}.svc.cluster.local";

    /// <summary>The private names of the members of a set, under the service that names each of them.</summary>
    public IReadOnlyList<string> HostsOf(string set, int members) =>
    [
        .. Enumerable.Range(0, members)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"{set}-{number}.{Host(NamingServiceOf(set))}")),
    ];

    /// <summary>The service without an address that names each member of a set.</summary>
    public static string NamingServiceOf(string set) => $"{set}-members";

    /// <summary>The metadata of an object that Pulumi names by itself.</summary>
    public ObjectMetaArgs Metadata(string component, IReadOnlyDictionary<string, string> tags)
    {
        var metadata = new ObjectMetaArgs { Namespace = Namespace };
        foreach (var (key, value) in Labels(component, tags)) metadata.Labels.Add(key, value);
        return metadata;
    }

    /// <summary>The metadata of an object whose name others must know beforehand.</summary>
    public ObjectMetaArgs Named(
        string name,
        string component,
        IReadOnlyDictionary<string, string> tags,
        InputMap<string>? annotations = null)
    {
        var metadata = Metadata(component, tags);
        metadata.Name = name;
        if (annotations is not null) metadata.Annotations = annotations;
        return metadata;
    }

    /// <summary>The name that Pulumi gives a secret.</summary>
    public static Output<string> NameOf(Secret secret) => secret.Metadata.Apply(metadata => metadata.Name);

    /// <summary>A variable of a container whose value a secret holds.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="secret">The secret's name.</param>
    /// <param name="key">The key in the secret.</param>
    public static EnvVarArgs FromSecret(string name, Input<string> secret, string key) => new()
    {
        Name = name,
        ValueFrom = new EnvVarSourceArgs { SecretKeyRef = new SecretKeySelectorArgs { Name = secret, Key = key } },
    };

    /// <summary>The labels by which a component's own pods are selected. Selectors cannot change, so these are frozen.</summary>
    public static IReadOnlyDictionary<string, string> Selector(string component) =>
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["app.kubernetes.io/managed-by"] = "pulumi",
            ["app.kubernetes.io/name"] = component,
        };

    /// <summary>The labels of a component's objects: the recommended ones, and its tags.</summary>
    public IReadOnlyDictionary<string, string> Labels(string component, IReadOnlyDictionary<string, string> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["app.kubernetes.io/managed-by"] = "pulumi",
            ["app.kubernetes.io/name"] = component,
            ["app.kubernetes.io/part-of"] = LabelValue(Settings.System),
            ["environment"] = Profile.Name,
        };
        foreach (var (key, value) in TagLabels(tags)) labels[key] = value;
        return labels;
    }

    /// <summary>
    /// A component's tags as labels. They have a prefix, because operators select their pods by plain words such as <c>component</c>.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string>> TagLabels(IReadOnlyDictionary<string, string> tags) =>
        tags.Select(tag => KeyValuePair.Create($"infra/{tag.Key}", LabelValue(tag.Value)));

    /// <summary>
    /// Text as a label may hold it: at most 63 letters, digits, hyphens, underscores and dots, alphanumeric at both ends.
    /// </summary>
    public static string LabelValue(string text)
    {
        var allowed = new string([.. text.Select(character => IsAllowed(character) ? character : '-')]);
        return allowed[..Math.Min(63, allowed.Length)].Trim('-', '_', '.');

        static bool IsAllowed(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.';
    }

    /// <summary>An amount of memory.</summary>
    public static string Memory(double gibibytes) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(gibibytes * 1024)}Mi");

    /// <summary>An amount of processor.</summary>
    public static string Cpu(double vCpu) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(vCpu * 1000)}m");

    /// <summary>A size of a volume.</summary>
    public static string Storage(int gibibytes) => string.Create(CultureInfo.InvariantCulture, $"{gibibytes}Gi");
}

/// <summary>An address that a cloud keeps for traffic into its cluster.</summary>
/// <param name="Address">The reserved IPv4 address.</param>
/// <param name="Annotations">The annotations by which the service of type LoadBalancer takes it.</param>
internal sealed record ReservedAddress(Output<string> Address, IReadOnlyDictionary<string, Input<string>> Annotations);

/// <summary>What a cluster can do, whoever made it.</summary>
internal sealed record ClusterTraits
{
    /// <summary>The Gateway API class.</summary>
    public string GatewayClass { get; init; } = ClusterContext.EnvoyGatewayClass;

    /// <summary>The namespace from which the gateway's proxies reach services.</summary>
    public string GatewayNamespace { get; init; } = Releases.EnvoyGateway.Namespace;

    /// <summary>Whether services of type LoadBalancer get an address. Default: true.</summary>
    public bool GivesAddresses { get; init; } = true;

    /// <summary>The storage class of volumes; null for the cluster's default.</summary>
    public string? StorageClass { get; init; }

    /// <summary>
    /// The annotations that a load balancer of the cluster needs: given after how many idle seconds it may close connections, and its
    /// arguments, which a relay has none of. None where nothing needs to be said.
    /// </summary>
    public Func<int, Arguments?, IReadOnlyDictionary<string, string>> BalancerAnnotations { get; init; } =
        (_, _) => new Dictionary<string, string>();

    /// <summary>The storage class of fast volumes; null where it is that of all volumes.</summary>
    public string? FastStorageClass { get; init; }

    /// <summary>The class of snapshots of volumes; null where nothing makes any.</summary>
    public string? SnapshotClass { get; init; }

    /// <summary>An existing ClusterIssuer; null to create an ACME issuer per certificate.</summary>
    public string? ClusterIssuer { get; init; }

    /// <summary>Where database backups go; null where nothing says.</summary>
    public BackupStore? Backups { get; init; }

    /// <summary>Who serves DNS zones; null where nothing says.</summary>
    public DnsService? Dns { get; init; }
}
