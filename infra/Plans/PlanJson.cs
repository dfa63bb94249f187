using System.Globalization;
using System.Text.Json;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Plans;

/// <summary>Writes a plan as JSON: the same bytes for the same plan.</summary>
public static class PlanJson
{
    /// <summary>Writes a plan.</summary>
    public static void Write(Plan plan, Stream stream) => JsonText.Write(stream, json =>
    {
        json.WriteString("stack", plan.Stack);
        json.WriteString("system", plan.System);
        json.WriteString("environment", plan.Environment);
        json.WriteString("location", plan.Location);
        json.WriteString("date", plan.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteStartObject("placement");
        foreach (var (component, cloud) in plan.Placement) json.WriteString(component, cloud.Name());
        json.WriteEndObject();
        json.WriteObjects("components", plan.Components, component => Write(component, json));
        json.WriteObjects("resources", plan.Resources, resource => Write(resource, json));
        json.WriteObjects("findings", plan.Findings, finding =>
        {
            json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
            json.WriteString("rule", finding.Rule.Id);
            json.WriteString("component", finding.Component);
            json.WriteString("message", finding.Message);
        });
        json.WriteElement("outputs", plan.Outputs);
    });

    private static void Write(PlannedComponent component, Utf8JsonWriter json)
    {
        json.WriteString("name", component.Name);
        json.WriteString("kind", component.Kind.Name);
        json.WriteString("cloud", component.Cloud.Name());
        json.WriteString("state", component.State);
        json.WriteString("backing", component.Backing.Name());
        json.WriteString("runsOn", component.RunsOn);
        json.WriteString("product", component.Product);
        json.WriteString("urn", component.Urn);
        json.WriteElement("arguments", component.Arguments);
        json.WriteElement("outputs", component.Outputs);
    }

    private static void Write(PlannedResource resource, Utf8JsonWriter json)
    {
        json.WriteString("type", resource.Type);
        json.WriteString("name", resource.Name);
        json.WriteString("urn", resource.Urn);
        json.WriteString("component", resource.Component);
        json.WriteString("cloud", resource.Cloud?.Name());
        json.WriteString("parent", resource.Parent);
        json.WriteString("provider", resource.Provider);
        json.WriteBoolean("protect", resource.Protect);
        json.WriteBoolean("retainOnDelete", resource.RetainOnDelete);
        json.WriteBoolean("deleteBeforeReplace", resource.DeleteBeforeReplace);
        json.WriteTexts("ignoreChanges", resource.IgnoreChanges);
        json.WriteTexts("replaceOnChanges", resource.ReplaceOnChanges);
        json.WriteStartObject("customTimeouts");
        foreach (var (operation, patience) in resource.CustomTimeouts) json.WriteString(operation, patience);
        json.WriteEndObject();
        json.WriteTexts("aliases", resource.Aliases);
        json.WriteElement("inputs", resource.Inputs);
        json.WriteTexts("dependsOn", resource.DependsOn);
        json.WriteObjects("references", resource.References, reference =>
        {
            json.WriteString("path", reference.Path);
            json.WriteString("to", reference.To);
        });
    }
}
