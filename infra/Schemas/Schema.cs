using System.Text;
using System.Text.RegularExpressions;

namespace Infra.Schemas;

/// <summary>What a cloud, an API or a chart accepts at one place of an object.</summary>
internal sealed class Schema
{
    /// <summary>The kind of value.</summary>
    public required SchemaType Type { get; init; }

    /// <summary>What an object holds, by name.</summary>
    public Dictionary<string, Schema> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>The properties that an object must have.</summary>
    public List<string> Required { get; } = [];

    /// <summary>Whether an object may hold more than is listed.</summary>
    public bool IsOpen { get; init; }

    /// <summary>What an element of a list, or a value of a map, may be.</summary>
    public Schema? Element { get; init; }

    /// <summary>The least number.</summary>
    public decimal? Least { get; init; }

    /// <summary>The greatest number.</summary>
    public decimal? Most { get; init; }

    /// <summary>How many characters a text has at least, or how many elements a list, map or object.</summary>
    public int? Shortest { get; init; }

    /// <summary>How many characters a text has at most, or how many elements a list, map or object.</summary>
    public int? Longest { get; init; }

    /// <summary>Which values there are; all where the list is empty.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>What a text looks like.</summary>
    public SchemaPattern? Pattern { get; init; }

    /// <summary>What the keys of a map look like.</summary>
    public SchemaPattern? Names { get; init; }

    /// <summary>The properties by which the elements of a list are told apart.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Whether no element of a list may stand in it twice.</summary>
    public bool IsSet { get; init; }

    /// <summary>Properties of an object of which exactly one must be given.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ExactlyOne { get; init; } = [];

    /// <summary>Properties of an object of which one may be given.</summary>
    public IReadOnlyList<IReadOnlyList<string>> AtMostOne { get; init; } = [];

    /// <summary>Properties of an object of which one must be given.</summary>
    public IReadOnlyList<IReadOnlyList<string>> AtLeastOne { get; init; } = [];

    /// <summary>Properties of an object of which the first needs the others.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Needs { get; init; } = [];

    /// <summary>Whether something is said of which texts or numbers there may be.</summary>
    public bool IsBounded =>
        Values.Count > 0 || Pattern is not null || Least is not null || Most is not null || Shortest is not null || Longest is not null;

    /// <summary>Whether something is said of which properties exclude or need each other.</summary>
    public bool HasGroups => ExactlyOne.Count > 0 || AtMostOne.Count > 0 || AtLeastOne.Count > 0 || Needs.Count > 0;
}

/// <summary>The kind of a value.</summary>
internal enum SchemaType
{
    /// <summary>Whatever there is.</summary>
    Any,

    /// <summary>Named properties.</summary>
    Object,

    /// <summary>Elements in an order.</summary>
    List,

    /// <summary>Values by keys that the author chooses.</summary>
    Map,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number or a text, such as <c>25%</c>.</summary>
    IntegerOrText,
}

/// <summary>A regular expression as Kubernetes, Go and JSON Schema write it. It is compiled when it is first asked.</summary>
/// <param name="Text">The expression.</param>
internal sealed record SchemaPattern(string Text)
{
    private readonly Lazy<Regex> _regex = new(() => new(ToTheEnd(Text), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));

    /// <summary>Whether a value looks so.</summary>
    public bool Accepts(string value) => _regex.Value.IsMatch(value);

    // There the end of a text is its end; here it would also be the place before a last line break.
    private static string ToTheEnd(string pattern)
    {
        var (isEscaped, isInClass) = (false, false);
        var translated = new StringBuilder(pattern.Length + 2);
        foreach (var letter in pattern)
        {
            var isEnd = letter == '$' && !isEscaped && !isInClass;
            isInClass = letter switch { '[' when !isEscaped => true, ']' when !isEscaped => false, _ => isInClass };
            isEscaped = letter == '\\' && !isEscaped;
            if (isEnd) translated.Append(@"\z");
            else translated.Append(letter);
        }

        return translated.ToString();
    }
}
