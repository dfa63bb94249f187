using Infra.Components.Clouds;
using Infra.Components.Dns;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Mail;

/// <summary>
/// A sender of mail that hands mails to a relay of somebody's. Nothing of it is built but the domain's records; its consumers share the one
/// login that the relay's owner gave.
/// </summary>
/// <typeparam name="TGrantee">Who receives grants on the cloud.</typeparam>
internal sealed class RelayedMailSender<TGrantee> : PlacedMailSender<TGrantee>
    where TGrantee : IGrantee
{
    private readonly MailRelay _relay;

    /// <summary>Describes it, and writes its records.</summary>
    public RelayedMailSender(MailSender sender, MailRelay relay, ServedZone zone, CloudContext context)
        : base(context.Place(sender) with { Backing = Backing.External, RunsOn = "a relay of someone else" }, sender, zone)
    {
        _relay = relay;
        SmtpHost = Output.Create(relay.Host);
        if (relay.Spf.Length > 0) Write("spf", Args.Domain, "TXT", $"v=spf1 {relay.Spf} -all");
        foreach (var (selector, key) in relay.Dkim)
        {
            var type = MailSenderArgs.IsKey(key) ? "TXT" : "CNAME";
            Write($"dkim-{selector}", $"{selector}._domainkey.{Args.Domain}", type, key);
        }

        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override Connection Connect(TGrantee grantee, StandingLink link, RelayEndpoint? relay) => MailSenderConnection.To(
        Args,
        SmtpHost,
        Args.PortOf(_relay),
        _relay.Username.Length == 0 ? null : Output.Create(_relay.Username),
        Args.Password is GivenSecret given ? Output.CreateSecret(given.Reveal()) : null);
}
