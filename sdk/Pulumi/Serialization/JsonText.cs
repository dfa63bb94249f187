using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Pulumi.Serialization;

/// <summary>Wire values as JSON text, laid out as Pulumi lays it out: <c>{ "key": [ 1, true ] }</c>, keys in order.</summary>
internal static class JsonText
{
    /// <summary>An argument whose wire form is JSON text.</summary>
    public static Output<string> From(object value, string context)
    {
        return value is IInput input
            ? input.ToOutput().UntypedApply(resolved => Output.Create(WriteAsync(resolved)))
            : Output.Create(WriteAsync(value));

        async Task<string> WriteAsync(object? resolved)
        {
            var text = new StringBuilder();
            Write(text, await new Serializer(keepResources: false).SerializeAsync(resolved, context).ConfigureAwait(false));
            return text.ToString();
        }
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool truth:
                text.Append(truth ? "true" : "false");
                break;
            case double number:
                text.Append(double.IsFinite(number)
                    ? number.ToString("r", CultureInfo.InvariantCulture)
                    : $"\"{number.ToString(CultureInfo.InvariantCulture)}\"");
                break;
            case string words:
                Write(text, words);
                break;
            case ImmutableArray<object?> list:
                WriteAll(text, "[ ", list, " ]", (element, _) => Write(text, element));
                break;
            case ImmutableDictionary<string, object?> map:
                WriteAll(text, "{ ", map.OrderBy(entry => entry.Key, StringComparer.Ordinal), " }", (entry, _) =>
                {
                    Write(text, entry.Key);
                    text.Append(": ");
                    Write(text, entry.Value);
                });
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder text, string open, IEnumerable<T> items, string close, Action<T, int> write)
    {
        text.Append(open);
        var count = 0;
        foreach (var item in items)
        {
            text.Append(count == 0 ? "" : ", ");
            write(item, count++);
        }

        // An empty list reads "[ ]", with one blank.
        text.Append(count == 0 ? close[1..] : close);
    }

    private static void Write(StringBuilder text, string words)
    {
        text.Append('"');
        foreach (var c in words)
        {
            var escaped = c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '<' or '>' or < ' ' or (>= '\u007f' and < '\u00a0') or '\u00ad' or (>= '\u200b' and <= '\u200f')
                    or (>= '\u2028' and <= '\u202e') or (>= '\u2060' and <= '\u2064') or (>= '\u206a' and <= '\u206f') or '\ufeff'
                    => $"\\u{(int)c:x4}",
                _ => null,
            };
            _ = escaped == null ? text.Append(c) : text.Append(escaped);
        }

        text.Append('"');
    }
}
