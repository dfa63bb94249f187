using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.Externals;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Mail;

/// <summary>
/// Transactional mail of one domain: receipts, invitations, new passwords. Its consumers send by SMTP, each with a login of its own where
/// the cloud has them, and the zone says who may send for the domain (SPF), by which keys mails are signed (DKIM) and what becomes of
/// others (DMARC). It receives nothing.
/// </summary>
public sealed class MailSender(string name, MailSenderArgs args) : Component<MailSenderArgs>(name, args)
{
    /// <inheritdoc/>
    public override ComponentKind Kind => MailSenderKind.Instance;

    /// <inheritdoc/>
    public override IEnumerable<Component> References => [Args.Zone];
}

/// <summary>What receivers are asked to do with mails of the domain that neither SPF nor DKIM proves (RFC 7489).</summary>
public enum DmarcPolicy
{
    /// <summary>To put them aside, as unwanted mail.</summary>
    Quarantine,

    /// <summary>To refuse them.</summary>
    Reject,

    /// <summary>Nothing: reports alone say that there were any.</summary>
    None,

    /// <summary>What a record says that somebody else keeps: the zone is left without one of the stack's.</summary>
    Elsewhere,
}

/// <summary>
/// A server that takes mails and delivers them: a supplier's, or the company's own. Its password is no argument: the stack file gives it
/// under <c>infra:secrets</c>, by the sender's name.
/// </summary>
public sealed record MailRelay
{
    /// <summary>Its host name, such as <c>smtp.example.org</c>.</summary>
    public string Host { get; init; } = "";

    /// <summary>
    /// The port on which it takes mails of clients, 1 to 65535. Default: null, the usual one (RFC 8314): 465, and 587 with STARTTLS.
    /// </summary>
    public int? Port { get; init; }

    /// <summary>The login that all consumers share. Default: empty, for a relay that knows them by their addresses.</summary>
    public string Username { get; init; } = "";

    /// <summary>
    /// What the domain's SPF record allows, as the relay's documentation names it: <c>include:spf.relay.example</c>. Default: empty, and
    /// the domain has no SPF record.
    /// </summary>
    public string Spf { get; init; } = "";

    /// <summary>
    /// The relay's DKIM keys by their selectors: a host name, of which the record is an alias, or the key itself, as
    /// <c>v=DKIM1; k=rsa; p=…</c>. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Dkim { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether mails leave by it only where the cloud has no service of its own: for systems that are at home on several clouds. Default:
    /// false, and they do so everywhere.
    /// </summary>
    public bool WhereNeeded { get; init; }
}

/// <summary>The arguments of a sender of mail.</summary>
public sealed partial record MailSenderArgs : Arguments
{
    /// <summary>The zone into which its records are written; it may stand anywhere.</summary>
    public required DnsZone Zone { get; init; }

    /// <summary>
    /// The host, relative to the zone's domain, that mails come from: <c>mail</c> for <c>noreply@mail.example.org</c>. A host of its own
    /// keeps the records of the company's mailboxes apart from these, and their reputation. <c>@</c> is the domain itself. Changing it
    /// makes another sender, whose name has to be earned anew. Default: mail.
    /// </summary>
    public string Host { get; init; } = "mail";

    /// <summary>
    /// What stands before the @ of the address that consumers are told to send from; they may send from others of the domain. Default:
    /// noreply.
    /// </summary>
    public string LocalPart { get; init; } = "noreply";

    /// <summary>
    /// How consumers' connections are encrypted: from the first byte, or by STARTTLS, for software that knows nothing else. Default: from
    /// the first byte (RFC 8314, section 3.3).
    /// </summary>
    public ConnectionTls Tls { get; init; } = ConnectionTls.Tls;

    /// <summary>What receivers are asked to do with mails of the domain that others sent. Default: to put them aside.</summary>
    public DmarcPolicy Dmarc { get; init; } = DmarcPolicy.Quarantine;

    /// <summary>The address to which receivers report, such as <c>dmarc@example.org</c>. Default: empty, and nobody reports.</summary>
    public string DmarcReports { get; init; } = "";

    /// <summary>
    /// The relay by which mails leave, in place of the cloud's own service and on every cloud alike, or where it is needed. Default: null,
    /// for the cloud's own; needed where it has none:
    /// <c>infra:components: { mail: { relay: { host: smtp.example.org } } }</c>.
    /// </summary>
    public MailRelay? Relay { get; init; }

    /// <summary>The password of the relay; null where the stack file gives none.</summary>
    internal SecretSource? Password { get; init; }

    /// <summary>The domain that mails come from.</summary>
    public string Domain => Zone.Args.FullName(Host);

    /// <summary>The address that consumers are told to send from.</summary>
    public string Address => $"{LocalPart}@{Domain}";

    /// <summary>The relay by which mails leave where the sender stands on a cloud; null where the cloud's own service sends them.</summary>
    internal MailRelay? RelayOn(Cloud cloud) => Relay is { WhereNeeded: true } && MailServices.On(cloud) ? null : Relay;

    /// <summary>The port of a relay.</summary>
    internal int PortOf(MailRelay relay) => relay.Port ?? MailPorts.Usual(Tls);

    /// <summary>What the domain's DMARC record says; null where the stack keeps none.</summary>
    internal string? DmarcRecord => Dmarc == DmarcPolicy.Elsewhere
        ? null
        : $"v=DMARC1; p={Dmarc.ToString().ToLowerInvariant()}{(DmarcReports.Length == 0 ? "" : $"; rua=mailto:{DmarcReports}")}";

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        new("from", Address),
        new("by", By),
        new("tls", Decision.Word(Tls)),
        new("mails of others", Decision.Word(Dmarc)),
    ];

    private string By
    {
        get
        {
            if (Relay is not { } relay) return "the cloud's own service";
            var told = string.Create(CultureInfo.InvariantCulture, $"{relay.Host}:{PortOf(relay)}");
            return relay.WhereNeeded ? $"the cloud's own service, or {told} where it has none" : told;
        }
    }

    /// <inheritdoc/>
    public override Arguments Referring(References replacement) => this with { Zone = replacement.Of(Zone) };

    /// <inheritdoc/>
    internal override Arguments From(SecretSource source) => this with { Password = source };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        Zone.Args.CheckHost(guard, nameof(Host), Host);
        guard.Require(!Host.StartsWith('*'), nameof(Host), $"'{Host}'", "one host, or @ for the domain itself");
        guard.Matches(nameof(LocalPart), LocalPart, Local(), "1 to 64 letters, digits and ._+- that begin and end with a letter or digit");
        guard.OneOf(nameof(Tls), Tls, ConnectionTls.Tls, ConnectionTls.StartTls);
        if (DmarcReports.Length > 0)
            guard.Matches(nameof(DmarcReports), DmarcReports, Mailbox(), "an address such as dmarc@example.org, or nothing");
        if (Relay is not { } relay) return;
        guard.Require(
            HostName().IsMatch(relay.Host),
            "Relay.Host",
            relay.Host.Length == 0 ? null : $"'{relay.Host}'",
            "a host name such as smtp.example.org",
            $"Set infra:components.{guard.Component}.relay.host in the stack's file");
        if (relay.Port is { } port) guard.InRange("Relay.Port", port, 1, 65535);
        guard.Matches("Relay.Username", relay.Username, Login(), "nothing, or a login of 256 printable characters at most, without spaces");
        guard.Matches(
            "Relay.Spf",
            relay.Spf,
            Mechanisms(),
            "nothing, or mechanisms such as include:spf.relay.example, without v=spf1 and all");
        foreach (var (selector, key) in relay.Dkim)
        {
            guard.Matches("Relay.Dkim", selector, Selector(), "selectors of letters, digits, hyphens and dots");
            guard.Require(
                IsKey(key) ? DnsValue.Fault("TXT", key) is null : HostName().IsMatch(key),
                $"Relay.Dkim.{selector}",
                $"'{key}'",
                "a host name such as key.relay.example, or a key that begins with v=DKIM1");
        }
    }

    private const string Mechanism = "(include|a|mx|ip4|ip6|exists):[A-Za-z0-9._:/%{}-]+";

    /// <summary>Whether a DKIM record holds the key itself, rather than the name where it is found.</summary>
    internal static bool IsKey(string record) => record.StartsWith("v=DKIM1", StringComparison.Ordinal);

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._+-]{0,62}[A-Za-z0-9])?\z")]
    private static partial Regex Local();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._+-]{0,62}[A-Za-z0-9])?@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}\z")]
    private static partial Regex Mailbox();

    [GeneratedRegex(@"^(?=.{1,253}\z)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+\z")]
    private static partial Regex HostName();

    [GeneratedRegex(@"^[!-~]{0,256}\z")]
    private static partial Regex Login();

    // RFC 7208, section 12, without the version and without what decides of everybody else.
    [GeneratedRegex("^(" + Mechanism + "( " + Mechanism + @")*)?\z")]
    private static partial Regex Mechanisms();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z")]
    private static partial Regex Selector();
}

/// <summary>What every cloud gives for a sender of mail.</summary>
public interface IMailSender
{
    /// <summary>The address that consumers are told to send from.</summary>
    Output<string> From { get; }

    /// <summary>The host name of the server that takes the mails.</summary>
    Output<string> SmtpHost { get; }
}
