using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>
/// Who receives grants: a consumer in the cluster, or the relay on behalf of one elsewhere. Grants are children of its component, and
/// whatever it runs waits for <see cref="Grants"/>.
/// </summary>
/// <param name="name">The name of the component whose children the grants are.</param>
/// <param name="cluster">The cluster.</param>
/// <param name="tags">The tags of its resources.</param>
/// <param name="child">Makes the options of a child.</param>
internal sealed class KubernetesGrantee(
    string name,
    ClusterContext cluster,
    IReadOnlyDictionary<string, string> tags,
    Func<IEnumerable<Resource>?, CustomResourceOptions> child)
{
    /// <summary>The name of the component whose children the grants are.</summary>
    public string Name => name;

    /// <summary>The cluster.</summary>
    public ClusterContext Cluster => cluster;

    /// <summary>The tags of its resources.</summary>
    public IReadOnlyDictionary<string, string> Tags => tags;

    /// <summary>What must have succeeded before a login or key works.</summary>
    public List<Resource> Grants { get; } = [];

    /// <summary>The options of a child.</summary>
    public CustomResourceOptions Child(IEnumerable<Resource>? dependsOn = null) => child(dependsOn);

    /// <summary>The name of a grant, unique among the component's children: its links' prefixes are.</summary>
    public string GrantName(Link link) => link.Consumer.Name == name ? link.Name : $"{name}-{link.Name}";

    /// <summary>Lets its pods reach a target's, on both sides.</summary>
    public void Reach(string role, IKubernetesTarget target)
    {
        Leave(role, NetworkAccess.Pods(target.Pods), target.PodPort);
        Grants.Add(NetworkAccess.Ingress($"{role}-ingress", cluster.Metadata(name, tags), target.Pods, [NetworkAccess.Pods(Pods)], [target.PodPort], child(null)));
    }

    /// <summary>Lets its pods out towards a peer.</summary>
    public void Leave(string role, NetworkPolicyPeerArgs to, int port) => Leave(role, [to], port);

    /// <summary>Lets its pods out towards peers.</summary>
    public void Leave(string role, IEnumerable<NetworkPolicyPeerArgs> to, int port) => Leave(role, to, Output.Create(port));

    /// <summary>Lets its pods out towards a peer whose port is known late.</summary>
    public void Leave(string role, NetworkPolicyPeerArgs to, Output<int> port) => Leave(role, [to], port);

    private void Leave(string role, IEnumerable<NetworkPolicyPeerArgs> to, Output<int> port) =>
        Grants.Add(NetworkAccess.Egress($"{role}-egress", cluster.Metadata(name, tags), Pods, to, [NetworkAccess.Tcp(port)], child(null)));

    private Dictionary<string, string> Pods => new() { [ClusterContext.ConsumerLabel] = name };
}
