namespace Infra.Components.Systems;

/// <summary>A component that can use others: a service or a job.</summary>
public abstract class Consumer(string name) : Component(name)
{
    private List<Link> _links = [];

    /// <summary>What it uses.</summary>
    public IReadOnlyList<Link> Links => _links;

    /// <summary>The arguments of the container that it runs.</summary>
    public abstract ContainerArgs Container { get; }

    internal void Add(Intent intent, Component target, string? prefix) =>
        _links.Add(new Link(this, intent, target, prefix ?? target.Name.Replace('-', '_').ToUpperInvariant()));

    /// <inheritdoc/>
    internal override void Refer(References references)
    {
        base.Refer(references);
        _links = [.. _links.Select(link => link with { Consumer = this, Target = references.Of(link.Target) })];
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
