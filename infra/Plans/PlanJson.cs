using System.Text.Encodings.Web;
using System.Text.Json;
using Infra.Components.Clouds;
using Infra.Components.Placements;

namespace Infra.Plans;

/// <summary>Writes a plan as JSON: the same bytes for the same plan.</summary>
public static class PlanJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a plan.</summary>
    public static void Write(Plan plan, Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream, Options);
        writer.WriteStartObject();
        writer.WriteString("stack", plan.Stack);
        writer.WriteString("system", plan.System);
        writer.WriteString("environment", plan.Environment);
        writer.WriteString("location", plan.Location);
        writer.WriteStartObject("placement");
        foreach (var (component, cloud) in plan.Placement) writer.WriteString(component, cloud.Name());
        writer.WriteEndObject();

        writer.WriteStartArray("components");
        foreach (var component in plan.Components) Write(component, writer);
        writer.WriteEndArray();

        writer.WriteStartArray("resources");
        foreach (var resource in plan.Resources) Write(resource, writer);
        writer.WriteEndArray();

        writer.WriteStartArray("findings");
        foreach (var finding in plan.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
            writer.WriteString("rule", finding.Rule);
            writer.WriteString("component", finding.Component);
            writer.WriteString("message", finding.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Write(writer, "outputs", plan.Outputs);
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Write(PlannedComponent component, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", component.Name);
        writer.WriteString("kind", component.Kind.ToString());
        writer.WriteString("cloud", component.Cloud.Name());
        writer.WriteString("state", component.State);
        writer.WriteString("backing", component.Backing.Name());
        writer.WriteString("runsOn", component.RunsOn);
        writer.WriteString("urn", component.Urn);
        Write(writer, "outputs", component.Outputs);
        writer.WriteEndObject();
    }

    private static void Write(PlannedResource resource, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", resource.Type);
        writer.WriteString("name", resource.Name);
        writer.WriteString("urn", resource.Urn);
        writer.WriteString("component", resource.Component);
        writer.WriteString("cloud", resource.Cloud?.Name());
        writer.WriteString("parent", resource.Parent);
        writer.WriteString("provider", resource.Provider);
        writer.WriteBoolean("protect", resource.Protect);
        Write(writer, "inputs", resource.Inputs);
        writer.WriteStartArray("dependsOn");
        foreach (var urn in resource.DependsOn) writer.WriteStringValue(urn);
        writer.WriteEndArray();
        writer.WriteStartArray("references");
        foreach (var reference in resource.References)
        {
            writer.WriteStartObject();
            writer.WriteString("path", reference.Path);
            writer.WriteString("to", reference.To);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }
}
