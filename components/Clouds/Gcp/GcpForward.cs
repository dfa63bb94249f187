using Pulumi;

namespace Infra.Components.Clouds.Gcp;

/// <summary>
/// A service that speaks gRPC, as a proxy beside its caller's container leads to it: the balancer in front of the service takes HTTP/2 over
/// TLS only, and callers speak it as on any cloud, without.
/// </summary>
/// <param name="Target">The service's name.</param>
/// <param name="Host">Its private name.</param>
/// <param name="Port">The port of its balancer.</param>
/// <param name="LocalPort">The port of the proxy.</param>
/// <param name="Authority">The certificate that signs the balancer's, as PEM.</param>
internal sealed record GcpForward(string Target, string Host, int Port, int LocalPort, Output<string> Authority)
{
    /// <summary>Where the proxy listens: containers of a replica share a network.</summary>
    public const string LocalHost = "127.0.0.1";
}
