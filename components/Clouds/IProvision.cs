using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>
/// How one cloud provides one kind: what it offers and by what, what it does not keep, what it needs beside it, what it refuses. One class
/// for each kind and cloud, in the kind's folder for that cloud; a cloud is the list of them.
/// </summary>
internal interface IProvision
{
    /// <summary>The kind.</summary>
    ComponentKind Kind { get; }

    /// <summary>How it is provided, and by what.</summary>
    Offer Offer { get; }

    /// <summary>What of the kind's promises is not kept, or kept differently.</summary>
    IReadOnlyList<Gap> Gaps { get; }

    /// <summary>The classes of tweaks that it reads.</summary>
    IReadOnlyList<Type> Tweaks { get; }

    /// <summary>What components are called that it builds without their being declared: none that is declared may be.</summary>
    IEnumerable<string> NamesOfItsOwn(CloudChecks checks);

    /// <summary>The kinds of foundation that a component needs beside it on the cloud, such as the network.</summary>
    IEnumerable<ComponentKind> Beside(Component component);

    /// <summary>How consumers of other clouds reach a component.</summary>
    Reach ReachOf(Component component);

    /// <summary>Whether it needs a kind of foundation beside it to let consumers of other clouds in to what they reach so.</summary>
    bool LetsIn(Reach reach, ComponentKind beside);

    /// <summary>Whether a component can only be built where a component that it refers to stands too.</summary>
    bool StandsWith(Component component, Component reference);

    /// <summary>Reports what the cloud refuses of a component that stands on it.</summary>
    void Check(Component component, CloudChecks checks);

    /// <summary>Reports what the cloud refuses of the stack's part as a whole.</summary>
    void CheckAll(CloudChecks checks);
}

/// <summary>A provision that builds.</summary>
/// <typeparam name="TContext">What it needs to know of the stack's part on its cloud.</typeparam>
internal interface IProvision<in TContext> : IProvision
{
    /// <summary>Builds what follows from the stack's part as a whole. Nothing for kinds that are placed.</summary>
    IEnumerable<PlacedComponent> BuildFoundation(TContext context);

    /// <summary>
    /// Begins a service or job, before the first of all of them is built: its links are followed, so that what their targets make once for
    /// all of them can be waited for by each. Nothing where a cloud follows links while it builds.
    /// </summary>
    PlacedComponent? Begin(Component component, TContext context);

    /// <summary>
    /// Builds a component that stands on the cloud; what it refers to has been built, except services, which may refer to each other.
    /// </summary>
    PlacedComponent Build(Component component, TContext context);
}

/// <summary>The provision of a kind that is placed.</summary>
/// <param name="kind">The kind.</param>
/// <param name="offer">How it is provided, and by what.</param>
internal abstract class Provision<TComponent, TContext>(ComponentKind kind, Offer offer) : IProvision<TContext>
    where TComponent : Component
{
    /// <inheritdoc/>
    public ComponentKind Kind => kind;

    /// <inheritdoc/>
    public Offer Offer => offer;

    /// <inheritdoc/>
    public virtual IReadOnlyList<Gap> Gaps => [];

    /// <inheritdoc/>
    public virtual IReadOnlyList<Type> Tweaks => [];

    /// <inheritdoc/>
    public virtual void CheckAll(CloudChecks checks)
    {
    }

    /// <summary>The kinds of foundation that it needs beside it. Default: none.</summary>
    protected virtual IEnumerable<ComponentKind> Beside(TComponent component) => [];

    /// <summary>
    /// How consumers of other clouds reach it. Default: as the kind says, which speaks of what listens in a network; a cloud whose API
    /// for it is public says so.
    /// </summary>
    protected virtual Reach ReachOf(TComponent component) => kind.ReachOf(component);

    /// <summary>Whether it can only be built where what it refers to stands too. Default: true.</summary>
    protected virtual bool StandsWith(TComponent component, Component reference) => true;

    /// <summary>Reports what the cloud refuses. Default: nothing.</summary>
    protected virtual void Check(TComponent component, CloudChecks checks)
    {
    }

    /// <summary>Begins it, before the first service or job is built. Default: nothing.</summary>
    protected virtual PlacedComponent? Begin(TComponent component, TContext context) => null;

    /// <summary>Builds it.</summary>
    protected abstract PlacedComponent Build(TComponent component, TContext context);

    IEnumerable<string> IProvision.NamesOfItsOwn(CloudChecks checks) => [];

    IEnumerable<ComponentKind> IProvision.Beside(Component component) => Beside((TComponent)component);

    Reach IProvision.ReachOf(Component component) => ReachOf((TComponent)component);

    bool IProvision.LetsIn(Reach reach, ComponentKind beside) => false;

    bool IProvision.StandsWith(Component component, Component reference) => StandsWith((TComponent)component, reference);

    void IProvision.Check(Component component, CloudChecks checks) => Check((TComponent)component, checks);

    IEnumerable<PlacedComponent> IProvision<TContext>.BuildFoundation(TContext context) => [];

    PlacedComponent? IProvision<TContext>.Begin(Component component, TContext context) => Begin((TComponent)component, context);

    PlacedComponent IProvision<TContext>.Build(Component component, TContext context) => Build((TComponent)component, context);
}

/// <summary>The provision of a kind that follows from what stands on the cloud.</summary>
/// <param name="kind">The kind.</param>
/// <param name="offer">How it is provided, and by what.</param>
internal abstract class FoundationProvision<TContext>(ComponentKind kind, Offer offer) : IProvision<TContext>
{
    /// <inheritdoc/>
    public ComponentKind Kind => kind;

    /// <inheritdoc/>
    public Offer Offer => offer;

    /// <inheritdoc/>
    public virtual IReadOnlyList<Gap> Gaps => [];

    /// <inheritdoc/>
    public virtual IReadOnlyList<Type> Tweaks => [];

    /// <inheritdoc/>
    public virtual IEnumerable<string> NamesOfItsOwn(CloudChecks checks) => [];

    /// <inheritdoc/>
    public virtual void CheckAll(CloudChecks checks)
    {
    }

    /// <summary>The kinds of foundation that it needs beside it. Default: none.</summary>
    protected virtual IReadOnlyList<ComponentKind> Beside => [];

    /// <inheritdoc/>
    public virtual bool LetsIn(Reach reach, ComponentKind beside) => false;

    /// <inheritdoc/>
    public abstract IEnumerable<PlacedComponent> BuildFoundation(TContext context);

    IEnumerable<ComponentKind> IProvision.Beside(Component component) => Beside;

    Reach IProvision.ReachOf(Component component) => kind.ReachOf(component);

    bool IProvision.StandsWith(Component component, Component reference) => true;

    void IProvision.Check(Component component, CloudChecks checks)
    {
    }

    PlacedComponent? IProvision<TContext>.Begin(Component component, TContext context) => null;

    PlacedComponent IProvision<TContext>.Build(Component component, TContext context) =>
        throw new InvalidOperationException($"A {kind} follows from what stands on a cloud; it is not built by itself.");
}

/// <summary>The provision of relays: what lets consumers of other clouds in.</summary>
/// <param name="kind">The kind.</param>
/// <param name="offer">How it is provided, and by what.</param>
internal abstract class RelayProvision<TContext, TGrantee>(ComponentKind kind, Offer offer) : FoundationProvision<TContext>(kind, offer)
    where TGrantee : IGrantee
{
    /// <inheritdoc/>
    public sealed override IEnumerable<string> NamesOfItsOwn(CloudChecks checks) =>
        checks.Blueprint.LinksInto(checks.Cloud).Any() ? ["relay"] : [];

    /// <inheritdoc/>
    public sealed override IEnumerable<PlacedComponent> BuildFoundation(TContext context) => [];

    /// <inheritdoc/>
    public override bool LetsIn(Reach reach, ComponentKind beside) => reach == Reach.Relay && (beside == Kind || Beside.Contains(beside));

    /// <summary>The kinds of foundation that it needs to lead to something in the network.</summary>
    protected abstract override IReadOnlyList<ComponentKind> Beside { get; }

    /// <summary>Begins to let consumers of other clouds in.</summary>
    /// <param name="ports">The targets that it leads to, each with a port; none where all that is used has a public API.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public abstract IRelay<TGrantee> Begin(IReadOnlyList<RelayPort<TGrantee>> ports, TContext context);
}
