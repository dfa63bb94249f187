using System.Globalization;

namespace Infra.Rehearsals;

/// <summary>
/// What is known of an input beside its value: whether it is a secret, and where it comes from. Most inputs have nothing to tell and none.
/// </summary>
internal sealed class Provenance
{
    /// <summary>Whether the value, or everything inside it, is a secret.</summary>
    public bool IsSecret { get; set; }

    /// <summary>The resources that the value was computed from.</summary>
    public IReadOnlyList<RecordedResource> Sources { get; set; } = [];

    /// <summary>The provenance of what is inside it, by wire name, map key or index.</summary>
    public Dictionary<string, Provenance> Inside { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether anything in it is a secret.</summary>
    public bool HoldsSecret => IsSecret || Inside.Values.Any(inside => inside.HoldsSecret);

    /// <summary>The provenance of a member; null when it has none.</summary>
    public Provenance? At(string member) => Inside.GetValueOrDefault(member);

    /// <summary>The key of a list's element.</summary>
    public static string Key(int index) => index.ToString(CultureInfo.InvariantCulture);
}
