using System.Globalization;

namespace Infra.Components.Systems;

/// <summary>What a plan shows of a component's arguments: what it costs, and what it withstands.</summary>
/// <param name="What">What was decided, such as <c>backups</c>.</param>
/// <param name="Value">How, such as <c>30 days</c>.</param>
/// <param name="Usual">What is usual in production, where that is more than <paramref name="Value"/> promises; otherwise null.</param>
public sealed record Decision(string What, string Value, string? Usual = null)
{
    /// <summary>A size.</summary>
    public static Decision Of(Size size) => new("size", Word(size));

    /// <summary>A switch of which production has less when it is off.</summary>
    public static Decision Promise(string what, bool on) => new(what, on ? "on" : "off", on ? null : "on");

    /// <summary>A number of which production has less when it is smaller than usual.</summary>
    public static Decision Promise(string what, int value, int usual, string unit) =>
        new(what, Counted(value, unit), value < usual ? Counted(usual, unit) : null);

    /// <summary>A number with its unit, which is in the plural.</summary>
    public static string Counted(int value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value} {(value == 1 ? unit.TrimEnd('s') : unit)}");

    /// <summary>A choice as a stack file spells it.</summary>
    public static string Word(Enum choice) => choice.ToString().ToLowerInvariant();
}
