using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Systems;

namespace Infra.Components.Queues.Scaleway;

/// <summary>Queues on Scaleway.</summary>
internal sealed class ScalewayQueues()
    : Provision<Queue, ScalewayContext>(QueueKind.Instance, new(Backing.Native, ScalewayMessaging.Product))
{
    private static readonly Rule Region = Rule.Error("scaleway-queue-region", "Queues stand in regions of Scaleway that have them");
    private static readonly Rule Access = Rule.Notable("scaleway-queue-access", "A key opens one queue");
    private static readonly Rule Encryption = Rule.Notable("scaleway-queue-encryption", "Messages are encrypted at rest");

    private static readonly Gap EveryRegion = new("every region", "Not in Warsaw.") { Rule = Region };

    private static readonly Gap KeyPerQueue = new(
        "key per queue",
        "Keys send to or receive from every queue of the project: give sensitive data a project of its own.")
    {
        Rule = Access,
    };

    private static readonly Gap ExpiringKeys = new("keys that expire", "Keys of queues never expire, whatever keysExpireOn says.");
    private static readonly Gap Tagged = new("tags", "Queues have no tags.");
    private static readonly Gap AtRest = new("encryption at rest", "Nothing says that messages are encrypted at rest.")
    {
        Rule = Encryption,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [EveryRegion, KeyPerQueue, ExpiringKeys, Tagged, AtRest];

    /// <inheritdoc/>
    protected override Reach ReachOf(Queue component) => Reach.PublicApi;

    /// <inheritdoc/>
    protected override void Check(Queue component, CloudChecks checks)
    {
        if (!ScalewayMessaging.Regions.Contains(checks.Region))
        {
            checks.Lacks(
                EveryRegion,
                component,
                $"{checks.Region} has no queues; allowed: {string.Join(", ", ScalewayMessaging.Regions)}.",
                "Change infra:location");
        }

        var sensitive = component.Args.DataClass is DataClass.Confidential or DataClass.Personal;
        checks.Lacks(
            AtRest,
            component,
            $"Its data is {component.Args.DataClass.ToString().ToLowerInvariant()}, and Scaleway does not say that it encrypts the "
            + "messages of queues where they lie.",
            "Encrypt such messages before they are sent",
            sensitive ? Severity.Error : Severity.Info);

        var others = checks.On<Queue>().Where(other => other != component).Select(other => other.Name).ToList();
        if (sensitive && others.Count > 0 && checks.LinksTo(component).Any())
        {
            checks.Lacks(
                KeyPerQueue,
                component,
                $"Keys send to or receive from every queue of the project, which also holds {string.Join(", ", others)}: their "
                + "consumers can use this one.",
                $"Give '{component.Name}' a stack with a project of its own");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(Queue component, ScalewayContext context) =>
        new ScalewayQueue(component, ScalewayMessaging.Of(context), context);
}
