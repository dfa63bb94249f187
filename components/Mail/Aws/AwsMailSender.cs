using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Dns;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using SesInputs = Pulumi.Aws.SesV2.Inputs;
using SesV2 = Pulumi.Aws.SesV2;

namespace Infra.Components.Mail.Aws;

/// <summary>
/// An identity of Amazon SES, which signs its mails by keys of its own (Easy DKIM) and has the domain's own name in their envelopes, so
/// that SPF speaks for the domain, too. SMTP knows no roles: every consumer, wherever it stands, has a user whose key sends for this domain
/// and can do nothing else.
/// </summary>
internal sealed class AwsMailSender : PlacedMailSender<AwsGrantee>
{
    // Easy DKIM has three keys of 2048 bits, of which one signs while the others wait (AWS documentation: Easy DKIM in Amazon SES).
    private const int SigningKeys = 3;

    private const int LongestSetName = 64;

    private static readonly string[] SendActions = ["ses:SendRawEmail"];

    private readonly string _region;
    private readonly string _account;
    private readonly SesV2.ConfigurationSet _set;
    private readonly SesV2.EmailIdentity _identity;

    /// <summary>Builds the identity, and writes its records.</summary>
    public AwsMailSender(MailSender sender, ServedZone zone, AwsContext context)
        : base(context.Place(sender), sender, zone)
    {
        (_region, _account) = (context.Region, context.AccountId ?? "*");
        _set = new(
            $"{Name}-set",
            new()
            {
                ConfigurationSetName = ShortName.Of($"{context.Stack}-{Name}", LongestSetName),
                DeliveryOptions = new SesInputs.ConfigurationSetDeliveryOptionsArgs { TlsPolicy = "REQUIRE" },
                SuppressionOptions = new SesInputs.ConfigurationSetSuppressionOptionsArgs { SuppressedReasons = { "BOUNCE", "COMPLAINT" } },
                Tags = Tags.AsInput(),
            },
            Child());
        _identity = new(
            Name,
            new()
            {
                EmailIdentityDetails = Args.Domain,
                ConfigurationSetName = _set.ConfigurationSetName,
                Tags = Tags.AsInput(),
            },
            Child());

        // Without its record, mails leave under a name of Amazon's until it is there: DKIM speaks for the domain meanwhile.
        _ = new SesV2.EmailIdentityMailFromAttributes(
            $"{Name}-bounces",
            new()
            {
                EmailIdentity = _identity.EmailIdentityDetails,
                MailFromDomain = BouncesOf(Args),
                BehaviorOnMxFailure = "USE_DEFAULT_VALUE",
            },
            Child());

        for (var index = 0; index < SigningKeys; index++)
        {
            var at = index;
            var token = _identity.DkimSigningAttributes.Apply(signing => signing.Tokens[at]);
            Write(
                string.Create(CultureInfo.InvariantCulture, $"dkim-{index + 1}"),
                Output.Format($"{token}._domainkey.{Args.Domain}"),
                "CNAME",
                Output.Format($"{token}.{AwsMailEndpoints.KeysOf(_region)}"));
        }

        Write("bounces-mx", BouncesOf(Args), "MX", $"10 {AwsMailEndpoints.FeedbackOf(_region)}");
        Write("bounces-spf", BouncesOf(Args), "TXT", "v=spf1 include:amazonses.com -all");
        SmtpHost = Output.Create(AwsMailEndpoints.HostOf(_region));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override Connection Connect(AwsGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var key = grantee.Key(
            link,
            [
                new() { Actions = SendActions, Resources = [_identity.Arn, _set.Arn] },

                // A receiver that is an identity of the account is asked for as well, and in the sandbox all receivers are.
                new()
                {
                    Actions = SendActions,
                    Resources = [Output.Create($"arn:aws:ses:{_region}:{_account}:identity/*")],
                    Conditions = [new("StringLike", "ses:FromAddress", $"*@{Args.Domain}")],
                },
            ]);
        return MailSenderConnection.To(
            Args,
            SmtpHost,
            MailPorts.ForConsumersOn(link.Consumer.Cloud, Args.Tls),
            key.Id,
            key.SesSmtpPasswordV4);
    }

    /// <summary>The domain in the envelopes of its mails, to which those come back that cannot be delivered.</summary>
    public static string BouncesOf(MailSenderArgs args) => $"bounces.{args.Domain}";
}
