using System.Globalization;
using Pulumi;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>What runs in a cluster and can be the target of a link.</summary>
internal interface IKubernetesTarget : ILinkTarget
{
    /// <summary>The labels of the pods that consumers open connections to.</summary>
    IReadOnlyDictionary<string, string> Pods { get; }

    /// <summary>The port on which those pods listen, which may differ from the service's.</summary>
    int PodPort { get; }

    /// <summary>The private host name and port of the target's service.</summary>
    (string Host, int Port) Service { get; }

    /// <inheritdoc/>
    (Output<string> Host, Output<string> Port)? ILinkTarget.Entrance =>
        (Output.Create(Service.Host), Output.Create(Service.Port.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    void ILinkTarget.Admit(KubernetesGrantee grantee, string role) => grantee.Reach(role, this);
}
