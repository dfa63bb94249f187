namespace Infra.Components.Systems;

/// <summary>A component that can use others: a service or a job.</summary>
public abstract class Consumer(string name) : Component(name)
{
    // Shared, so that the same link is equal to itself whenever it is asked for.
    private static readonly Variables NoVariables = [];

    private List<Link> _links = [];

    /// <summary>What it uses: what it was linked to, then the secrets that its texts hold.</summary>
    public IReadOnlyList<Link> Links => [.. _links, .. LinksOfTexts()];

    /// <summary>
    /// Whether it must have succeeded before anyone else uses what it writes to, other jobs included. Default: false, before services.
    /// </summary>
    internal virtual bool ComesFirst => false;

    /// <summary>
    /// Whether it works without being called: a copy of it beside the one that serves would do everything twice. Default: true, as jobs do.
    /// </summary>
    internal virtual bool WorksUnasked => true;

    /// <summary>
    /// Whether who is connected to it stays so for days, wherever its name leads by then: the copy that is left must stop before they come
    /// to the one that serves. Default: false.
    /// </summary>
    internal virtual bool KeepsCallers => false;

    /// <summary>How long its replicas may take to stop, in seconds. Default: 0, for what ends by itself.</summary>
    internal virtual int MostStopSeconds => 0;

    /// <summary>The arguments of the container that it runs.</summary>
    public abstract ContainerArgs Container { get; }

    /// <summary>
    /// Everything that its containers find in their environment: what it sets itself, by name, then what its links set, in their order.
    /// </summary>
    public IEnumerable<DeclaredVariable> Variables => Container.Variables
        .Select(variable => new DeclaredVariable(variable.Key, variable.Value))
        .Concat(Links.SelectMany(link => link.Variables));

    internal void Add(Intent intent, Component target, string? prefix, Variables? variables = null) => _links.Add(new Link(
        this,
        intent,
        target,
        prefix ?? PrefixOf(target),
        variables is null ? null : Read(variables, target)));

    private static string PrefixOf(Component target) => target.Name.Replace('-', '_').ToUpperInvariant();

    // Whoever writes a secret into a text has said that its reader may read it.
    private IEnumerable<Link> LinksOfTexts() =>
        from target in Container.Texts
            .Concat(_links.SelectMany(link => link.Named?.Values ?? Enumerable.Empty<Text>()))
            .SelectMany(text => text.Values)
            .Select(value => value.Key.Target)
            .Distinct()
        where target.Kind.IsSecretValue && !_links.Exists(link => link.Target == target)
        select new Link(this, target.Kind.IntentsOn(target)[0], target, PrefixOf(target), NoVariables);

    // What is literal there has its target's keys in braces.
    private static Variables Read(Variables variables, Component target) => new(variables.Select(variable => KeyValuePair.Create(
        variable.Key,
        variable.Value.Literal is { } template ? Text.Of(target, template) : variable.Value)));

    /// <inheritdoc/>
    internal override void Refer(References references)
    {
        base.Refer(references);
        _links =
        [
            .. _links.Select(link => link with
            {
                Consumer = this,
                Target = references.Of(link.Target),
                Named = link.Named?.Referring(references),
            }),
        ];
    }
}

/// <summary>A consumer with its class of arguments.</summary>
public abstract class Consumer<TArguments>(string name, TArguments args) : Consumer(name)
    where TArguments : ContainerArgs
{
    /// <summary>Its arguments.</summary>
    public TArguments Args { get; private set; } = args;

    /// <inheritdoc/>
    public override ContainerArgs Container => Args;

    /// <inheritdoc/>
    public override Arguments Arguments => Args;

    private protected override void Accept(Arguments arguments) => Args = (TArguments)arguments;
}
