using Infra.Components.Checks;

namespace Infra.Components.Systems;

/// <summary>
/// When components of a kind are built: after everything that stands above it here. Within a stage, kinds follow each other in the order of
/// their list, and components in the order of their declaration.
/// </summary>
public enum BuildStage
{
    /// <summary>Exists on every cloud where something stands, or follows from what does.</summary>
    Foundation,

    /// <summary>DNS zones.</summary>
    Zone,

    /// <summary>Certificates, which a zone proves.</summary>
    Certificate,

    /// <summary>Whatever keeps data or messages.</summary>
    Store,

    /// <summary>Where traffic enters: before the services, which on AWS join only what a listener uses.</summary>
    Edge,

    /// <summary>What runs once, before the services that need it.</summary>
    Job,

    /// <summary>What runs all the time, or again and again.</summary>
    Service,

    /// <summary>Names that lead to the edge.</summary>
    Record,
}

/// <summary>How consumers on another cloud reach a component.</summary>
public enum Reach
{
    /// <summary>Not at all: no link leads to it, or from its own cloud only.</summary>
    None,

    /// <summary>By an API that faces the internet: a key is all that they need.</summary>
    PublicApi,

    /// <summary>By nothing that is opened: the program carries what they must know to their own cloud.</summary>
    Carried,

    /// <summary>Through a relay, because it listens in a private network.</summary>
    Relay,
}

/// <summary>
/// What a component is. Each kind describes itself once, in its own folder, and whatever is the same on all clouds follows from that; how a
/// cloud provides it is said by a provision of that cloud.
/// </summary>
public abstract class ComponentKind
{
    /// <summary>Describes a kind.</summary>
    /// <param name="name">The name, in Pascal case. It is part of the type of every deployed component: frozen.</param>
    /// <param name="stage">When it is built.</param>
    protected ComponentKind(string name, BuildStage stage)
    {
        Name = name;
        Stage = stage;
        Words = string.Concat(name.Select((letter, at) =>
            char.IsAsciiLetterUpper(letter) ? (at == 0 ? "" : "-") + char.ToLowerInvariant(letter) : $"{letter}"));
        ArgumentRule = Rule.Error($"{Words}-arguments", $"The arguments of a {name} have values that every cloud accepts");
    }

    /// <summary>Its name, such as <c>ManagedDatabase</c>.</summary>
    public string Name { get; }

    /// <summary>Its name as rules spell it, such as <c>managed-database</c>.</summary>
    public string Words { get; }

    /// <summary>When it is built.</summary>
    public BuildStage Stage { get; }

    /// <summary>The rule that an argument breaks whose value no cloud accepts.</summary>
    public Rule ArgumentRule { get; }

    /// <summary>Whether it exists on every cloud where something stands, or follows from what does, rather than being placed.</summary>
    public bool IsFoundation => Stage == BuildStage.Foundation;

    /// <summary>
    /// Whether it stands wherever its consumers do, rather than being placed: what exists outside is nowhere, and each cloud lets its own
    /// consumers out to it.
    /// </summary>
    public virtual bool FollowsConsumers => false;

    /// <summary>
    /// Whether it exists for those that refer to it, as certificates do: in a migration it stands wherever one of them stands, and has no
    /// history of its own.
    /// </summary>
    public virtual bool FollowsReferrers => false;

    /// <summary>Whether it runs once, rather than all the time or again and again.</summary>
    public bool RunsOnce => Stage == BuildStage.Job;

    /// <summary>Whether traffic enters by it from outside, which names in a zone lead to.</summary>
    public bool IsEntrance => Stage == BuildStage.Edge;

    /// <summary>The port on which its consumers reach a component of this kind outside of every cloud; null for what is built.</summary>
    /// <param name="component">The component, resolved.</param>
    /// <param name="cloud">The cloud on which the copy stands that they use.</param>
    public virtual int? PortOutside(Component component, Cloud cloud) => null;

    /// <summary>Whether a system has one at most.</summary>
    public virtual bool IsSingle => false;

    /// <summary>What a system has that declares none; null where it then has none.</summary>
    public virtual Component? Default => null;

    /// <summary>Whether images that name no registry lie in it.</summary>
    public virtual bool KeepsImages => false;

    /// <summary>
    /// Whether a job that writes to it prepares it, as migrations of a schema do: services that use it start only when the job has
    /// succeeded.
    /// </summary>
    public virtual bool IsPreparedByJobs => false;

    /// <summary>
    /// Whether it is one secret value: a text that holds it is link enough, and the stack file may say in <c>infra:secrets</c> where it
    /// comes from.
    /// </summary>
    public virtual bool IsSecretValue => false;

    /// <summary>Whether it has a domain, which the stack file may give one by one in <c>infra:domains</c>.</summary>
    public virtual bool HasDomain => false;

    /// <summary>
    /// Whether the stack file may say in <c>infra:secrets</c> where a secret value of it comes from: itself, or the password of what it
    /// leads to.
    /// </summary>
    public virtual bool TakesSecret => IsSecretValue;

    /// <summary>Whether it has records written into the zones that it refers to, wherever these stand.</summary>
    public virtual bool WritesRecords => false;

    /// <summary>
    /// The names in full that certificates prove for a component of this kind, by records in the zone that it refers to where its cloud
    /// proves them so; none where there is no certificate of the stack's.
    /// </summary>
    public virtual IReadOnlyList<string> NamesToProve(Component component) => [];

    /// <summary>What of it cannot be brought back once it is gone, in words; null when nothing lasts.</summary>
    public virtual string? Lasts => null;

    /// <summary>
    /// The arguments that name what is written to, as <c>infra:components</c> spells them: with another value, something else is used,
    /// which is empty. Those whose change the facts of a resource's type tell on every cloud need not stand here.
    /// </summary>
    public virtual IReadOnlyList<string> LastingArguments => [];

    /// <summary>
    /// The arguments that may be raised and never lowered, as <c>infra:components</c> spells them: an older program does not read what a
    /// newer one wrote. Those whose change the facts of a resource's type tell on every cloud need not stand here.
    /// </summary>
    public virtual IReadOnlyList<string> RisingArguments => [];

    /// <summary>
    /// The arguments that are read when it is made and never after, as <c>infra:components</c> spells them: another value changes nothing
    /// of what is there.
    /// </summary>
    public virtual IReadOnlyList<string> FirstArguments => [];

    /// <summary>
    /// The keys under which consumers find it in their environment, behind the link's prefix; identical on all clouds. None where no link
    /// leads to it.
    /// </summary>
    public virtual IReadOnlyList<ConnectionKey> ConnectionKeys => [];

    /// <summary>What a consumer may do with a component of this kind; nothing where no link may lead to it.</summary>
    public virtual IReadOnlyList<Intent> IntentsOn(Component component) => [];

    /// <summary>
    /// How consumers on another cloud reach a component of this kind. Where some clouds have a public API for it and others do not, it is
    /// <see cref="Reach.Relay"/>: a port of the relay is kept for it, and the provisions of the former say that they need none.
    /// </summary>
    public virtual Reach ReachOf(Component component) => Reach.None;

    /// <summary>
    /// The protocols for which a relay keeps a port of their own for a component, besides the one that it keeps in any case.
    /// </summary>
    public virtual IReadOnlyList<string> RelayedProtocols(Component component) => [];

    /// <summary>What a component needs that nobody declares. Default: nothing.</summary>
    /// <param name="component">The component, resolved.</param>
    /// <param name="model">The system, resolved.</param>
    /// <param name="cloud">The cloud on which the copy of it stands that serves.</param>
    internal virtual IEnumerable<Implied> Implies(Component component, Model model, Cloud cloud) => [];

    /// <summary>
    /// The ways in which what a component holds can be moved, the one that is taken unless the stack file names another first. None where
    /// there is nothing to move.
    /// </summary>
    /// <param name="component">The component, resolved.</param>
    /// <param name="from">The cloud that it leaves.</param>
    /// <param name="to">The cloud that it goes to.</param>
    internal virtual IReadOnlyList<MoveWay> WaysToMove(Component component, Cloud from, Cloud to) => [];

    /// <summary>
    /// What a component holds that no mover carries to another cloud, in words, such as a volume's path and size. Default: nothing.
    /// </summary>
    /// <param name="component">The component, resolved.</param>
    internal virtual IReadOnlyList<string> LeavesBehind(Component component) => [];

    /// <summary>What fills a component when it is made, in words, such as a dump; null where it begins empty. Default: null.</summary>
    /// <param name="component">The component, resolved.</param>
    internal virtual string? BeginsWith(Component component) => null;

    /// <summary>
    /// Whether whoever fills a component of this kind from outside of the stack must be told who signs the certificate there, because its
    /// client trusts no public authority by itself. Default: false.
    /// </summary>
    internal virtual bool NeedsAuthority => false;

    /// <summary>
    /// The ways in which a component can be filled from something outside of the stack, the one that is taken unless the stack file names
    /// another first. Default: none.
    /// </summary>
    /// <param name="component">The component, resolved.</param>
    internal virtual IReadOnlyList<MoveWay> WaysFromOutside(Component component) => [];

    /// <summary>
    /// What carries a component's data in the state in which it is: consumers that implement <see cref="IMover"/>, which stand on the cloud
    /// that it goes to. Default: nothing.
    /// </summary>
    /// <param name="move">The component on its way.</param>
    internal virtual IEnumerable<Implied> Moves(Move move) => [];

    /// <summary>Reports what cannot stand side by side in a system, whatever the cloud.</summary>
    /// <param name="model">The system, resolved.</param>
    /// <param name="findings">Where findings go.</param>
    public virtual void Check(Model model, Findings findings)
    {
    }

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
