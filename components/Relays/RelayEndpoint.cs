using Pulumi;

namespace Infra.Components.Relays;

/// <summary>Where consumers of other clouds enter for one target.</summary>
/// <param name="Address">The relay's IPv4 address.</param>
/// <param name="Port">The relay's port for the target.</param>
/// <param name="CertificateAuthority">The certificates that sign the relay's own, which targets without TLS are served with.</param>
internal sealed record RelayEndpoint(Output<string> Address, int Port, Output<string> CertificateAuthority);
