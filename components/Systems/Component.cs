namespace Infra.Components.Systems;

/// <summary>
/// A neutral capability that a system declares. It is inert and never changes: resolving a system for a stack makes other components, with
/// the stack's arguments, and clouds build those.
/// </summary>
public abstract class Component(string name)
{
    /// <summary>
    /// The component's name, unique in its system: 2 to 40 characters of a–z, 0–9 and single hyphens. It is part of every deployed URN and
    /// of physical names, which are cut and told apart by a hash where a cloud takes fewer characters.
    /// </summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>What it is.</summary>
    public abstract ComponentKind Kind { get; }

    /// <summary>Its arguments.</summary>
    public abstract Arguments Arguments { get; }

    /// <summary>
    /// What whoever is linked to it knows of it, for the texts of variables and files: <c>database["HOST"]</c>. The keys are those of its
    /// kind.
    /// </summary>
    /// <param name="key">The key.</param>
    public TargetKey this[string key] => new(this, key);

    /// <summary>The components that it needs, other than through links; they are in the same model.</summary>
    public virtual IEnumerable<Component> References => [];

    /// <summary>
    /// The component that it is a part of: it is placed wherever that one stands; null where it stands by itself.
    /// </summary>
    public virtual Component? StandsOn => null;

    /// <summary>
    /// The component where it is reached: what may reach that one may reach it; null where it listens by itself. Default: what it is a part
    /// of.
    /// </summary>
    public virtual Component? ReachedAt => StandsOn;

    /// <summary>The component to which is written what it holds: itself, unless it is a copy of another one.</summary>
    public virtual Component WrittenAt => this;

    /// <summary>
    /// Whether there is anything to build of it: in a stack without a domain, what has a name on the internet is left out.
    /// </summary>
    internal virtual bool Stands => true;

    /// <summary>The same component with other arguments.</summary>
    internal Component With(Arguments arguments)
    {
        var copy = (Component)MemberwiseClone();
        copy.Accept(arguments);
        return copy;
    }

    /// <summary>Makes a resolved component refer to resolved ones. Called once, before anyone sees it.</summary>
    internal virtual void Refer(References references) => Accept(Arguments.Referring(references));

    /// <summary>Makes a resolved component lead to the copies that get its traffic. Called once, before anyone sees it.</summary>
    internal void Enter(Func<Component, TrafficShare?> shareOf) => Accept(Arguments.Entering(shareOf));

    /// <summary>Takes arguments over.</summary>
    private protected abstract void Accept(Arguments arguments);
}

/// <summary>A component with its class of arguments.</summary>
public abstract class Component<TArguments>(string name, TArguments args) : Component(name)
    where TArguments : Arguments
{
    /// <summary>Its arguments.</summary>
    public TArguments Args { get; private set; } = args;

    /// <inheritdoc/>
    public override Arguments Arguments => Args;

    private protected override void Accept(Arguments arguments) => Args = (TArguments)arguments;
}
