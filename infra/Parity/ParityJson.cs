using System.Text.Encodings.Web;
using System.Text.Json;

namespace Infra.Parity;

/// <summary>Writes a parity table as JSON.</summary>
internal static class ParityJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one document.</summary>
    public static void Write(ParityTable table, Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream, Options);
        writer.WriteStartObject();
        writer.WriteStartArray("clouds");
        foreach (var cloud in table.Clouds)
        {
            writer.WriteStartObject();
            writer.WriteString("name", cloud.Name);
            writer.WriteBoolean("hasBuilder", cloud.HasBuilder);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("components");
        foreach (var component in table.Components)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", component.Kind);
            writer.WriteStartArray("clouds");
            foreach (var entry in component.Clouds) Write(entry, writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Write(ParityEntry entry, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("cloud", entry.Cloud);
        writer.WriteString("backing", entry.Backing);
        writer.WriteString("product", entry.Product);
        writer.WriteString("reason", entry.Reason);
        writer.WriteString("remark", entry.Remark);
        writer.WriteStartArray("alternatives");
        foreach (var alternative in entry.Alternatives) writer.WriteStringValue(alternative);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
