using System.Text;

namespace Infra.Sdk.Generator.Model;

/// <summary>
/// The type of a property as the catalogue writes it: <c>string</c>, <c>[T]</c>, <c>{T}</c>, <c>A|B</c>, or the name of an enum or nested
/// type.
/// </summary>
internal abstract record TypeRef
{
    public static readonly string[] Keywords = ["string", "int", "double", "bool", "any", "json", "asset", "archive", "assetOrArchive"];

    /// <summary>One of <see cref="Keywords"/>.</summary>
    public sealed record Primitive(string Keyword) : TypeRef
    {
        public override string ToString() => Keyword;
    }

    /// <summary>A list.</summary>
    public sealed record List(TypeRef Element) : TypeRef
    {
        public override string ToString() => $"[{Element}]";
    }

    /// <summary>A map with text keys.</summary>
    public sealed record Map(TypeRef Value) : TypeRef
    {
        public override string ToString() => $"{{{Value}}}";
    }

    /// <summary>Either of two types.</summary>
    public sealed record Union(TypeRef First, TypeRef Second) : TypeRef
    {
        public override string ToString() => $"{First}|{Second}";
    }

    /// <summary>An enum or nested type, named from the provider's root namespace: <c>Ec2.Tenancy</c>.</summary>
    public sealed record Named(string Name) : TypeRef
    {
        public override string ToString() => Name;
    }

    /// <summary>The enums and nested types that this type mentions.</summary>
    public IEnumerable<string> Names => this switch
    {
        Named named => [named.Name],
        List list => list.Element.Names,
        Map map => map.Value.Names,
        Union union => union.First.Names.Concat(union.Second.Names),
        _ => [],
    };

    /// <summary>Reads a type.</summary>
    /// <exception cref="FormatException">The text is not a type.</exception>
    public static TypeRef Parse(string text)
    {
        var position = 0;
        var type = ParseUnion(text, ref position);
        return position == text.Length ? type : throw new FormatException($"'{text}' is not a type: unexpected '{text[position]}'");
    }

    private static TypeRef ParseUnion(string text, ref int position)
    {
        var first = ParseOne(text, ref position);
        if (position >= text.Length || text[position] != '|')
            return first;
        position++;
        return new Union(first, ParseOne(text, ref position));
    }

    private static TypeRef ParseOne(string text, ref int position)
    {
        if (position >= text.Length)
            throw new FormatException($"'{text}' is not a type: it ends too early");
        switch (text[position])
        {
            case '[':
                return new List(ParseEnclosed(text, ref position, ']'));
            case '{':
                return new Map(ParseEnclosed(text, ref position, '}'));
        }
        var name = new StringBuilder();
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '.' or '_'))
            name.Append(text[position++]);
        if (name.Length == 0)
            throw new FormatException($"'{text}' is not a type: unexpected '{text[position]}'");
        var word = name.ToString();
        if (Keywords.Contains(word))
            return new Primitive(word);
        return char.IsUpper(word[0])
            ? new Named(word)
            : throw new FormatException(
                $"'{word}' is not a type: expected one of {string.Join(", ", Keywords)}, or the name of an enum or type block");
    }

    private static TypeRef ParseEnclosed(string text, ref int position, char end)
    {
        position++;
        var inner = ParseUnion(text, ref position);
        if (position >= text.Length || text[position] != end)
            throw new FormatException($"'{text}' is not a type: '{end}' is missing");
        position++;
        return inner;
    }
}
