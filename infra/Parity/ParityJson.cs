using System.Text.Json;

namespace Infra.Parity;

/// <summary>Writes a parity table as JSON.</summary>
internal static class ParityJson
{
    /// <summary>Writes one document.</summary>
    public static void Write(ParityTable table, Stream stream) => JsonText.Write(stream, json =>
    {
        json.WriteObjects("clouds", table.Clouds, cloud =>
        {
            json.WriteString("name", cloud.Name);
            json.WriteBoolean("hasBuilder", cloud.HasBuilder);
        });
        json.WriteObjects("components", table.Components, component =>
        {
            json.WriteString("kind", component.Kind);
            json.WriteObjects("clouds", component.Clouds, entry => Write(entry, json));
        });
    });

    private static void Write(ParityEntry entry, Utf8JsonWriter json)
    {
        json.WriteString("cloud", entry.Cloud);
        json.WriteString("backing", entry.Backing);
        json.WriteString("product", entry.Product);
        json.WriteString("reason", entry.Reason);
        json.WriteString("remark", entry.Remark);
        json.WriteTexts("alternatives", entry.Alternatives);
    }
}
