using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Dns;
using Infra.Components.Externals;
using Infra.Components.Externals.Scaleway;

namespace Infra.Components.Mail.Scaleway;

/// <summary>Senders of mail on Scaleway.</summary>
internal sealed class ScalewayMailSenders()
    : MailSenderProvision<ScalewayContext, KubernetesGrantee>(new(Backing.Native, "Scaleway Transactional Email"))
{
    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        new("every region", "Mails leave from Paris, wherever the stack stands."),
        new("key per domain", "A consumer's key sends for every domain of the project: give domains that must be apart a project each."),
        new("refusal of unencrypted delivery", "Mails go unencrypted to receivers whose servers offer nothing better."),
        new("tags", "Domains of Transactional Email have no tags."),
    ];

    /// <inheritdoc/>
    public override ClosedPorts Closed => ScalewayExternals.Closed;

    /// <inheritdoc/>
    protected override void CheckService(MailSender component, CloudChecks checks)
    {
    }

    /// <inheritdoc/>
    protected override IEnumerable<MailRecord> RecordsOfService(MailSender component) =>
        [new(component.Args.Domain, "TXT")];

    /// <inheritdoc/>
    protected override PlacedComponent BuildService(MailSender component, ServedZone zone, ScalewayContext context) =>
        new ScalewayMailSender(component, zone, context);
}
