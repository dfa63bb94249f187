using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>Where consumers of other clouds enter for one target.</summary>
/// <param name="Address">
/// What consumers connect to: the relay's name where it has an IPv4 address in every zone, and its only IPv4 address elsewhere.
/// </param>
/// <param name="Port">The relay's port for the target.</param>
/// <param name="CertificateAuthority">The certificates that sign the relay's own, which targets without TLS are served with.</param>
internal sealed record RelayEndpoint(Output<string> Address, int Port, Output<string> CertificateAuthority)
{
    /// <summary>The relay's ports for the target's other protocols.</summary>
    public IReadOnlyDictionary<string, int> OtherPorts { get; init; } = new Dictionary<string, int>();
}
