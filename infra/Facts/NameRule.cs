using System.Text.RegularExpressions;

namespace Infra.Facts;

/// <summary>What a cloud accepts as a name.</summary>
/// <param name="Property">The input that holds the name.</param>
/// <param name="Length">The most characters.</param>
/// <param name="Pattern">What it looks like.</param>
/// <param name="Words">The same in words, behind "at most so many characters".</param>
internal sealed record NameRule(string Property, int Length, Regex Pattern, string Words)
{
    /// <summary>Whether the cloud accepts a name.</summary>
    public bool Accepts(string name) => name.Length <= Length && Pattern.IsMatch(name);
}
