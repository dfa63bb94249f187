using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Infra.Components.Dns;

/// <summary>
/// The values of records as every cloud takes them: in the form of a zone file (RFC 1035; AAAA: RFC 3596, SRV: RFC 2782, CAA: RFC 8659),
/// without quotes, which each cloud needs elsewhere and adds itself.
/// </summary>
internal static partial class DnsValue
{
    /// <summary>What is allowed instead of a value; null where it is allowed.</summary>
    /// <param name="type">The record's type.</param>
    /// <param name="value">The value.</param>
    public static string? Fault(string type, string value)
    {
        var (allowed, isKept) = type switch
        {
            "A" => ("IPv4 addresses, such as 203.0.113.7", IsAddress(value, AddressFamily.InterNetwork)),
            "AAAA" => ("IPv6 addresses, such as 2001:db8::7", IsAddress(value, AddressFamily.InterNetworkV6)),
            "CNAME" => ("a host name, such as www.example.org", HostName().IsMatch(value)),
            "MX" => ("a priority and a host name, such as 10 mail.example.org", Mail().IsMatch(value)),
            "SRV" => ("priority, weight, port and host name, such as 10 5 5060 sip.example.org", Service().IsMatch(value)),
            "CAA" => ("flags, a tag and its value, such as 0 issue letsencrypt.org", Authority().IsMatch(value)),
            "TXT" => ("text of printable ASCII characters, 4000 at most, without quotes around it", IsText(value)),
            _ => ("", true),
        };
        return isKept ? null : allowed;
    }

    private static bool IsText(string value) => Text().IsMatch(value) && !(value[0] == '"' && value[^1] == '"');

    // The parser of addresses takes 1 and 010.1.2.3 for addresses as well.
    private static bool IsAddress(string value, AddressFamily family) =>
        IPAddress.TryParse(value, out var address)
        && address.AddressFamily == family
        && !value.Contains('%', StringComparison.Ordinal)
        && (family == AddressFamily.InterNetworkV6 || address.ToString() == value);

    private const string Host = @"([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)*\.?";
    private const string Number = "(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3}|0)";

    [GeneratedRegex("^" + Host + @"\z")]
    private static partial Regex HostName();

    [GeneratedRegex("^" + Number + @" (" + Host + @"|\.)\z")]
    private static partial Regex Mail();

    [GeneratedRegex("^" + Number + " " + Number + " " + Number + @" (" + Host + @"|\.)\z")]
    private static partial Regex Service();

    [GeneratedRegex(@"^(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9]) [a-z0-9]{1,15} ([!#-~]+( [!#-~]+)*|""[ !#-~]+"")\z")]
    private static partial Regex Authority();

    [GeneratedRegex(@"^[ -~]{1,4000}\z")]
    private static partial Regex Text();
}
