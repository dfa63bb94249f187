using Infra.Components.Clouds;
using Infra.Components.Dns;
using Infra.Components.Externals;
using Infra.Components.Systems;

namespace Infra.Components.Mail;

/// <summary>
/// The provision of senders of mail on a cloud: by a service of its own where it has one, and by a relay where the stack file names one.
/// </summary>
/// <param name="offer">How it is provided, and by what.</param>
internal abstract class MailSenderProvision<TContext, TGrantee>(Offer offer)
    : Provision<MailSender, TContext>(MailSenderKind.Instance, offer), IClosesPorts
    where TContext : CloudContext
    where TGrantee : IGrantee
{
    /// <summary>Its zone may stand on any cloud: the zone writes the records.</summary>
    protected sealed override bool StandsWith(MailSender component, Component reference) => reference is not DnsZone;

    /// <inheritdoc/>
    public virtual ClosedPorts? Closed => null;

    /// <inheritdoc/>
    protected sealed override void Check(MailSender component, CloudChecks checks)
    {
        MailSenderChecks.CheckPassword(component, checks);
        var relay = component.Args.RelayOn(checks.Cloud);
        if (relay is null) CheckService(component, checks);
        else CheckPort(component, relay, checks);
        MailSenderChecks.CheckRecords(
            component,
            checks,
            relay is null ? RecordsOfService(component) : MailSenderChecks.RecordsOf(component.Args, relay));
    }

    /// <inheritdoc/>
    protected sealed override PlacedComponent Build(MailSender component, TContext context)
    {
        var zone = context.Nearest<ServedZone>(component.Args.Zone);
        return component.Args.RelayOn(context.Cloud) is { } relay
            ? new RelayedMailSender<TGrantee>(component, relay, zone, context)
            : BuildService(component, zone, context);
    }

    /// <summary>Reports what the cloud's own service refuses, or that it has none.</summary>
    protected abstract void CheckService(MailSender component, CloudChecks checks);

    /// <summary>The records that the cloud's own service needs, besides that of DMARC and those whose names nobody else can have.</summary>
    protected abstract IEnumerable<MailRecord> RecordsOfService(MailSender component);

    /// <summary>Builds a sender on the cloud's own service.</summary>
    protected abstract PlacedComponent BuildService(MailSender component, ServedZone zone, TContext context);

    // Mails leave from where the consumer runs, wherever the sender stands.
    private static void CheckPort(MailSender component, MailRelay relay, CloudChecks checks)
    {
        foreach (var cloud in checks.LinksTo(component).Select(link => link.Consumer.Cloud).Prepend(checks.Cloud).Distinct())
        {
            if (checks.ProvisionOn(cloud, component.Kind) is IClosesPorts { Closed: { } closed })
                ExternalChecks.CheckMail(component, component.Args.PortOf(relay), checks, closed);
        }
    }
}

/// <summary>The provision of senders of mail on a cloud that has no service for it.</summary>
/// <param name="cloud">How sentences call the cloud.</param>
internal abstract class RelayedMailSenders<TContext, TGrantee>(string cloud)
    : MailSenderProvision<TContext, TGrantee>(new(Backing.External, "a relay of someone else"))
    where TContext : CloudContext
    where TGrantee : IGrantee
{
    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [MailSenderChecks.OwnService];

    /// <inheritdoc/>
    protected sealed override void CheckService(MailSender component, CloudChecks checks) => checks.Lacks(
        MailSenderChecks.OwnService,
        component,
        $"{cloud} has no service that sends mails, and Relay is nothing; allowed: a relay.",
        $"Set infra:components.{component.Name}.relay in the stack's file");

    /// <inheritdoc/>
    protected sealed override IEnumerable<MailRecord> RecordsOfService(MailSender component) => [];

    /// <inheritdoc/>
    protected sealed override PlacedComponent BuildService(MailSender component, ServedZone zone, TContext context) =>
        throw new InvalidOperationException($"{cloud} has no service for '{component.Name}', which is checked before.");
}
