using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Brokers.Gcp;

/// <summary>Message brokers on Google Cloud.</summary>
internal sealed class GcpMessageBrokers()
    : Provision<MessageBroker, GcpContext>(MessageBrokerKind.Instance, new(Backing.Native, "RabbitMQ on Compute Engine"))
{
    private static readonly Rule Standby = Rule.Warning(
        "gcp-message-broker-high-availability",
        "A message broker survives the loss of a machine");

    private static readonly Rule Image = Rule.Error("gcp-message-broker-egress", "The machine of a message broker can fetch its image");

    private static readonly Gap OneMachine = new(
        "high availability",
        "One machine in one zone, which Google restarts elsewhere in it when its host fails: brokers are away meanwhile.")
    {
        Rule = Standby,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        OneMachine,
        new("maintenance", "Its version is raised with this project: Google does not know what runs on the machine."),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(MessageBroker component) =>
        [RuntimeKind.Instance, PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(MessageBroker component, CloudChecks checks)
    {
        if (component.Args.HighAvailability)
        {
            checks.Lacks(
                OneMachine,
                component,
                "HighAvailability is true; it is one machine in one zone here, and away while Google starts it anew, or for as long as the "
                + "zone is. Its messages stay on their disk.",
                "Set highAvailability: false to accept that");
        }

        if (checks.Model.Find<PrivateNetwork>() is { Args.Egress: Egress.None })
        {
            checks.Report(
                Image,
                component,
                $"The network's Egress is None, and the machine of '{component.Name}' could not pull its image; allowed: Shared or "
                + "PerZone. Change Egress.");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(MessageBroker component, GcpContext context) =>
        new GcpMessageBroker(component, context.Get<GcpPrivateNetwork>(), context.Get<GcpRuntime>(), context);
}
