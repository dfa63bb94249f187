using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infra.Settings;

/// <summary>
/// What the engine makes of a value that stands in a stack file without quotes. Pulumi reads the file by gopkg.in/yaml.v3, writes what it
/// understood and reads that again: 1.10 becomes 1.1, and a date a point in time.
/// </summary>
/// <remarks>
/// Read off <c>resolve.go</c> of yaml.v3 3.0.1, and <c>resource/config/object.go</c> and <c>workspace/loaders.go</c> of pulumi/pulumi in
/// November 2026.
/// </remarks>
/// <param name="Value">The value; null for nothing.</param>
/// <param name="ReadAs">What the engine makes of it where that differs from what is written; null where it does not.</param>
internal readonly partial record struct PlainScalar(JsonNode? Value, string? ReadAs)
{
    /// <summary>Whether the engine reads it as a text, and the same one.</summary>
    public bool IsText => ReadAs is null && Value?.GetValueKind() == System.Text.Json.JsonValueKind.String;

    /// <summary>Reads a value.</summary>
    public static PlainScalar Read(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return new(null, null);
            case "true" or "True" or "TRUE":
                return As(text, true, "true");
            case "false" or "False" or "FALSE":
                return As(text, false, "false");
            case ".nan" or ".NaN" or ".NAN" or ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF":
                return new(JsonValue.Create(text), "a number that JSON does not have");
        }

        if (!(char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.')) return new(JsonValue.Create(text), null);
        if (PointInTime().IsMatch(text)) return new(JsonValue.Create(text), "a point in time");
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        if (Whole(digits) is { } whole) return As(text, JsonNode.Parse(whole), whole);
        return Fraction().IsMatch(digits)
            && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            && number.ToString("R", CultureInfo.InvariantCulture) is var written
            ? As(text, JsonNode.Parse(written), written)
            : new(JsonValue.Create(text), null);
    }

    private static PlainScalar As(string text, JsonNode? value, string read) => new(value, read == text ? null : read);

    // Whole numbers of up to 64 bits, in any of the bases that YAML had over the years: a zero in front makes it octal.
    private static string? Whole(string digits)
    {
        if (Number().Match(digits) is not { Success: true } match) return null;
        var (shift, figures) =
            match.Groups["hex"] is { Success: true } hex ? (4, hex.Value)
            : match.Groups["octal"] is { Success: true } octal ? (3, octal.Value)
            : match.Groups["binary"] is { Success: true } binary ? (1, binary.Value)
            : (0, match.Groups["decimal"].Value);
        // Far beyond 64 bits: computing it would take its time.
        if (figures.Length > 64) return null;
        var magnitude = shift == 0
            ? BigInteger.Parse(figures, CultureInfo.InvariantCulture)
            : figures.Aggregate(BigInteger.Zero, (sum, figure) => (sum << shift) + Convert.ToInt32(figure.ToString(), 16));
        var value = match.Groups["sign"].Value == "-" ? -magnitude : magnitude;
        var isUnsigned = match.Groups["sign"].Length == 0 && value <= ulong.MaxValue;
        return (value >= long.MinValue && value <= long.MaxValue) || isUnsigned ? value.ToString(CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(
        @"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})"
        + @"| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)?)?\z")]
    private static partial Regex PointInTime();

    [GeneratedRegex(
        @"^(?<sign>[-+]?)(0[xX](?<hex>[0-9a-fA-F]+)|0[oO]?(?<octal>[0-7]+)|0[bB](?<binary>[01]+)|(?<decimal>0|[1-9][0-9]*))\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Fraction();
}
