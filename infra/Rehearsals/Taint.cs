using System.Globalization;

namespace Infra.Rehearsals;

/// <summary>What is known of an input beside its value; most inputs have nothing to tell and no taint.</summary>
internal sealed class Taint
{
    /// <summary>Whether the value, or everything inside it, is a secret.</summary>
    public bool IsSecret { get; set; }

    /// <summary>The resources that the value was computed from.</summary>
    public IReadOnlyList<RecordedResource> Sources { get; set; } = [];

    /// <summary>The taints inside it, by wire name, map key or index.</summary>
    public Dictionary<string, Taint> Inside { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether anything in it is a secret.</summary>
    public bool HoldsSecret => IsSecret || Inside.Values.Any(inside => inside.HoldsSecret);

    /// <summary>The taint of a member; null when it has none.</summary>
    public Taint? At(string member) => Inside.GetValueOrDefault(member);

    /// <summary>The key of a list's element.</summary>
    public static string Key(int index) => index.ToString(CultureInfo.InvariantCulture);
}
