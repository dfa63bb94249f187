using System.Globalization;
using Pulumi;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>What runs in a cluster and can be the target of a link.</summary>
internal interface IKubernetesTarget : ILinkTarget<KubernetesGrantee>
{
    /// <summary>The labels of the pods that consumers open connections to.</summary>
    IReadOnlyDictionary<string, string> Pods { get; }

    /// <summary>
    /// The port on which those pods listen, which may differ from the service's: its number, or the name that the pods give it where it may
    /// change, so that pods of both numbers are reached while one follows the other.
    /// </summary>
    InputUnion<int, string> PodPort { get; }

    /// <summary>The private host name and port of the target's service.</summary>
    (string Host, int Port) Service { get; }

    /// <summary>Whether the pods encrypt by themselves. Default: true.</summary>
    bool SpeaksTls => true;

    /// <inheritdoc/>
    Endpoint? ILinkTarget<KubernetesGrantee>.Endpoint =>
        new(Output.Create(Service.Host), Output.Create(Service.Port.ToString(CultureInfo.InvariantCulture)), SpeaksTls);

    /// <inheritdoc/>
    void ILinkTarget<KubernetesGrantee>.Admit(KubernetesGrantee grantee, string role) => grantee.Reach(role, this);
}
