using System.Globalization;
using System.Text;

namespace Infra.Rehearsals;

/// <summary>
/// Stands in for values that exist only after a deployment. A text placeholder is letters and digits, so that it survives concatenation,
/// JSON, URLs and case changes; it holds the resource's and the output's number, so that it is found again without a table.
/// </summary>
internal sealed class Placeholders(Func<int, RecordedResource?> resourceAt)
{
    /// <summary>The length of a text placeholder.</summary>
    public const int Length = 12;

    private const string Mark = "ref";
    private const string EncodedMark = "cmVm";
    private const int EncodedLength = Length / 3 * 4;
    private const int FirstPort = 50000;
    private const int LastPort = 65535;
    private const int FirstNumber = 700_000_000;

    private readonly List<Found> _ports = [];
    private readonly List<Found> _numbers = [];

    /// <summary>A placeholder for a text output.</summary>
    public static string Text(RecordedResource resource, RecordedOutput output)
    {
        var bare = Bare(resource, resource.Add(output));
        return output is { Prefix.Length: 0, Suffix.Length: 0 } ? bare : output.Prefix + bare + output.Suffix;
    }

    /// <summary>A placeholder for a text output of which only the base64 form exists, such as certificate data.</summary>
    public static string Encoded(RecordedResource resource, RecordedOutput output) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(Bare(resource, resource.Add(output))));

    /// <summary>A placeholder for a number; ports are valid ports.</summary>
    public double Number(RecordedResource resource, RecordedOutput output)
    {
        var found = new Found(resource, resource.Add(output), 0, 0);
        if (output.Path.EndsWith("port", StringComparison.OrdinalIgnoreCase) && FirstPort + _ports.Count <= LastPort)
        {
            _ports.Add(found);
            return FirstPort + _ports.Count - 1;
        }

        _numbers.Add(found);
        return FirstNumber + _numbers.Count - 1;
    }

    /// <summary>The output for which a number stands; null when it is an ordinary number.</summary>
    public Found? OfNumber(double number)
    {
        if (number != Math.Floor(number)) return null;
        if (number >= FirstPort && number < FirstPort + _ports.Count) return _ports[(int)number - FirstPort];
        return number >= FirstNumber && number < FirstNumber + _numbers.Count ? _numbers[(int)number - FirstNumber] : null;
    }

    /// <summary>Whether a text may hold a placeholder: a quick look before the thorough one.</summary>
    public static bool MayBeIn(string text) =>
        text.Length >= Length
        && (text.Contains(Mark, StringComparison.OrdinalIgnoreCase) || text.Contains(EncodedMark, StringComparison.Ordinal));

    /// <summary>The text placeholders in a text, from left to right, with the format around them.</summary>
    public IEnumerable<Found> In(string text)
    {
        for (var from = 0; from <= text.Length - Length;)
        {
            var plain = text.IndexOf(Mark, from, StringComparison.OrdinalIgnoreCase);
            var encoded = text.IndexOf(EncodedMark, from, StringComparison.Ordinal);
            if (plain < 0 && encoded < 0) yield break;

            var at = plain < 0 || (encoded >= 0 && encoded < plain) ? encoded : plain;
            var found = at == plain ? Parse(text.AsSpan(at), at, Length) : Decode(text, at);
            if (found is null)
            {
                from = at + Mark.Length;
                continue;
            }

            var (start, end) = (found.Start, found.End);
            var output = found.Output;
            if (text.AsSpan(0, start).EndsWith(output.Prefix)) start -= output.Prefix.Length;
            if (text.AsSpan(end).StartsWith(output.Suffix)) end += output.Suffix.Length;
            yield return found with { Start = start, End = end };
            from = end;
        }
    }

    /// <summary>Numbers that stand for an output of one of the sources and are written in a text, such as a port in a URL.</summary>
    public IEnumerable<Found> NumbersIn(string text, IReadOnlyCollection<RecordedResource> sources)
    {
        if (_ports.Count + _numbers.Count == 0 || sources.Count == 0) yield break;
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at])) continue;
            var start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            if (at - start is not (5 or 9)) continue;
            var found = OfNumber(double.Parse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture));
            if (found is not null && sources.Contains(found.Resource)) yield return found with { Start = start, End = at };
        }
    }

    private static string Bare(RecordedResource resource, int output)
    {
        Span<char> token = stackalloc char[Length];
        Mark.CopyTo(token);
        Write(resource.Index, token[3..8]);
        token[8] = 'x';
        Write(output, token[9..]);
        return new(token);
    }

    private static void Write(int number, Span<char> digits)
    {
        for (var at = digits.Length - 1; at >= 0; at--)
        {
            digits[at] = (char)('0' + number % 10);
            number /= 10;
        }
    }

    private Found? Decode(string text, int at)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Span<char> token = stackalloc char[Length];
        if (at + EncodedLength > text.Length
            || !Convert.TryFromBase64Chars(text.AsSpan(at, EncodedLength), bytes, out var count)
            || count != Length)
        {
            return null;
        }

        Encoding.Latin1.GetChars(bytes, token);
        return Parse(token, at, EncodedLength);
    }

    private Found? Parse(ReadOnlySpan<char> token, int at, int length) =>
        token.Length >= Length
        && token[8] is 'x' or 'X'
        && int.TryParse(token[3..8], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && int.TryParse(token[9..Length], NumberStyles.None, CultureInfo.InvariantCulture, out var output)
        && resourceAt(index) is { } resource
        && output < resource.Outputs.Count
            ? new Found(resource, output, at, at + length)
            : null;

    /// <summary>A placeholder that was found.</summary>
    /// <param name="Resource">The resource whose output it stands for.</param>
    /// <param name="Number">The number of the output.</param>
    /// <param name="Start">Where it begins, its format included.</param>
    /// <param name="End">Behind its last character.</param>
    internal sealed record Found(RecordedResource Resource, int Number, int Start, int End)
    {
        /// <summary>The output.</summary>
        public RecordedOutput Output => Resource.Outputs[Number];
    }
}
