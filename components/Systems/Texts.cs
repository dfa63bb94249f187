namespace Infra.Components.Systems;

/// <summary>Texts by name. A stack file lays single ones over those that a system declares.</summary>
public abstract class Texts : SortedDictionary<string, Text>, IReadOnlyDictionary<string, Text>
{
    private protected Texts(params IEnumerable<KeyValuePair<string, Text>>[] others)
        : base(StringComparer.Ordinal)
    {
        ArgumentNullException.ThrowIfNull(others);
        foreach (var (name, text) in others.SelectMany(texts => texts)) this[name] = text;
    }

    /// <summary>A copy, to lay others over.</summary>
    internal abstract Texts Copy();
}
