using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>What a stack file says, validated. The parser is <c>infra/Settings</c>.</summary>
public sealed record StackSettings
{
    /// <summary>The stack's name, such as <c>familink-production</c>; at most 40 characters.</summary>
    public required string Stack { get; init; }

    /// <summary>The system that it deploys.</summary>
    public required string System { get; init; }

    /// <summary>Its environment, which decides high availability, backups, protection and sizes.</summary>
    public required EnvironmentKind Environment { get; init; }

    /// <summary>The cloud on which every component stands unless <see cref="Placement"/> says otherwise.</summary>
    public required Cloud Cloud { get; init; }

    /// <summary>Where it stands on the map.</summary>
    public required Location Location { get; init; }

    /// <summary>Who answers for it; rendered as the tag <c>owner</c>.</summary>
    public required string Owner { get; init; }

    /// <summary>
    /// The domain under which the stack is found, such as <c>example.org</c>, to which the hosts of records, certificates and routes are
    /// relative; null for a system that has no name.
    /// </summary>
    public string? Domain { get; init; }

    /// <summary>The domains of zones that have one of their own, by the zone's name.</summary>
    public IReadOnlyDictionary<string, string> Domains { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether production is protected against deletion, by Pulumi and by its clouds. Default: true; false only for as long as something of
    /// it is taken down.
    /// </summary>
    public bool Protected { get; init; } = true;

    /// <summary>The cloud of single components, by name.</summary>
    public IReadOnlyDictionary<string, Cloud> Placement { get; init; } = new Dictionary<string, Cloud>();

    /// <summary>Regions that replace those of <see cref="Location"/>.</summary>
    public IReadOnlyDictionary<Cloud, string> Regions { get; init; } = new Dictionary<Cloud, string>();

    /// <summary>The accounts to deploy to.</summary>
    public Accounts Accounts { get; init; } = new();

    /// <summary>
    /// The image of each service and job, and of their sidecars and steps by both names (<c>api/proxy</c>): a full reference, or, without a
    /// registry host, a repository and digest in the stack's own registry, such as <c>api@sha256:…</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>();

    /// <summary>Who logs in at registries of others from which images come, by the registry's host.</summary>
    public IReadOnlyDictionary<string, RegistryLogin> Registries { get; init; } = new Dictionary<string, RegistryLogin>();

    /// <summary>Argument overrides: by component, then by argument in camel case.</summary>
    public IReadOnlyDictionary<string, JsonObject> Components { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>
    /// The stack that installs each cluster-wide add-on, by the add-on's name; one that is not listed is installed by this stack.
    /// </summary>
    public IReadOnlyDictionary<string, string> Addons { get; init; } = new Dictionary<string, string>();

    /// <summary>Ports of relays that replace those that follow from the targets' names, by the target's name; 20000 to 31999.</summary>
    public IReadOnlyDictionary<string, int> RelayPorts { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// How much there is to move to another cloud, and how fast: by component, then by figure; those of the whole stack under an empty
    /// name. Nothing that is deployed depends on them.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Figures { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, double>>();

    /// <summary>Where secrets come from that are not generated, by the secret's name.</summary>
    public IReadOnlyDictionary<string, SecretSource> Secrets { get; init; } = new Dictionary<string, SecretSource>();

    /// <summary>How far it has got on its way to another cloud; null where it is on none.</summary>
    public MigrationRecord? Migration { get; init; }

    /// <summary>The breaches of rules that the stack accepts, each for a reason and until a day.</summary>
    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary>
    /// The day on which the plan is worked out, by which expiry dates are judged: an input, so that the same input gives the same plan.
    /// Default: the first day, on which nothing has expired.
    /// </summary>
    public DateOnly Today { get; init; }

    /// <summary>The image of one of a component's steps or sidecars; the component's own where the file names no other.</summary>
    internal string ImageOf(Consumer consumer, string container) =>
        Images.GetValueOrDefault(ImageKey(consumer, container)) ?? Images[consumer.Name];

    /// <summary>Every image that a component's containers run, with its name in <c>infra:images</c>.</summary>
    internal IEnumerable<(string Key, string Image)> ImagesOf(Consumer consumer) =>
        from key in consumer.Container.Others.Select(container => ImageKey(consumer, container)).Prepend(consumer.Name)
        where Images.ContainsKey(key)
        select (key, Images[key]);

    /// <summary>What <c>infra:images</c> calls the image of one of a component's steps or sidecars.</summary>
    internal static string ImageKey(Consumer consumer, string container) => $"{consumer.Name}/{container}";

    /// <summary>True for a plan on a cloud that the stack file does not name (<c>--cloud</c>): accounts are then not required.</summary>
    public bool Hypothetical { get; init; }
}

/// <summary>Who logs in at a registry.</summary>
/// <param name="Username">The name.</param>
/// <param name="Password">What <see cref="StackSettings.Secrets"/> calls the password, or the token that stands for one.</param>
public sealed record RegistryLogin(string Username, string Password);

/// <summary>The accounts to deploy to; each is required only where something stands on its cloud.</summary>
public sealed record Accounts
{
    /// <summary>The AWS account.</summary>
    public AwsAccount? Aws { get; init; }

    /// <summary>The Google Cloud project.</summary>
    public GcpAccount? Gcp { get; init; }

    /// <summary>The Scaleway project.</summary>
    public ScalewayAccount? Scaleway { get; init; }

    /// <summary>The OVHcloud project.</summary>
    public OvhAccount? Ovh { get; init; }

    /// <summary>The Kubernetes cluster.</summary>
    public KubernetesAccount? Kubernetes { get; init; }
}

/// <summary>An AWS account.</summary>
/// <param name="AccountId">Its 12 digits. The provider refuses to work in any other account.</param>
/// <param name="RoleArn">The role that deploys; null for the caller's own credentials.</param>
public sealed record AwsAccount(string AccountId, string? RoleArn = null);

/// <summary>A Google Cloud project.</summary>
/// <param name="Project">Its id, such as <c>familink-production</c>.</param>
/// <param name="ServiceAccount">The address of the service account that deploys; null for the caller's own credentials.</param>
public sealed record GcpAccount(string Project, string? ServiceAccount = null);

/// <summary>
/// A Scaleway project. It is what IAM grants access to: a stack's buckets are as separate from others' as their projects are.
/// </summary>
/// <param name="ProjectId">Its identifier, a UUID.</param>
/// <param name="OrganizationId">The organization in which IAM applications are created; null for that of the credentials.</param>
public sealed record ScalewayAccount(string ProjectId, string? OrganizationId = null)
{
    /// <summary>
    /// The addresses from which the cluster's API is used, as IPv4 CIDRs; none leaves it open to all who have credentials.
    /// </summary>
    public IReadOnlyList<string> ApiAddresses { get; init; } = [];

    /// <summary>
    /// The day on which the stack's keys stop working, at its beginning (UTC); null for never, which production reports. The update that
    /// moves it on makes new keys, lets their users take them, and deletes the old ones last.
    /// </summary>
    public DateOnly? KeysExpireOn { get; init; }

    /// <summary>
    /// A ClusterIssuer of cert-manager in the stack's cluster; null to validate through the zone where it is Scaleway's, and over HTTP
    /// elsewhere.
    /// </summary>
    public string? ClusterIssuer { get; init; }

    /// <summary>
    /// Whether Scaleway Queues are active in the project and region already, as another stack's first queue makes them: a second
    /// activation is refused.
    /// </summary>
    public bool QueuesActive { get; init; }

    /// <summary>
    /// Whether the project is subscribed to Scaleway Edge Services already, as another stack's first content delivery network does it: a
    /// project has one plan.
    /// </summary>
    public bool EdgeServicesActive { get; init; }
}

/// <summary>
/// An OVHcloud Public Cloud project. Its private networks need a vRack, which is ordered once per project. Credentials come from the
/// environment.
/// </summary>
/// <param name="ProjectId">Its 32 hexadecimal digits, which OVHcloud calls the service's name.</param>
/// <param name="Endpoint">The API that knows it: <c>ovh-eu</c>, <c>ovh-ca</c> or <c>ovh-us</c>.</param>
public sealed record OvhAccount(string ProjectId, string Endpoint = OvhAccount.Europe)
{
    /// <summary>The API of accounts in Europe.</summary>
    public const string Europe = "ovh-eu";

    /// <summary>The API of accounts in Canada, Asia and Oceania.</summary>
    public const string Canada = "ovh-ca";

    /// <summary>The API of accounts in the United States, where regions elsewhere cannot be used.</summary>
    public const string UnitedStates = "ovh-us";

    /// <summary>
    /// The addresses from which the cluster's API is used, as IPv4 CIDRs; none leaves it open to all who have credentials.
    /// </summary>
    public IReadOnlyList<string> ApiAddresses { get; init; } = [];

    /// <summary>
    /// A ClusterIssuer of cert-manager in the stack's cluster; null to validate over HTTP, or over DNS where a certificate has a wildcard
    /// and its zone is OVHcloud's.
    /// </summary>
    public string? ClusterIssuer { get; init; }
}

/// <summary>A given Kubernetes cluster and what it can do.</summary>
/// <param name="Context">The context of the kubeconfig that reaches it.</param>
public sealed record KubernetesAccount(string Context)
{
    /// <summary>The Gateway API class. Default: <c>eg</c>, which the add-on <c>gateway-controller</c> installs.</summary>
    public string GatewayClass { get; init; } = "eg";

    /// <summary>
    /// The namespace from which the gateway's proxies reach services. Default: <c>envoy-gateway-system</c>, where that add-on puts them.
    /// </summary>
    public string GatewayNamespace { get; init; } = "envoy-gateway-system";

    /// <summary>The storage class of volumes; null for the cluster's default.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The storage class of volumes that are to be fast; null where the cluster has no faster one.</summary>
    public string? FastStorageClass { get; init; }

    /// <summary>
    /// The VolumeSnapshotClass by which volumes of services are backed up, of the driver of that storage class; null where the cluster has
    /// no snapshot controller, and nothing is.
    /// </summary>
    public string? SnapshotClass { get; init; }

    /// <summary>Whether these storage classes encrypt at rest. Default: false, which production reports.</summary>
    public bool EncryptedStorage { get; init; }

    /// <summary>
    /// Whether services of type LoadBalancer get an address. Default: true; a cluster on a laptop or on bare metal needs something that
    /// gives addresses.
    /// </summary>
    public bool LoadBalancers { get; init; } = true;

    /// <summary>
    /// Whether the cluster's network plugin enforces network policies. Default: true; where it does not, policies are silently ignored.
    /// </summary>
    public bool EnforcesNetworkPolicies { get; init; } = true;

    /// <summary>An existing ClusterIssuer of cert-manager; null to create an ACME issuer that validates over HTTP.</summary>
    public string? ClusterIssuer { get; init; }

    /// <summary>A pull secret, in the stack's namespace, for images of private registries; null when the nodes can pull.</summary>
    public string? ImagePullSecret { get; init; }

    /// <summary>
    /// The registry that keeps the system's images, such as <c>registry.example.org/familink</c>: plain Kubernetes has none of its own.
    /// </summary>
    public string? Registry { get; init; }

    /// <summary>
    /// Where backups of databases go; null for nowhere, which production refuses: a backup inside the cluster is lost with it.
    /// </summary>
    public BackupStore? Backups { get; init; }

    /// <summary>Who serves the system's DNS zones; needed where this stack installs external-dns.</summary>
    public DnsService? Dns { get; init; }

    /// <summary>
    /// The addresses from which the cluster's pods reach the outside, as IPv4 CIDRs; needed where a component of another cloud is used.
    /// </summary>
    public IReadOnlyList<string> EgressAddresses { get; init; } = [];
}

/// <summary>An S3-compatible bucket outside a cluster, for backups.</summary>
/// <param name="Url">The bucket and a path in it, such as <c>s3://backups/familink</c>.</param>
/// <param name="Secret">
/// A secret in the stack's namespace with the keys <c>ACCESS_KEY_ID</c> and <c>ACCESS_SECRET_KEY</c>.
/// </param>
public sealed record BackupStore(string Url, string Secret)
{
    /// <summary>The url of the store's API; null for Amazon S3.</summary>
    public string? Endpoint { get; init; }
}

/// <summary>The DNS service that external-dns writes to.</summary>
/// <param name="Provider">Its name in external-dns, such as <c>scaleway</c> or <c>ovh</c>.</param>
/// <param name="Secret">A secret in the namespace of external-dns whose keys are the provider's environment variables.</param>
/// <param name="Variables">The keys of that secret.</param>
public sealed record DnsService(string Provider, string Secret, IReadOnlyList<string> Variables);
