using System.Text.Json;

namespace Infra.Changes;

/// <summary>Writes what changes as JSON: the same bytes for the same change.</summary>
internal static class ChangesJson
{
    /// <summary>Writes it.</summary>
    public static void Write(PlanChanges changes, Stream stream) => JsonText.Write(stream, json =>
    {
        json.WriteString("stack", changes.Stack);
        json.WriteString("from", changes.From);
        json.WriteString("to", changes.To);
        json.WriteString("effect", changes.Effect.Name());
        json.WriteBoolean("safe", changes.Safe);
        json.WriteObjects("components", changes.Components, component =>
        {
            json.WriteString("name", component.Name);
            json.WriteString("kind", component.Kind);
            json.WriteString("cloud", component.Cloud);
            json.WriteString("effect", component.Effect.Name());
            json.WriteString("loses", component.Loses);
            json.WriteObjects("arguments", component.Arguments, argument => Write(argument, json));
            json.WriteObjects("resources", component.Resources, resource => Write(resource, json));
        });
        json.WriteObjects("findings", changes.Findings, finding =>
        {
            json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
            json.WriteString("rule", finding.Rule.Id);
            json.WriteString("component", finding.Component);
            json.WriteString("message", finding.Message);
        });
    });

    private static void Write(ResourceChange resource, Utf8JsonWriter json)
    {
        json.WriteString("type", resource.Type);
        json.WriteString("name", resource.Name);
        json.WriteString("urn", resource.Urn);
        json.WriteString("operation", resource.Operation.Name());
        json.WriteString("effect", resource.Effect.Name());
        if (resource.DeletedFirst is { } deletedFirst) json.WriteBoolean("deletedFirst", deletedFirst);
        else json.WriteNull("deletedFirst");
        json.WriteString("condition", resource.Condition);
        json.WriteString("remark", resource.Remark);
        json.WriteObjects("inputs", resource.Inputs, input => Write(input, json));
    }

    private static void Write(Difference difference, Utf8JsonWriter json)
    {
        json.WriteString("path", difference.Path);
        Write("from", difference.From, json);
        Write("to", difference.To, json);
        json.WriteBoolean("secret", difference.Secret);
        json.WriteString("effect", difference.Effect?.Name());
        json.WriteString("note", difference.Note);
    }

    private static void Write(string name, JsonElement? value, Utf8JsonWriter json)
    {
        if (value is { } given) json.WriteElement(name, given);
        else json.WriteNull(name);
    }
}
