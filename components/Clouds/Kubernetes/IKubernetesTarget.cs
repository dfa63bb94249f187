using System.Globalization;
using Pulumi;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>What runs in a cluster and can be the target of a link.</summary>
internal interface IKubernetesTarget : ILinkTarget<KubernetesGrantee>
{
    /// <summary>Its name, which the label of the pods that use it holds.</summary>
    string Name { get; }

    /// <summary>The policies that let pods with that label through; none where others make them.</summary>
    IReadOnlyList<Resource> Ways { get; }

    /// <summary>The private host name and port of the target's service.</summary>
    (string Host, int Port) Service { get; }

    /// <summary>Whether the pods encrypt by themselves. Default: true.</summary>
    bool SpeaksTls => true;

    /// <inheritdoc/>
    Endpoint? ILinkTarget<KubernetesGrantee>.Endpoint =>
        new(Output.Create(Service.Host), Output.Create(Service.Port.ToString(CultureInfo.InvariantCulture)), SpeaksTls);

    /// <inheritdoc/>
    void ILinkTarget<KubernetesGrantee>.Admit(KubernetesGrantee grantee, string role) => grantee.Reach(Name, Ways);
}
