using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Infra.Components.Checks;

namespace Infra;

/// <summary>
/// JSON as every command writes it: indented, with text as it is but for what a reader would not see (<see cref="Printable"/>), the same
/// bytes for the same content.
/// </summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a document that is one object.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="members">Writes the object's members.</param>
    public static void Write(Stream stream, Action<Utf8JsonWriter> members)
    {
        using var document = new MemoryStream();
        using (var json = new Utf8JsonWriter(document, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        WriteVisible(document.GetBuffer().AsSpan(0, (int)document.Length), stream);
        stream.WriteByte((byte)'\n');
    }

    // The encoder leaves marks of direction as they are, wherever they stand. Outside of texts there are none: there, all is ASCII.
    private static void WriteVisible(ReadOnlySpan<byte> json, Stream stream)
    {
        while (json.IndexOfAnyExceptInRange((byte)0, (byte)0x7f) is >= 0 and var at)
        {
            Rune.DecodeFromUtf8(json[at..], out var rune, out var length);
            stream.Write(json[..at]);
            stream.Write(Printable.IsHidden(rune) ? Escape(rune) : json.Slice(at, length));
            json = json[(at + length)..];
        }

        stream.Write(json);
    }

    private static byte[] Escape(Rune rune) => Encoding.ASCII.GetBytes(
        string.Concat(rune.ToString().Select(unit => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}"))));

    /// <summary>Writes a member that is a list of objects.</summary>
    /// <param name="json">The document.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="items">What the objects are about.</param>
    /// <param name="members">Writes an object's members.</param>
    public static void WriteObjects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> members)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            members(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a member that is a list of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>Writes a member that is JSON already.</summary>
    public static void WriteElement(this Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        value.WriteTo(json);
    }
}
