using System.Collections;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Infra.Facts;

/// <summary>When a change of an input counts.</summary>
internal enum When
{
    /// <summary>Whenever it changes.</summary>
    Changed,

    /// <summary>When it becomes another thing rather than another measure of it: not its numbers change, but its words.</summary>
    Renamed,

    /// <summary>When it becomes less: a smaller number, an older version.</summary>
    Decreased,

    /// <summary>When it had a value, or was on, and no longer is.</summary>
    Removed,

    /// <summary>When it had a value before.</summary>
    Exchanged,

    /// <summary>When it is a block of addresses that does not hold all of the former one.</summary>
    Narrowed,

    /// <summary>Under the condition that the note tells.</summary>
    Sometimes,
}

/// <summary>A change of an input.</summary>
/// <param name="Path">Where, such as <c>nodes[].region</c>; everything below it is meant too.</param>
/// <param name="When">Which changes.</param>
/// <param name="Note">The condition in words; empty where there is none.</param>
internal sealed partial record InputChange(string Path, When When = When.Changed, string Note = "")
{
    /// <summary>How many of a version's numbers count: 1 where only a major version does. Default: all.</summary>
    public int Numbers { get; init; } = int.MaxValue;

    /// <summary>
    /// The values that it had, of which it must have had one; null where any will do. A star at the end stands for whatever follows.
    /// </summary>
    public IReadOnlyList<string>? From { get; init; }

    /// <summary>The values that it gets, of which it must be one; null where any will do.</summary>
    public IReadOnlyList<string>? To { get; init; }

    /// <summary>What another input must be then; null where none matters.</summary>
    public InputIs? Given { get; init; }

    /// <summary>Any change at a path.</summary>
    public static implicit operator InputChange(string path) => new(path);

    /// <summary>Whether a value's change is one of these; null where nobody can tell from the two values.</summary>
    /// <param name="from">What it was; without a value where it was not given.</param>
    /// <param name="to">What it becomes; without a value where it is not given.</param>
    /// <param name="inputs">What the resource is given from then on.</param>
    public bool? Holds(JsonElement from, JsonElement to, JsonElement inputs)
    {
        if (Given?.Holds(inputs) == false || !IsOneOf(From, from) || !IsOneOf(To, to)) return false;
        return When switch
        {
            When.Changed => true,
            When.Decreased => IsLess(to, from, Numbers),
            When.Removed => IsGiven(from) && !IsGiven(to),
            When.Renamed => IsGiven(from) && IsGiven(to) && Words(from) != Words(to),
            When.Exchanged => IsGiven(from),
            When.Narrowed => IsNarrowed(from, to),
            _ => null,
        };
    }

    private static bool IsOneOf(IReadOnlyList<string>? values, JsonElement value) =>
        values is null || (value.ValueKind != JsonValueKind.Undefined && values.Any(known => Is(known, value.ToString())));

    private static bool Is(string known, string value) =>
        known.EndsWith('*') ? value.StartsWith(known[..^1], StringComparison.Ordinal) : value == known;

    private static bool? IsNarrowed(JsonElement from, JsonElement to)
    {
        if (!IPNetwork.TryParse(from.ToString(), out var before) || !IPNetwork.TryParse(to.ToString(), out var after)) return null;
        return before.PrefixLength < after.PrefixLength || !after.Contains(before.BaseAddress);
    }

    private static bool IsGiven(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.String => value.GetString()!.Length > 0,
        _ => true,
    };

    private static bool? IsLess(JsonElement value, JsonElement than, int numbers)
    {
        if (!IsGiven(value) || !IsGiven(than)) return false;
        List<decimal> left = [.. NumbersIn(value).Take(numbers)], right = [.. NumbersIn(than).Take(numbers)];
        if (left.Count == 0 || right.Count == 0) return null;
        for (var index = 0; index < Math.Min(left.Count, right.Count); index++)
        {
            if (left[index] != right[index]) return left[index] < right[index];
        }

        // 7 against 7.1: which of 7 is meant, only the cloud knows.
        return left.Count == right.Count ? false : null;
    }

    private static string Words(JsonElement value) => string.Concat(value.ToString().Where(char.IsLetter)).ToUpperInvariant();

    private static List<decimal> NumbersIn(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
            ? [number]
            : [.. Digits().Matches(value.ToString()).Select(digits => decimal.Parse(digits.Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"\d{1,20}")]
    private static partial Regex Digits();
}

/// <summary>What an input must be for the change of another one to count.</summary>
/// <param name="Input">Which, such as <c>settings.diskAutoresize</c>.</param>
/// <param name="Values">
/// What it may be; an empty text stands for an input that is not given, and <see cref="Given"/> for whatever is.
/// </param>
internal sealed record InputIs(string Input, params IReadOnlyList<string> Values)
{
    /// <summary>Any value.</summary>
    public const string Given = "*";

    /// <summary>Whether it is.</summary>
    public bool Holds(JsonElement inputs)
    {
        foreach (var step in Input.Split('.'))
            inputs = inputs.ValueKind == JsonValueKind.Object && inputs.TryGetProperty(step, out var value) ? value : default;
        var isGiven = inputs.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
        return (isGiven && Values.Contains(Given))
            || Values.Contains(isGiven ? inputs.ToString() : "", StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>Changes of inputs that have the same effect.</summary>
internal sealed partial class InputChanges : IEnumerable<InputChange>
{
    private readonly List<InputChange> _changes = [];

    /// <summary>Adds a change.</summary>
    public void Add(InputChange change) => _changes.Add(change);

    /// <summary>
    /// What is known of a change at a path of a plan, such as <c>settings.tier</c> or <c>nodes[0].region</c>; null when it has not this
    /// effect. A change of something larger, such as <c>nodes[1]</c> that is new, is taken to change everything in it. Where several are
    /// known, it is the one with the fewest conditions.
    /// </summary>
    public InputChange? Of(string path) => All(path).FirstOrDefault();

    /// <summary>
    /// The same of a change whose values are known: the first that it is one of, and whether that is certain; null when it is none.
    /// </summary>
    public (InputChange Change, bool IsCertain)? Of(string path, JsonElement from, JsonElement to, JsonElement inputs) => All(path)
        .Select(change => (Change: change, Holds: change.Holds(from, to, inputs)))
        .Where(known => known.Holds != false)
        .Select(known => ((InputChange, bool)?)(known.Change, known.Holds == true))
        .FirstOrDefault();

    /// <inheritdoc/>
    public IEnumerator<InputChange> GetEnumerator() => _changes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<InputChange> All(string path)
    {
        var changed = Index().Replace(path, "[]");
        return _changes.Where(change => Holds(change.Path, changed) || Holds(changed, change.Path)).OrderBy(change => change.When);
    }

    private static bool Holds(string outer, string inner) =>
        inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || inner[outer.Length] is '.' or '[');

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}
