using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Dns;
using Infra.Components.Placements;
using Pulumi;
using Tem = Pulumiverse.Scaleway.Tem;

namespace Infra.Components.Mail.Scaleway;

/// <summary>
/// A domain of Scaleway Transactional Email, which exists in Paris only. It is checked by Scaleway, again and again, until its records
/// answer. Every consumer has a key of its own that sends by SMTP and can do nothing else.
/// </summary>
internal sealed class ScalewayMailSender : PlacedMailSender<KubernetesGrantee>
{
    // Scaleway's Terraform provider: "Currently, only fr-par is supported".
    private const string Region = "fr-par";

    private static readonly string[] SendPermissions = ["TransactionalEmailEmailSmtpCreate"];

    private readonly ScalewayContext _context;

    /// <summary>Builds the domain, and writes its records.</summary>
    public ScalewayMailSender(MailSender sender, ServedZone zone, ScalewayContext context)
        : base(context.Place(sender), sender, zone)
    {
        _context = context;
        var domain = new Tem.Domain(
            Name,
            new() { Name = Args.Domain, ProjectId = context.ProjectId, Region = Region, AcceptTos = true, Autoconfig = false },
            Child());
        Write("spf", Output.Create(Args.Domain), "TXT", domain.SpfValue);
        Write("dkim", Output.Create($"{context.ProjectId}._domainkey.{Args.Domain}"), "TXT", domain.DkimConfig);

        // Receivers trust a domain more that can be answered. Where the author says who takes its mails, that is enough.
        var answers = context.Blueprint.Model.Components.OfType<DnsRecord>().Any(record =>
            record.Args.FullName == Args.Domain && record.Args.Targets.Any(target => target.Type == "MX"));
        if (!answers) Write("mx", Output.Create(Args.Domain), "MX", Output.Format($"10 {domain.MxBlackhole}"));
        SmtpHost = domain.SmtpHost;
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var key = new ScalewayApiKey(
            grantee.GrantName(link),
            SendPermissions,
            _context,
            grantee.Tags,
            () => grantee.Child().On(_context.Provider));
        grantee.Grants.Add(key.Policy);
        return MailSenderConnection.To(
            Args,
            SmtpHost,
            MailPorts.ForConsumersOn(link.Consumer.Cloud, Args.Tls),
            Output.Create(_context.ProjectId),
            key.SecretKey);
    }
}
