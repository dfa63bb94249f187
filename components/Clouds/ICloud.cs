using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>A cloud: the list of its provisions.</summary>
internal interface ICloud
{
    /// <summary>Which one.</summary>
    Cloud Cloud { get; }

    /// <summary>How it provides each kind. The foundation is built in this order.</summary>
    IReadOnlyList<IProvision> Provisions { get; }

    /// <summary>Whether the stack file says which account to deploy to.</summary>
    bool HasAccount(Accounts accounts);

    /// <summary>What the stack file must say of the account, as <c>infra:accounts</c> spells it, and what that is.</summary>
    (string Key, string Meaning) Account { get; }

    /// <summary>Reports what is wrong with the place itself.</summary>
    /// <returns>Whether the place is known well enough to check what stands there.</returns>
    bool CheckPlace(CloudChecks checks);

    /// <summary>Begins to build the part of a blueprint that stands on it.</summary>
    /// <param name="blueprint">The blueprint.</param>
    /// <param name="progress">What all clouds of the stack share.</param>
    ICloudBuild Begin(Blueprint blueprint, BuildProgress progress);

    /// <summary>How it provides a kind; null where it does not.</summary>
    IProvision? Find(ComponentKind kind) => Provisions.FirstOrDefault(provision => provision.Kind == kind);

    /// <summary>
    /// Whether something of a blueprint that stands on it needs a kind of foundation beside it. Where nothing is placed, foundations that
    /// are declared are what the stack is for.
    /// </summary>
    bool Needs(ComponentKind kind, Blueprint blueprint) =>
        (blueprint.Standings.Count == 0
            && blueprint.Model.Components.Except(blueprint.Implied).Any(component => component.Kind == kind || Needs(kind, component)))
        || blueprint.On(Cloud).Any(standing => Needs(kind, standing.Component))
        || blueprint.LinksInto(Cloud).Any(link => NeedsToLetIn(kind, link.Target.Component));

    /// <summary>
    /// Whether consumers of other clouds are let in to a component that stands on it by a kind of foundation, or with its help.
    /// </summary>
    bool NeedsToLetIn(ComponentKind kind, Component component) => Provisions.Any(provision =>
        provision.Kind.Stage == BuildStage.Foundation
        && provision.LetsIn(ReachOf(component), kind));

    /// <summary>Whether a component that stands on it needs a kind of foundation beside it.</summary>
    bool Needs(ComponentKind kind, Component component) => Find(component.Kind)?.Beside(component).Contains(kind) == true;

    /// <summary>Whether a kind of foundation is what lets consumers of other clouds in.</summary>
    bool IsRelay(ComponentKind kind) => Find(kind)?.LetsIn(Reach.Relay, kind) == true;

    /// <summary>How consumers of other clouds reach a component that stands on it.</summary>
    Reach ReachOf(Component component) => Find(component.Kind)?.ReachOf(component) ?? Reach.None;
}

/// <summary>One cloud's part of a deployment while it is built.</summary>
internal interface ICloudBuild
{
    /// <summary>
    /// The IPv4 addresses from which consumers on this cloud reach the outside, each once; empty where the stack file does not say.
    /// </summary>
    IReadOnlyList<Output<string>> EgressAddresses { get; }

    /// <summary>Builds the foundation: network, registry, runtime, identities.</summary>
    IEnumerable<PlacedComponent> BuildFoundation();

    /// <summary>
    /// Begins the services and jobs that stand on this cloud, once the stores stand and consumers of other clouds are let in.
    /// </summary>
    void BeginConsumers();

    /// <summary>Builds a component that stands on this cloud.</summary>
    PlacedComponent Build(Standing standing);

    /// <summary>Lets consumers of other clouds reach targets on this one.</summary>
    /// <param name="sources">Where the consumers of each cloud come from.</param>
    /// <returns>The relay that was built for it, if one was needed.</returns>
    PlacedComponent? LetIn(IReadOnlyDictionary<Cloud, EgressSource> sources);
}

/// <summary>A cloud with its class of context and of grantees.</summary>
/// <typeparam name="TContext">What its provisions need to know of a stack's part.</typeparam>
/// <typeparam name="TGrantee">Who receives grants on it.</typeparam>
internal abstract class CloudOf<TContext, TGrantee>(Cloud cloud, RelayProvision<TContext, TGrantee> relays) : ICloud
    where TContext : CloudContext<TGrantee>
    where TGrantee : class, IGrantee
{
    private IReadOnlyList<IProvision<TContext>>? _all;

    /// <inheritdoc/>
    public Cloud Cloud => cloud;

    /// <inheritdoc/>
    IReadOnlyList<IProvision> ICloud.Provisions => All;

    /// <inheritdoc/>
    public abstract (string Key, string Meaning) Account { get; }

    /// <summary>How it provides each kind but relays. The foundation is built in this order.</summary>
    protected abstract IReadOnlyList<IProvision<TContext>> Provisions { get; }

    private IReadOnlyList<IProvision<TContext>> All => _all ??= [.. Provisions, relays];

    /// <inheritdoc/>
    public abstract bool HasAccount(Accounts accounts);

    /// <inheritdoc/>
    public abstract bool CheckPlace(CloudChecks checks);

    /// <inheritdoc/>
    public ICloudBuild Begin(Blueprint blueprint, BuildProgress progress) => new Building(All, relays, Context(blueprint, progress));

    /// <summary>The context of a stack's part; creates the cloud's provider.</summary>
    protected abstract TContext Context(Blueprint blueprint, BuildProgress progress);

    private sealed class Building(
        IReadOnlyList<IProvision<TContext>> provisions,
        RelayProvision<TContext, TGrantee> relays,
        TContext context) : ICloudBuild
    {
        public IReadOnlyList<Output<string>> EgressAddresses => context.EgressAddresses;

        public IEnumerable<PlacedComponent> BuildFoundation()
        {
            foreach (var provision in provisions.Where(provision => provision.Kind.IsFoundation))
            {
                foreach (var built in provision.BuildFoundation(context))
                {
                    context.Keep(built);
                    yield return built;
                }
            }
        }

        public void BeginConsumers()
        {
            // A grant waits for those before it: by name rather than by declaration, so that reordering a system changes nothing.
            foreach (var consumer in context.On<Consumer>().OrderBy(consumer => consumer.Name, StringComparer.Ordinal))
            {
                if (ProvisionOf(consumer.Kind).Begin(consumer, context) is { } begun) context.KeepBegun(consumer, begun);
            }

            foreach (var target in context.All<ISharedGrants>()) target.CompleteGrants();
        }

        public PlacedComponent Build(Standing standing)
        {
            var built = ProvisionOf(standing.Kind).Build(standing.Component, context);
            context.Keep(standing.Component, built);
            if (built is ILinkTarget<TGrantee> target) context.Target(standing.Component, target);
            return built;
        }

        public PlacedComponent? LetIn(IReadOnlyDictionary<Cloud, EgressSource> sources) => context.LetIn(sources, context, relays);

        private IProvision<TContext> ProvisionOf(ComponentKind kind) => provisions.First(provision => provision.Kind == kind);
    }
}
