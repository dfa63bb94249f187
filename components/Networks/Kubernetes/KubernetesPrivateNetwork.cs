using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Infra.Components.Networks.Kubernetes;

/// <summary>
/// A namespace in which nothing may connect to anything until a policy allows it. It admits restricted pods only (Kubernetes documentation:
/// Pod Security Standards).
/// </summary>
internal sealed class KubernetesPrivateNetwork : PlacedComponent, IPrivateNetwork
{
    /// <summary>Creates the namespace and what every pod in it may do.</summary>
    /// <param name="network">The declared network; block and zones have no meaning here.</param>
    /// <param name="egressAddresses">The addresses from which the cluster's pods reach the outside.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="placement">
    /// What it is placed with; where the declared network itself is something else, it is not called as it is.
    /// </param>
    public KubernetesPrivateNetwork(
        PrivateNetwork network,
        Output<string> egressAddresses,
        ClusterContext cluster,
        PlacedComponentArgs placement)
        : base(placement)
    {
        var (name, tags) = (Name, Tags);
        var labels = new InputMap<string>();
        foreach (var (key, value) in cluster.Labels(name, tags)) labels.Add(key, value);
        foreach (var mode in new[] { "audit", "enforce", "warn" }) labels.Add($"pod-security.kubernetes.io/{mode}", "restricted");
        var space = new Namespace(name, new NamespaceArgs
        {
            Metadata = new ObjectMetaArgs { Name = cluster.NamespaceName, Labels = labels },
        }, Child(protect: cluster.Profile.Protect));
        Namespace = space.Metadata.Apply(metadata => metadata.Name);

        var inside = cluster with { Namespace = Namespace };
        _ = new NetworkPolicy($"{name}-deny", new NetworkPolicyArgs
        {
            Metadata = inside.Metadata(name, tags),
            Spec = new NetworkPolicySpecArgs
            {
                PodSelector = new LabelSelectorArgs(),
                PolicyTypes = { "Ingress", "Egress" },
                Egress =
                {
                    new NetworkPolicyEgressRuleArgs
                    {
                        // The second is the node-local cache (Kubernetes documentation: NodeLocal DNSCache).
                        To = { NetworkAccess.Namespace("kube-system"), NetworkAccess.Addresses("169.254.20.10/32") },
                        Ports =
                        {
                            new NetworkPolicyPortArgs { Protocol = "UDP", Port = 53 },
                            new NetworkPolicyPortArgs { Protocol = "TCP", Port = 53 },
                        },
                    },
                },
            },
        }, Child());
        if (network.Args.Egress != Egress.None)
        {
            _ = new NetworkPolicy($"{name}-internet", new NetworkPolicyArgs
            {
                Metadata = inside.Metadata(name, tags),
                Spec = new NetworkPolicySpecArgs
                {
                    PodSelector = new LabelSelectorArgs
                    {
                        MatchExpressions = { new LabelSelectorRequirementArgs { Key = ClusterContext.ConsumerLabel, Operator = "Exists" } },
                    },
                    PolicyTypes = { "Egress" },
                    Egress = { new NetworkPolicyEgressRuleArgs { To = { NetworkAccess.Internet() } } },
                },
            }, Child());
        }

        NetworkId = Namespace;
        EgressAddresses = egressAddresses;
        RegisterOutputs();
    }

    /// <summary>Whether every consumer is let out to the internet, so that nobody needs a way of its own to a public API.</summary>
    public static bool LetsOut(Blueprint blueprint) => blueprint.Model.Find<PrivateNetwork>() is not { Args.Egress: Egress.None };

    /// <summary>Makes the options of what belongs to no consumer alone.</summary>
    public ChildOptions Children => Child;

    /// <summary>The namespace, by reference.</summary>
    public Output<string> Namespace { get; }

    /// <inheritdoc/>
    [Output]
    public Output<string> NetworkId { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> EgressAddresses { get; private set; }
}
