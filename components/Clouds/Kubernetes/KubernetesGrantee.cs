using Infra.Components.Placements;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>
/// Who receives grants: a consumer in the cluster, or the relay on behalf of one elsewhere. Grants are children of its component, and
/// whatever it runs waits for <see cref="Grants"/>. Secret values are kept in one secret per link, which Pulumi names: a new value is a new
/// secret, so pods roll onto it and a rollback finds the old one.
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
    private readonly List<EnvVarArgs> _environment = [];

    /// <summary>The name of the component whose children the grants are.</summary>
    public string Name => name;

    /// <summary>The cluster.</summary>
    public ClusterContext Cluster => context.Running;

    /// <summary>The tags of its resources.</summary>
    public IReadOnlyDictionary<string, string> Tags => tags;

    /// <summary>What must have succeeded before a login or key works.</summary>
    public List<Resource> Grants { get; } = [];

    /// <summary>The variables by which its containers know the targets of its links, in the order of the links.</summary>
    public IReadOnlyList<EnvVarArgs> Environment => _environment;

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
        if (target.Port is { } port)
            Leave(GrantName(link), target.Addresses.Select(address => NetworkAccess.Addresses(Output.Format($"{address}/32"))), port);
    }

    /// <inheritdoc/>
    public void Use(IReadOnlyList<ContainerValue> variables)
    {
        var kept = new Dictionary<string, Secret>();
        foreach (var together in variables.Where(variable => variable.IsSecret).GroupBy(KeptIn))
        {
            var values = new InputMap<string>();
            foreach (var variable in together) values.Add(variable.Name, variable.Value);
            kept.Add(together.Key, new Secret(
                together.Key,
                new SecretArgs { Metadata = Cluster.Metadata(name, tags), StringData = values },
                child(null)));
        }

        foreach (var variable in variables)
        {
            _environment.Add(variable.IsSecret
                ? ClusterContext.FromSecret(variable.Name, ClusterContext.NameOf(kept[KeptIn(variable)]), variable.Name)
                : new EnvVarArgs { Name = variable.Name, Value = variable.Value });
        }
    }

    // What is composed has no link of its own.
    private string KeptIn(ContainerValue variable) => variable.Entry is { } entry ? GrantName(entry.Link) : $"{name}-variables";

    /// <summary>Lets its pods reach a target's, on both sides.</summary>
    public void Reach(string role, IKubernetesTarget target)
    {
        Leave(role, NetworkAccess.Pods(target.Pods), target.PodPort);
        Grants.Add(NetworkAccess.Ingress(
            $"{role}-ingress", Cluster.Metadata(name, tags), target.Pods, [NetworkAccess.Pods(Pods)], [target.PodPort], child(null)));
    }

    /// <summary>Lets its pods out towards a peer.</summary>
    public void Leave(string role, NetworkPolicyPeerArgs to, InputUnion<int, string> port) => Leave(role, [to], port);

    /// <summary>Lets its pods out towards peers.</summary>
    public void Leave(string role, IEnumerable<NetworkPolicyPeerArgs> to, InputUnion<int, string> port) =>
        Grants.Add(NetworkAccess.Egress($"{role}-egress", Cluster.Metadata(name, tags), Pods, to, [NetworkAccess.Tcp(port)], child(null)));
}
