using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>What a cloud's checks look at, and where they report: the part of a blueprint that stands on it.</summary>
/// <param name="cloud">The cloud.</param>
/// <param name="all">Every cloud, for advice.</param>
/// <param name="blueprint">The blueprint.</param>
/// <param name="findings">Where findings go.</param>
internal sealed class CloudChecks(ICloud cloud, IReadOnlyList<ICloud> all, Blueprint blueprint, Findings findings)
{
    /// <summary>The cloud.</summary>
    public Cloud Cloud => cloud.Cloud;

    /// <summary>The blueprint.</summary>
    public Blueprint Blueprint => blueprint;

    /// <summary>The stack's settings.</summary>
    public StackSettings Settings => blueprint.Settings;

    /// <summary>The environment's profile.</summary>
    public EnvironmentProfile Profile => blueprint.Profile;

    /// <summary>The resolved system.</summary>
    public Model Model => blueprint.Model;

    /// <summary>The region by which the cloud knows the stack's place; empty where it knows none.</summary>
    public string Region => blueprint.RegionOn(Cloud);

    /// <summary>Where findings go.</summary>
    public Findings Findings => findings;

    /// <summary>The components of a class that stand here, in the order of their declaration.</summary>
    public IEnumerable<T> On<T>()
        where T : Component => blueprint.On<T>(Cloud);

    /// <summary>The links that lead to a component here.</summary>
    public IEnumerable<StandingLink> LinksTo(Component target) => blueprint.LinksTo(target, Cloud);

    /// <summary>The links by which consumers of other clouds use what only a relay leads to here.</summary>
    public IEnumerable<StandingLink> RelayedLinks =>
        blueprint.LinksInto(Cloud).Where(link => cloud.ReachOf(link.Target.Component) == Reach.Relay);

    /// <summary>The links of a consumer here.</summary>
    public IEnumerable<StandingLink> LinksOf(Component consumer) =>
        blueprint.Find(consumer, Cloud) is { } standing ? blueprint.LinksOf(standing) : [];

    /// <summary>Whether something that stands here needs a kind of foundation beside it.</summary>
    public bool Needs(ComponentKind kind) => cloud.Needs(kind, blueprint);

    /// <summary>How a cloud provides a kind; null where it does not.</summary>
    public IProvision? ProvisionOn(Cloud place, ComponentKind kind) => all.FirstOrDefault(other => other.Cloud == place)?.Find(kind);

    /// <summary>Checks the arguments of a component against a rule.</summary>
    public Guard Guard(Component component, Rule rule) => new(findings, component.Name, rule);

    /// <summary>Reports that a rule is broken.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="component">The component it concerns; null when it concerns the whole stack.</param>
    /// <param name="message">What is wrong, the value received, the values allowed and what to change.</param>
    /// <param name="atMost">What the severity is reduced to where a case weighs less than the rule in general.</param>
    public void Report(Rule rule, Component? component, string message, Severity atMost = Severity.Error) =>
        findings.Report(rule, component?.Name, message, atMost);

    /// <summary>Reports that a component asks for what the cloud does not keep, and where it could stand instead.</summary>
    /// <param name="gap">What is not kept; it has a rule.</param>
    /// <param name="component">The component.</param>
    /// <param name="message">What was asked for, and what happens instead, as a sentence with its final dot.</param>
    /// <param name="change">What to change to do without, as the beginning of a sentence without its final dot.</param>
    /// <param name="atMost">What the severity is reduced to where a case weighs less than the rule in general.</param>
    public void Lacks(Gap gap, Component component, string message, string change, Severity atMost = Severity.Error)
    {
        var alternatives = Alternatives(component.Kind, gap.Promise);
        var place = alternatives.Length == 0 ? "" : $", or place '{component.Name}' on {alternatives}";
        Report(gap.Rule!, component, $"{message} {change}{place}.", atMost);
    }

    /// <summary>
    /// The other clouds that provide a kind, and keep a promise where one is named, separated by commas; empty when none does. Advice names
    /// no cloud that cannot do it either.
    /// </summary>
    public string Alternatives(ComponentKind kind, string? promise = null) => string.Join(
        ", ",
        from other in all
        where other.Cloud != Cloud
        let provision = other.Find(kind)
        where provision is not null && (promise is null || provision.Gaps.All(gap => gap.Promise != promise))
        select other.Cloud.Name());
}
