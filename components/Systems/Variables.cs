namespace Infra.Components.Systems;

/// <summary>
/// Variables of an environment, by name. Several services may start from the same ones:
/// <c>new Variables(common) { ["ROLE"] = "web" }</c>.
/// </summary>
public sealed class Variables : Texts
{
    /// <summary>None yet.</summary>
    public Variables()
        : base([])
    {
    }

    /// <summary>The same as others; a variable that is set again replaces theirs.</summary>
    /// <param name="others">The others, the later ones first in precedence.</param>
    public Variables(params IEnumerable<KeyValuePair<string, Text>>[] others)
        : base(others)
    {
    }

    /// <summary>Literal texts.</summary>
    public static implicit operator Variables(Dictionary<string, string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return new(texts.Select(text => KeyValuePair.Create(text.Key, Text.Of(text.Value))));
    }

    /// <summary>The same variables of the components that take the place of others.</summary>
    internal Variables Referring(References references)
    {
        var variables = new Variables();
        foreach (var (name, text) in this) variables[name] = text.Referring(references);
        return variables;
    }

    /// <inheritdoc/>
    internal override Texts Copy() => new Variables(this);
}

/// <summary>A variable of a container's environment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What it holds.</param>
/// <param name="Link">The link that sets it; null where the consumer itself does.</param>
public sealed record DeclaredVariable(string Name, Text Text, Link? Link = null);
