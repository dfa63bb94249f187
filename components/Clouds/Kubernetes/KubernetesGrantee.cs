using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>A value that a secret of the cluster keeps, as containers refer to it.</summary>
/// <param name="Secret">The secret's name.</param>
/// <param name="Key">The key in it.</param>
internal sealed record KubernetesStoredValue(Output<string> Secret, string Key) : StoredValue;

/// <summary>
/// Who receives grants: a consumer in the cluster, or the relay on behalf of one elsewhere. Grants are children of its component, and
/// whatever it runs waits for <see cref="Grants"/>. Secret values are kept in one secret per consumer, which Pulumi names: a new value is a
/// new secret, so pods roll onto it and a rollback finds the old one.
/// </summary>
/// <param name="name">The name of the component whose children the grants are.</param>
/// <param name="context">The stack's part on the cloud. Where it has no cluster, only keys to what has a public API can be granted.</param>
/// <param name="tags">The tags of its resources.</param>
/// <param name="child">Makes the options of a child.</param>
internal sealed class KubernetesGrantee(
    string name,
    KubernetesContext context,
    IReadOnlyDictionary<string, string> tags,
    Func<IEnumerable<Resource>?, CustomResourceOptions> child) : IGrantee
{
    private readonly Dictionary<string, (IReadOnlyList<EnvVarArgs> Environment, PodFiles? Files)> _sidecars = [];
    // What tells a member who it is; the label is set by Kubernetes 1.28 and above.
    private static readonly (MemberFact Fact, string Field)[] Fields =
    [
        (MemberFact.Name, "metadata.name"),
        (MemberFact.Number, "metadata.labels['apps.kubernetes.io/pod-index']"),
    ];

    private readonly SortedDictionary<string, string> _uses = new(StringComparer.Ordinal);

    /// <summary>The name of the component whose children the grants are.</summary>
    public string Name => name;

    /// <summary>The cluster.</summary>
    public ClusterContext Cluster => context.Running;

    /// <summary>The tags of its resources.</summary>
    public IReadOnlyDictionary<string, string> Tags => tags;

    /// <summary>What must have succeeded before a login or key works.</summary>
    public List<Resource> Grants { get; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>The variables of its own container.</summary>
    public IReadOnlyList<EnvVarArgs> Environment { get; private set; } = [];

    /// <summary>The labels by which the targets' policies know its pods.</summary>
    public IReadOnlyDictionary<string, string> Uses => _uses;

    /// <summary>The files of its own container; null where it has none.</summary>
    public PodFiles? Files { get; private set; }

    private Dictionary<string, string> Pods => new() { [ClusterContext.ConsumerLabel] = name };

    /// <summary>The options of a child.</summary>
    public CustomResourceOptions Child(IEnumerable<Resource>? dependsOn = null) => child(dependsOn);

    /// <summary>The name of a grant, unique among the component's children: its links' prefixes are.</summary>
    public string GrantName(StandingLink link) =>
        link.Consumer.NameOn(context.Cloud) == name ? link.NameOn(context.Cloud) : $"{name}-{link.NameOn(context.Cloud)}";

    /// <inheritdoc/>
    public string RoleOf(StandingLink link) => GrantName(link);

    /// <inheritdoc/>
    public void Leave(StandingLink link, CrossCloudTarget target)
    {
        if (target.Ports.Count == 0) return;
        var addresses = target.Addresses.Select(address => NetworkAccess.Addresses(Output.Format($"{address}/32")));
        Leave(GrantName(link), addresses, [.. target.Ports.Select(port => (InputUnion<int, string>)port)]);
    }

    /// <inheritdoc/>
    public void Use(IReadOnlyList<ContainerValue> variables) => Environment = Refer(name, variables);

    /// <inheritdoc/>
    public void Mount(IReadOnlyList<ContainerValue> files)
    {
        if (files.Count > 0) Files = new PodFiles("files", name, files, this);
    }

    /// <inheritdoc/>
    public void Equip(string sidecar, IReadOnlyList<ContainerValue> variables, IReadOnlyList<ContainerValue> files)
    {
        // Names of components hold no dot: no other's secret is called so.
        var called = $"{name}.{sidecar}";
        _sidecars.Add(
            sidecar,
            (Refer(called, variables), files.Count > 0 ? new PodFiles($"{sidecar}-files", called, files, this) : null));
    }

    /// <summary>The variables and the files of one of its sidecars.</summary>
    public (IReadOnlyList<EnvVarArgs> Environment, PodFiles? Files) EquipmentOf(string sidecar) => _sidecars[sidecar];

    // What is secret, and kept nowhere in the cluster, is kept in a secret of that name.
    private List<EnvVarArgs> Refer(string kept, IReadOnlyList<ContainerValue> variables)
    {
        var values = new InputMap<string>();
        foreach (var variable in variables.Where(IsKept)) values.Add(variable.Name, variable.Value);
        var secret = variables.Any(IsKept)
            ? ClusterContext.NameOf(
                new Secret(kept, new SecretArgs { Metadata = Cluster.Metadata(name, tags), StringData = values }, child(null)))
            : null;
        return
        [
            .. variables.Any(variable => variable.Source.IsOfMember) ? WhoItIs : [],
            .. variables.Where(variable => !ContainerText.IsOfMember(variable.Name)).Select(variable => variable switch
            {
                { Stored: KubernetesStoredValue stored } => ClusterContext.FromSecret(variable.Name, stored.Secret, stored.Key),
                { IsSecret: true } => ClusterContext.FromSecret(variable.Name, secret!, variable.Name),
                _ => new EnvVarArgs { Name = variable.Name, Value = variable.Value },
            }),
        ];
    }

    // First of all, so that other variables may refer to it.
    private IEnumerable<EnvVarArgs> WhoItIs =>
    [
        .. Fields.Select(known => new EnvVarArgs
        {
            Name = ContainerText.VariableOf(known.Fact),
            ValueFrom = new EnvVarSourceArgs { FieldRef = new ObjectFieldSelectorArgs { FieldPath = known.Field } },
        }),
        new()
        {
            Name = ContainerText.VariableOf(MemberFact.Host),
            Value = MemberMark.Of(MemberFact.Name) + Members[0][Members[0].IndexOf('.', StringComparison.Ordinal)..],
        },
    ];

    /// <summary>Whether it is a secret that is kept for the consumer, because no secret of the cluster holds it already.</summary>
    internal static bool IsKept(ContainerValue value) => value is { IsSecret: true, Stored: not KubernetesStoredValue };

    /// <summary>Lets its pods through to a target.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="ways">The policies that let the pods through which bear its label.</param>
    public void Reach(string target, IEnumerable<Resource> ways)
    {
        foreach (var (key, value) in NetworkAccess.UserOf(target)) _uses[key] = value;
        Grants.AddRange(ways.Except(Grants));
    }

    /// <summary>Lets its pods out towards peers.</summary>
    public void Leave(string role, IEnumerable<NetworkPolicyPeerArgs> to, params IReadOnlyList<InputUnion<int, string>> ports) =>
        Grants.Add(NetworkAccess.Egress(
            $"{role}-egress", Cluster.Metadata(name, tags), Pods, to, ports.Select(NetworkAccess.Tcp), child(null)));
}
