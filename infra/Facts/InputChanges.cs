using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Infra.Facts;

/// <summary>When a change of an input counts.</summary>
internal enum When
{
    /// <summary>Whenever it changes.</summary>
    Changed,

    /// <summary>When it becomes less: a smaller number, an older version.</summary>
    Decreased,

    /// <summary>When it had a value, or was on, and no longer is.</summary>
    Removed,

    /// <summary>When it becomes another thing rather than another measure of it: not its numbers change, but its words.</summary>
    Renamed,

    /// <summary>Under the condition that the note tells.</summary>
    Sometimes,
}

/// <summary>A change of an input.</summary>
/// <param name="Path">Where, such as <c>nodes[].region</c>; everything below it is meant too.</param>
/// <param name="When">Which changes.</param>
/// <param name="Note">The condition in words; empty where there is none.</param>
internal sealed partial record InputChange(string Path, When When = When.Changed, string Note = "")
{
    /// <summary>Any change at a path.</summary>
    public static implicit operator InputChange(string path) => new(path);

    /// <summary>Whether a value's change is one of these; null where nobody can tell from the two values.</summary>
    /// <param name="from">What it was; without a value where it was not given.</param>
    /// <param name="to">What it becomes; without a value where it is not given.</param>
    public bool? Holds(JsonElement from, JsonElement to) => When switch
    {
        When.Changed => true,
        When.Decreased => IsLess(to, from),
        When.Removed => IsGiven(from) && !IsGiven(to),
        When.Renamed => IsGiven(from) && IsGiven(to) && Words(from) != Words(to),
        _ => null,
    };

    private static bool IsGiven(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.String => value.GetString()!.Length > 0,
        _ => true,
    };

    private static bool? IsLess(JsonElement value, JsonElement than)
    {
        if (!IsGiven(value) || !IsGiven(than)) return false;
        var (left, right) = (Numbers(value), Numbers(than));
        if (left.Count == 0 || right.Count == 0) return null;
        for (var index = 0; index < Math.Min(left.Count, right.Count); index++)
        {
            if (left[index] != right[index]) return left[index] < right[index];
        }

        // 7 against 7.1: which of 7 is meant, only the cloud knows.
        return left.Count == right.Count ? false : null;
    }

    private static string Words(JsonElement value) => string.Concat(value.ToString().Where(char.IsLetter)).ToUpperInvariant();

    private static List<decimal> Numbers(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
            ? [number]
            : [.. Digits().Matches(value.ToString()).Select(digits => decimal.Parse(digits.Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"\d{1,20}")]
    private static partial Regex Digits();
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
    public (InputChange Change, bool IsCertain)? Of(string path, JsonElement from, JsonElement to) => All(path)
        .Select(change => (Change: change, Holds: change.Holds(from, to)))
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
