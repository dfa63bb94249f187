using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>
/// Parts of network policies. Policies only ever allow: in a namespace that denies everything, a connection needs one that lets it out and
/// one that lets it in. Ports are those of the pods, because policies see addresses after the service's translation.
/// </summary>
internal static class NetworkAccess
{
    // The ports of API servers, by the documentation of who installs them: 443 (managed clusters), 6443 (kubeadm, k3s, RKE2, Kapsule, MKS),
    // 8443 (minikube) and 16443 (MicroK8s).
    private static readonly int[] ApiPorts = [443, 6443, 8443, 16443];

    /// <summary>The ports of the API server, whose address no policy can name portably.</summary>
    public static IEnumerable<NetworkPolicyPortArgs> Api => ApiPorts.Select(port => Tcp(port));

    /// <summary>The pods of the same namespace that have these labels.</summary>
    public static NetworkPolicyPeerArgs Pods(IReadOnlyDictionary<string, string> labels) => new() { PodSelector = Select(labels) };

    /// <summary>
    /// The label of the pods that use a target: its policies let them through, so there is one per direction whoever uses it, and pods
    /// keep the way for as long as they run.
    /// </summary>
    public static IReadOnlyDictionary<string, string> UserOf(string target) =>
        new Dictionary<string, string> { [$"infra/uses-{target}"] = "true" };

    /// <summary>Every pod of another namespace. The label is set by Kubernetes itself on every namespace.</summary>
    public static NetworkPolicyPeerArgs Namespace(string name) => new()
    {
        NamespaceSelector = Select(new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = name }),
    };

    /// <summary>A range of addresses.</summary>
    public static NetworkPolicyPeerArgs Addresses(Input<string> cidr, params IEnumerable<string> except)
    {
        var block = new IPBlockArgs { Cidr = cidr };
        foreach (var range in except) block.Except.Add(range);
        return new() { IpBlock = block };
    }

    /// <summary>The public internet: everything but private, shared and link-local ranges (RFC 1918, 6598, 3927).</summary>
    public static NetworkPolicyPeerArgs Internet() =>
        Addresses("0.0.0.0/0", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16");

    /// <summary>A selector.</summary>
    public static LabelSelectorArgs Select(IReadOnlyDictionary<string, string> labels)
    {
        var selector = new LabelSelectorArgs();
        foreach (var (key, value) in labels) selector.MatchLabels.Add(key, value);
        return selector;
    }

    /// <summary>A policy that lets connections in.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="metadata">The metadata.</param>
    /// <param name="pods">The pods that listen; none for every pod.</param>
    /// <param name="from">Where connections come from.</param>
    /// <param name="ports">The ports; none for all.</param>
    /// <param name="options">The resource's options.</param>
    public static NetworkPolicy Ingress(
        string name,
        ObjectMetaArgs metadata,
        IReadOnlyDictionary<string, string> pods,
        IEnumerable<NetworkPolicyPeerArgs> from,
        IEnumerable<NetworkPolicyPortArgs> ports,
        CustomResourceOptions options)
    {
        var rule = new NetworkPolicyIngressRuleArgs();
        foreach (var peer in from) rule.From.Add(peer);
        foreach (var port in ports) rule.Ports.Add(port);
        return new NetworkPolicy(name, new NetworkPolicyArgs
        {
            Metadata = metadata,
            Spec = new NetworkPolicySpecArgs { PodSelector = Select(pods), PolicyTypes = { "Ingress" }, Ingress = { rule } },
        }, options);
    }

    /// <summary>A policy that lets connections out.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="metadata">The metadata.</param>
    /// <param name="pods">The pods that connect; none for every pod.</param>
    /// <param name="to">Where connections go; none for anywhere.</param>
    /// <param name="ports">The ports; none for all.</param>
    /// <param name="options">The resource's options.</param>
    public static NetworkPolicy Egress(
        string name,
        ObjectMetaArgs metadata,
        IReadOnlyDictionary<string, string> pods,
        IEnumerable<NetworkPolicyPeerArgs> to,
        IEnumerable<NetworkPolicyPortArgs> ports,
        CustomResourceOptions options)
    {
        var rule = new NetworkPolicyEgressRuleArgs();
        foreach (var peer in to) rule.To.Add(peer);
        foreach (var port in ports) rule.Ports.Add(port);
        return new NetworkPolicy(name, new NetworkPolicyArgs
        {
            Metadata = metadata,
            Spec = new NetworkPolicySpecArgs { PodSelector = Select(pods), PolicyTypes = { "Egress" }, Egress = { rule } },
        }, options);
    }

    /// <summary>Lets the pods that use a target out to it.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the target.</param>
    /// <param name="to">Where the target is.</param>
    /// <param name="ports">The ports on which it listens, by number or by name.</param>
    private static NetworkPolicy Leave(
        string target,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        NetworkPolicyPeerArgs to,
        IEnumerable<InputUnion<int, string>> ports) =>
        Egress($"{target}-egress", cluster.Metadata(target, tags), UserOf(target), [to], ports.Select(Tcp), cluster.Children());

    /// <summary>
    /// Lets the pods that use a store of the cloud beside the cluster out to it; nothing where none does.
    /// </summary>
    /// <param name="store">The declared store.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    /// <param name="tags">The tags of the store.</param>
    /// <param name="to">Where it is.</param>
    /// <param name="port">The port on which it listens.</param>
    /// <param name="always">Whether something of its own needs the way as well.</param>
    public static IReadOnlyList<Resource> LeaveTo(
        Component store,
        KubernetesContext context,
        IReadOnlyDictionary<string, string> tags,
        NetworkPolicyPeerArgs to,
        InputUnion<int, string> port,
        bool always = false) => context.Cluster is { } cluster && (always || context.LinksTo(store).Any())
            ? [Leave(store.Name, cluster, tags, to, [port])]
            : [];

    /// <summary>Lets the pods that use a target's out to them, and in there.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the target.</param>
    /// <param name="pods">The labels of its pods.</param>
    /// <param name="ports">The ports on which they listen, by number or by name.</param>
    public static IReadOnlyList<Resource> Open(
        string target,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        IReadOnlyDictionary<string, string> pods,
        params IReadOnlyList<InputUnion<int, string>> ports) =>
    [
        Leave(target, cluster, tags, Pods(pods), ports),
        Ingress($"{target}-ingress", cluster.Metadata(target, tags), pods, [Pods(UserOf(target))], ports.Select(Tcp), cluster.Children()),
    ];

    /// <summary>Lets pods that work together reach each other, and be reached by whoever else is named.</summary>
    /// <param name="name">The component's name.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the component.</param>
    /// <param name="pods">The labels of its pods.</param>
    /// <param name="from">Who else reaches them.</param>
    /// <param name="more">Where else they go.</param>
    /// <param name="options">The resource's options.</param>
    public static NetworkPolicy Peers(
        string name,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        IReadOnlyDictionary<string, string> pods,
        IEnumerable<NetworkPolicyPeerArgs> from,
        IEnumerable<NetworkPolicyEgressRuleArgs> more,
        CustomResourceOptions options)
    {
        var enter = new NetworkPolicyIngressRuleArgs { From = { Pods(pods) } };
        foreach (var peer in from) enter.From.Add(peer);
        var spec = new NetworkPolicySpecArgs
        {
            PodSelector = Select(pods),
            PolicyTypes = { "Ingress", "Egress" },
            Ingress = { enter },
            Egress = { new NetworkPolicyEgressRuleArgs { To = { Pods(pods) } } },
        };
        foreach (var rule in more) spec.Egress.Add(rule);
        return new($"{name}-peers", new NetworkPolicyArgs { Metadata = cluster.Metadata(name, tags), Spec = spec }, options);
    }

    /// <summary>
    /// Lets the pods that a database's operator runs reach each other, be reached by their operator, and reach the API server, whose
    /// address no policy can name portably.
    /// </summary>
    /// <param name="name">The component's name.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the component.</param>
    /// <param name="pods">The labels of its pods.</param>
    /// <param name="operatorNamespace">Where the operator runs.</param>
    /// <param name="outside">Whether they reach the internet, as backups do.</param>
    /// <param name="options">The resource's options.</param>
    public static NetworkPolicy Operated(
        string name,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        IReadOnlyDictionary<string, string> pods,
        string operatorNamespace,
        bool outside,
        CustomResourceOptions options)
    {
        var api = new NetworkPolicyEgressRuleArgs();
        foreach (var port in Api) api.Ports.Add(port);
        List<NetworkPolicyEgressRuleArgs> more = [api];
        if (outside) more.Add(new() { To = { Internet() } });
        return Peers(name, cluster, tags, pods, [Namespace(operatorNamespace)], more, options);
    }

    /// <summary>A TCP port: its number, or the name that each pod gives it.</summary>
    public static NetworkPolicyPortArgs Tcp(InputUnion<int, string> port) => new() { Protocol = "TCP", Port = port };

    /// <summary>A UDP port.</summary>
    public static NetworkPolicyPortArgs Udp(int port) => new() { Protocol = "UDP", Port = port };
}
