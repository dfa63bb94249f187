using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Dns;
using Infra.Components.Externals;
using Infra.Components.Externals.Aws;

namespace Infra.Components.Mail.Aws;

/// <summary>Senders of mail on AWS.</summary>
internal sealed class AwsMailSenders() : MailSenderProvision<AwsContext, AwsGrantee>(new(Backing.Native, "Amazon SES"))
{
    private static readonly Rule Region = Rule.Error("aws-mail-sender-region", "Senders of mail stand in regions with an SMTP endpoint");

    private static readonly Gap EveryRegion = new("every region", "Not in Zurich and Spain, where Amazon SES takes no mails by SMTP.")
    {
        Rule = Region,
    };

    private static readonly Gap ExpiringKeys = new("keys that expire", "Consumers' logins are keys of IAM users, which never expire.");

    private static readonly Gap Approved = new(
        "anybody as receiver at once",
        "A new account sends to verified addresses only, 200 a day, until AWS lets it out of the sandbox.");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [EveryRegion, ExpiringKeys, Approved];

    /// <inheritdoc/>
    public override ClosedPorts Closed => AwsExternals.Closed;

    /// <inheritdoc/>
    protected override void CheckService(MailSender component, CloudChecks checks)
    {
        if (AwsMailEndpoints.Has(checks.Region)) return;
        checks.Lacks(
            EveryRegion,
            component,
            $"{checks.Region} has no SMTP endpoint of Amazon SES; allowed: {string.Join(", ", AwsMailEndpoints.Regions)}.",
            "Change infra:location, or set its Relay");
    }

    /// <inheritdoc/>
    protected override IEnumerable<MailRecord> RecordsOfService(MailSender component)
    {
        var bounces = AwsMailSender.BouncesOf(component.Args);
        return [new(bounces, "MX"), new(bounces, "TXT")];
    }

    /// <inheritdoc/>
    protected override PlacedComponent BuildService(MailSender component, ServedZone zone, AwsContext context) =>
        new AwsMailSender(component, zone, context);
}
