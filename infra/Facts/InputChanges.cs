using System.Collections;
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

    /// <summary>Under the condition that the note tells.</summary>
    Sometimes,
}

/// <summary>A change of an input.</summary>
/// <param name="Path">Where, such as <c>nodes[].region</c>; everything below it is meant too.</param>
/// <param name="When">Which changes.</param>
/// <param name="Note">The condition in words; empty where there is none.</param>
internal sealed record InputChange(string Path, When When = When.Changed, string Note = "")
{
    /// <summary>Any change at a path.</summary>
    public static implicit operator InputChange(string path) => new(path);
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
    public InputChange? Of(string path)
    {
        var changed = Index().Replace(path, "[]");
        return _changes
            .Where(change => Holds(change.Path, changed) || Holds(changed, change.Path))
            .OrderBy(change => change.When)
            .FirstOrDefault();
    }

    /// <inheritdoc/>
    public IEnumerator<InputChange> GetEnumerator() => _changes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool Holds(string outer, string inner) =>
        inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || inner[outer.Length] is '.' or '[');

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}
