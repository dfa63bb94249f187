using Infra.Components.Checks;
using Infra.Components.Networks;
using Infra.Components.Systems;

namespace Infra.Components.Mail;

/// <summary>Transactional mail of one domain.</summary>
public sealed class MailSenderKind : ComponentKind
{
    private static readonly Rule Unique = Rule.Error("mail-sender-domain", "A domain has one sender of mail");
    private static readonly Rule Reachable = Rule.Error("mail-sender-unreachable", "Networks have a way out to what takes their mails");

    private MailSenderKind()
        : base("MailSender", BuildStage.Store)
    {
    }

    /// <summary>The kind.</summary>
    public static MailSenderKind Instance { get; } = new();

    /// <inheritdoc/>
    public override bool TakesSecret => true;

    /// <inheritdoc/>
    public override bool WritesRecords => true;

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionKey> ConnectionKeys { get; } =
    [
        new("HOST", "The host name of the server that takes the mails."),
        new("PORT", "Its port; where a cloud closes the usual ones, another."),
        new("TLS", "`tls` or `starttls`: from the first byte, or once the client asks for it, which it must.")
        {
            Words = ["tls", "starttls"],
        },
        new("USERNAME", "The login; empty where a relay wants none."),
        new("PASSWORD", "Its password, in a url as `{PASSWORD:url}`; empty where a relay wants none.", IsSecret: true),
        new("FROM", "The address to send from."),
        new("DOMAIN", "The domain of that address, whose others are allowed as well."),
    ];

    /// <inheritdoc/>
    public override int? PortOutside(Component component, Cloud cloud) =>
        component is MailSender { Args: var args } && args.RelayOn(cloud) is { } relay ? args.PortOf(relay) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<Intent> IntentsOn(Component component) => [Intent.Connect];

    /// <inheritdoc/>
    public override Reach ReachOf(Component component) => Reach.PublicApi;

    /// <inheritdoc/>
    public override void Check(Model model, Findings findings)
    {
        var senders = model.Components.OfType<MailSender>().ToList();
        foreach (var others in senders.GroupBy(sender => sender.Args.Domain).Where(group => group.Count() > 1))
        {
            findings.Report(
                Unique,
                others.Last().Name,
                $"Host makes it the sender of {others.Key}, as '{others.First().Name}' is; allowed: one sender of a domain, which any "
                + "number of consumers share. Remove one, or give it another Host.");
        }

        if (model.Find<PrivateNetwork>() is not { Args.Egress: Egress.None } network) return;
        foreach (var sender in senders)
        {
            findings.Report(
                Reachable,
                sender.Name,
                $"The network '{network.Name}' has no way out (Egress is None), and what takes mails is reached on the internet; allowed: "
                + "a network with a way out. Give it one, or hand mails to a service that has.");
        }
    }
}
