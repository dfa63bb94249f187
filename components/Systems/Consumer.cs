namespace Infra.Components.Systems;

/// <summary>A component that can use others: a service or a job.</summary>
public abstract class Consumer(string name) : Component(name)
{
    private List<Link> _links = [];

    /// <summary>What it uses.</summary>
    public IReadOnlyList<Link> Links => _links;

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
        prefix ?? target.Name.Replace('-', '_').ToUpperInvariant(),
        variables is null ? null : Read(variables, target)));

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
