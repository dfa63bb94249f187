using Infra.Components.Checks;

namespace Infra.Components.Systems;

/// <summary>How sensitive the data of a component is; rendered as the tag <c>data-class</c>.</summary>
public enum DataClass
{
    /// <summary>Meant for everyone.</summary>
    Public,

    /// <summary>For the company only.</summary>
    Internal,

    /// <summary>Harmful when it leaks.</summary>
    Confidential,

    /// <summary>About identifiable people.</summary>
    Personal,
}

/// <summary>
/// The arguments of a component. They say what production needs: the environment's profile reduces them for staging and previews
/// (<see cref="For"/>), then the stack file may override them.
/// </summary>
public abstract record Arguments
{
    /// <summary>How sensitive the component's data is. Default: <see cref="DataClass.Internal"/>.</summary>
    public DataClass DataClass { get; init; } = DataClass.Internal;

    /// <summary>Settings that only one cloud has. Default: none.</summary>
    public IReadOnlyList<Tweak> Tweaks { get; init; } = [];

    /// <summary>The tweak of one cloud; null when none was given.</summary>
    public T? Tweak<T>()
        where T : Tweak => Tweaks.OfType<T>().FirstOrDefault();

    /// <summary>What a plan shows of them, the most important first. Default: nothing.</summary>
    public virtual IEnumerable<Decision> Decisions => [];

    /// <summary>The same arguments as an environment needs them. Production changes nothing.</summary>
    public virtual Arguments For(EnvironmentProfile profile) => this;

    /// <summary>The same arguments in a stack of a domain, which is named once for all that has a name on the internet.</summary>
    /// <param name="domain">The domain, such as <c>example.org</c>.</param>
    public virtual Arguments Within(string domain) => this;

    /// <summary>The same arguments where the stack file gives the component a domain of its own.</summary>
    /// <param name="domain">The domain, such as <c>example.com</c>.</param>
    internal virtual Arguments Called(string domain) => this;

    /// <summary>The same arguments where the stack file says where their secret value comes from.</summary>
    /// <param name="source">Where it comes from.</param>
    internal virtual Arguments From(SecretSource source) => this;

    /// <summary>
    /// The same arguments with every component that they refer to replaced. Declarations never change: a resolved system is made of
    /// components of its own, which refer to each other.
    /// </summary>
    /// <param name="replacement">Gives the component that takes another's place.</param>
    public virtual Arguments Referring(References replacement) => this;

    /// <summary>The same arguments where traffic is shared between two copies of what they lead to.</summary>
    /// <param name="shareOf">How it is shared; null for what has one copy.</param>
    internal virtual Arguments Entering(Func<Component, TrafficShare?> shareOf) => this;

    /// <summary>Reports every value that no cloud accepts.</summary>
    public virtual void Check(Guard guard)
    {
    }
}
