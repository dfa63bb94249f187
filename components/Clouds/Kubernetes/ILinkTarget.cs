using Infra.Components.Connections;
using Infra.Components.Relays;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>What consumers in a cluster can be linked to: what runs in it, and what a cloud provides beside it.</summary>
internal interface ILinkTarget
{
    /// <summary>Where it is reached from inside; null where it has a public API of its own, which needs no relay.</summary>
    (Output<string> Host, Output<string> Port)? Entrance { get; }

    /// <summary>Lets a consumer's pods reach it.</summary>
    /// <param name="grantee">Who receives the grant.</param>
    /// <param name="role">What the policies' resources are called.</param>
    void Admit(KubernetesGrantee grantee, string role);

    /// <summary>
    /// Gives a consumer a login or key of its own, with the least that the link's intent needs. The grants are the consumer's children, so
    /// that the target does not change when consumers come and go.
    /// </summary>
    /// <param name="grantee">Who receives the grant.</param>
    /// <param name="link">The link.</param>
    /// <param name="relay">Where the consumer enters when it comes from another cloud; null inside the cluster.</param>
    /// <returns>What the consumer must know.</returns>
    Connection Connect(KubernetesGrantee grantee, Link link, RelayEndpoint? relay);
}
