using System.Globalization;
using System.Text.Json;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Migrations;

/// <summary>Writes where a stack stands on its way to another cloud as JSON.</summary>
internal static class ProgressJson
{
    /// <summary>Writes one document.</summary>
    public static void Write(MigrationProgress progress, Stream stream) => JsonText.Write(stream, json =>
    {
        json.WriteString("stack", progress.Stack);
        json.WriteString("to", progress.To?.Name());
        json.WriteBoolean("complete", progress.IsComplete);
        json.WriteObjects("components", progress.Components, component => Write(component, json));
    });

    private static void Write(ComponentProgress component, Utf8JsonWriter json)
    {
        json.WriteString("name", component.Component.Name);
        json.WriteString("kind", component.Component.Kind.Name);
        json.WriteString("from", component.From);
        json.WriteString("state", component.State is { } state ? MigrationEntry.NameOf(state) : null);
        if (component is { IsShared: true, History.Last: { State: MigrationState.Activated } last })
            json.WriteNumber("percent", last.Percent ?? 100);
        else
            json.WriteNull("percent");
        json.WriteString("since", component.History?.Last.Time);
        json.WriteTexts("history", component.History?.History.Select(entry => $"{entry}") ?? []);
        json.WriteString("way", component.Way?.Name);
        json.WriteString("rollback", $"{component.Rollback}");
        json.WriteObjects("next", component.Next, step =>
        {
            json.WriteString("state", MigrationEntry.NameOf(step.State));
            json.WriteString("notBefore", step.NotBefore?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture));
            json.WriteString("rollback", $"{component.RollbackIn(step.State)}");
        });
    }
}
