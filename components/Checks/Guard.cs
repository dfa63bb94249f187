using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Infra.Components.Checks;

/// <summary>
/// Checks the arguments of one component. Each check says what it received, what is allowed and what to change; none throws.
/// </summary>
/// <param name="findings">Where findings go.</param>
/// <param name="component">The component whose arguments are checked.</param>
/// <param name="rule">The rule that a value which is not allowed breaks.</param>
public sealed class Guard(Findings findings, string component, Rule rule)
{
    /// <summary>The component whose arguments are checked.</summary>
    public string Component => component;

    /// <summary>Requires a number between two bounds, both allowed.</summary>
    public void InRange<T>(string argument, T value, T minimum, T maximum, string unit = "")
        where T : INumber<T>
    {
        if (value >= minimum && value <= maximum) return;
        Refuse(
            argument,
            value,
            string.Create(CultureInfo.InvariantCulture, $"{minimum} to {maximum}{(unit.Length == 0 ? "" : " " + unit)}"));
    }

    /// <summary>Requires one of a few values.</summary>
    public void OneOf<T>(string argument, T value, params IEnumerable<T> allowed)
    {
        var values = allowed.ToList();
        if (!values.Contains(value)) Refuse(argument, value, string.Join(", ", values));
    }

    /// <summary>Requires text of a form that <paramref name="allowed"/> says in words.</summary>
    public void Matches(string argument, string? value, Regex pattern, string allowed)
    {
        if (value is null || !pattern.IsMatch(value)) Refuse(argument, value is null ? "nothing" : $"'{value}'", allowed);
    }

    /// <summary>Requires a condition; otherwise reports the value received, the values allowed and what to change.</summary>
    public void Require(bool condition, string argument, object? received, string allowed, string? change = null)
    {
        if (!condition) Refuse(argument, received, allowed, change);
    }

    /// <summary>Reports a value that is not allowed.</summary>
    public void Refuse(string argument, object? received, string allowed, string? change = null) => findings.Report(
        rule,
        component,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{argument} is {received ?? "nothing"}; allowed: {allowed}. {change ?? $"Change {argument}"}."));
}
