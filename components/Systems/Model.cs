namespace Infra.Components.Systems;

/// <summary>Everything a system declares: components with their arguments, and links. No resource, no cloud, no Pulumi.</summary>
/// <param name="domain">The stack's domain; null where its file names none.</param>
/// <param name="domains">The domains of zones that have one of their own, by the zone's name.</param>
public sealed class Model(string? domain = null, IReadOnlyDictionary<string, string>? domains = null)
{
    // Reserved for names that are certain to be invalid (RFC 2606): what is made of it is not deployed.
    private const string NoDomain = "domain.invalid";

    private readonly List<Component> _components = [];
    private readonly SortedSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<Component> _held = new(ReferenceEqualityComparer.Instance);

    /// <summary>The components in the order of their declaration.</summary>
    public IReadOnlyList<Component> Components => _components;

    /// <summary>
    /// The stack's domain, <c>infra:domain</c>, for texts that hold a full name: <c>$"https://www.{model.Domain}"</c>. Hosts of records,
    /// certificates and routes are relative to it and need it not.
    /// </summary>
    public string Domain
    {
        get
        {
            AsksForDomain = true;
            return domain ?? NoDomain;
        }
    }

    /// <summary>
    /// Whether the stack has a domain. A preview may have none: what it would be called is left out then, load balancers are found by the
    /// name or address that their cloud gives them, and a link to one says which.
    /// </summary>
    public bool HasDomain => domain is not null;

    /// <summary>The domain of a zone of its own, <c>infra:domains.&lt;zone&gt;</c>, for texts that hold a full name.</summary>
    /// <param name="zone">The zone's name.</param>
    public string DomainOf(string zone)
    {
        if (domains?.GetValueOrDefault(zone) is { } known) return known;
        _asked.Add(zone);
        return NoDomain;
    }

    /// <summary>Whether the system used the domain.</summary>
    internal bool AsksForDomain { get; private set; }

    /// <summary>The zones whose domains the system asked for, and that have none of their own.</summary>
    internal IReadOnlyCollection<string> AsksForDomainsOf => _asked;

    /// <summary>The links of all consumers.</summary>
    public IEnumerable<Link> Links => _components.OfType<Consumer>().SelectMany(consumer => consumer.Links);

    /// <summary>Declares a component and returns it.</summary>
    /// <exception cref="ArgumentNullException">There is none; told as a finding with the line of the system.</exception>
    public T Add<T>(T component)
        where T : Component
    {
        ArgumentNullException.ThrowIfNull(component);
        _components.Add(component);
        _held.Add(component);
        return component;
    }

    /// <summary>Whether it holds this very component.</summary>
    public bool Holds(Component component) => _held.Contains(component);

    /// <summary>The first component of a class; null when there is none.</summary>
    public T? Find<T>()
        where T : Component => _components.OfType<T>().FirstOrDefault();
}

/// <summary>What is deployed. One class per system in <c>stacks/</c>; it names no cloud.</summary>
public abstract class SystemDeclaration
{
    /// <summary>The system's name, as <c>infra:system</c> spells it.</summary>
    public abstract string Name { get; }

    /// <summary>Declares the components and links of the system.</summary>
    public abstract void Declare(Model model);
}
