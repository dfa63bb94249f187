using System.Net;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Externals;

/// <summary>
/// Something that exists outside the stack and that services and jobs connect to: a relay for mail, a search cluster, the API of a
/// supplier, the server in the cellar. Nothing of it is built; it stands wherever its consumers do.
/// </summary>
public sealed class External(string name, ExternalArgs? args = null) : Component<ExternalArgs>(name, args ?? new()), IOutside
{
    /// <inheritdoc/>
    public override ComponentKind Kind => ExternalKind.Instance;

    /// <inheritdoc/>
    bool IOutside.IsEncrypted => Args.Tls != ConnectionTls.None;

    /// <inheritdoc/>
    bool IOutside.NamesAuthority => Args.CertificateAuthority.Length > 0;
}

/// <summary>How a connection is encrypted.</summary>
public enum ConnectionTls
{
    /// <summary>From its first byte.</summary>
    Tls,

    /// <summary>Once the client asks for it, as mail servers and databases offer; it must ask.</summary>
    StartTls,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>The arguments of something external. What differs from stack to stack stands in <c>infra:components</c>.</summary>
public sealed partial record ExternalArgs : Arguments
{
    // RFC 1918 and 6598: what no way out of a network leads to.
    private static readonly IPNetwork[] PrivateBlocks =
        [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10" }.Select(block => IPNetwork.Parse(block))];

    /// <summary>
    /// Its host name or IPv4 address, such as <c>smtp.example.org</c>. Default: empty, for a stack file that names it:
    /// <c>infra:components: { mail: { host: smtp.example.org } }</c>.
    /// </summary>
    public string Host { get; init; } = "";

    /// <summary>The TCP port on which it listens, 1 to 65535. Default: 443.</summary>
    public int Port { get; init; } = 443;

    /// <summary>The scheme of the url that consumers find, such as <c>smtp</c> or <c>clickhouse</c>. Default: https.</summary>
    public string Scheme { get; init; } = "https";

    /// <summary>What the url ends in, such as <c>/v2</c>. Default: empty.</summary>
    public string Path { get; init; } = "";

    /// <summary>How connections to it are encrypted. Default: from the first byte.</summary>
    public ConnectionTls Tls { get; init; } = ConnectionTls.Tls;

    /// <summary>
    /// The certificates that sign the server's, as PEM. Default: empty, for those of public authorities.
    /// </summary>
    public string CertificateAuthority { get; init; } = "";

    /// <summary>
    /// Its IPv4 addresses as CIDR blocks of 8 to 32 bits, which its consumers are let out to. Default: none, which means any public
    /// address; needed where the network lets nobody out, and where the addresses are private ones, which lie behind a peering or a VPN.
    /// </summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Its addresses, read; what cannot be read is reported by the guard.</summary>
    internal IReadOnlyList<IPNetwork> Blocks => [.. Addresses.Select(AddressBlock.Read).OfType<IPNetwork>()];

    /// <summary>Whether all its addresses are private ones: a peering or a VPN leads there, past what clouds do at their edge.</summary>
    internal bool IsInside => Blocks is { Count: > 0 } blocks && blocks.All(IsPrivate);

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        new("host", Host),
        new("port", Port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("tls", Decision.Word(Tls)),
        new("addresses", Addresses.Count == 0 ? "any public one" : string.Join(", ", Addresses)),
    ];

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        guard.Require(
            HostName().IsMatch(Host),
            nameof(Host),
            Host.Length == 0 ? null : $"'{Host}'",
            "a host name such as smtp.example.org, or an IPv4 address",
            $"Set Host, or infra:components.{guard.Component}.host in the stack's file");
        guard.InRange(nameof(Port), Port, 1, 65535);
        guard.Matches(nameof(Scheme), Scheme, SchemeName(), "the scheme of a url, such as https: letters, digits, +, - and dots");
        guard.Matches(nameof(Path), Path, UrlPath(), "nothing, or a path that starts with / and has neither spaces nor control characters");
        guard.Require(
            CertificateAuthority.Length == 0 || CertificateAuthority.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal),
            nameof(CertificateAuthority),
            "a text without a certificate",
            "certificates as PEM, or nothing");
        AddressBlock.Check(guard, nameof(Addresses), Addresses);
    }

    /// <summary>Whether a block of addresses lies in a private network.</summary>
    internal static bool IsPrivate(IPNetwork block) =>
        PrivateBlocks.Any(known => known.PrefixLength <= block.PrefixLength && known.Contains(block.BaseAddress));

    [GeneratedRegex(@"^(?=.{1,253}\z)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z")]
    private static partial Regex HostName();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*\z")]
    private static partial Regex SchemeName();

    [GeneratedRegex(@"^(/[^\s\p{C}]*)?\z")]
    private static partial Regex UrlPath();
}

/// <summary>What every cloud gives for something external.</summary>
public interface IExternal
{
    /// <summary>Its host name or address.</summary>
    Output<string> Host { get; }

    /// <summary>Its url.</summary>
    Output<string> Url { get; }
}
