using System.Text.Json;
using Infra.Components.Checks;
using Infra.Schemas;

namespace Infra.Plans.Rules;

/// <summary>
/// What is sent is accepted by what it is sent to: objects by the version of Kubernetes or of the operator, resources by the provider, and
/// values by the chart.
/// </summary>
internal static class AcceptedInputs
{
    private static readonly Rule Known = Rule.Error("input-unknown", "Inputs are fields that their receiver knows");
    private static readonly Rule Typed = Rule.Error("input-type", "Inputs have the types that their receiver expects");
    private static readonly Rule Given = Rule.Error("input-required", "Inputs that their receiver requires are given");
    private static readonly Rule Valid = Rule.Error("input-value", "Inputs have values that their receiver accepts");
    private static readonly Rule Agreed = Rule.Error("input-conflict", "Inputs do not contradict each other");
    private static readonly Rule Published = Rule.Error("chart-version", "Charts are installed in versions that are published");

    private const string Release = "kubernetes:helm.sh/v3:Release";

    public static IEnumerable<Finding> Check(Plan plan) =>
        from resource in plan.Resources
        where resource is { IsProvider: false, IsCustom: true, IsRegistered: true }
        from finding in resource.Type == Release ? CheckRelease(resource) : CheckResource(resource)
        select finding;

    private static IEnumerable<Finding> CheckResource(PlannedResource resource)
    {
        var told = new List<SchemaBreach>();
        foreach (var known in SchemaFiles.OfType(resource.Type))
        {
            foreach (var breach in SchemaCheck.Of(resource.Inputs, known.Schema))
            {
                // A type that is wrong is wrong for every schema.
                if (told.Exists(other => Same(other, breach))) continue;
                told.Add(breach);
                yield return Finding(resource, breach, "", known.Source);
            }
        }
    }

    private static bool Same(SchemaBreach one, SchemaBreach other) =>
        one.Kind == other.Kind && one.Path == other.Path && one.Allowed == other.Allowed;

    private static IEnumerable<Finding> CheckRelease(PlannedResource resource)
    {
        var chart = Text(resource.Inputs, "chart").Split('/')[^1];
        if (SchemaFiles.OfChart(chart) is not { } known) yield break;

        var version = Text(resource.Inputs, "version");
        if (!known.Published.Contains(version))
        {
            yield return new(
                Severity.Error,
                Published,
                resource.Component,
                $"version of {resource.Urn} is '{version}', which is not published of the chart '{chart}' (as of {known.Read}); "
                + $"allowed: {string.Join(", ", known.Published)}. Choose one of them.");
        }

        if (!resource.Inputs.TryGetProperty("values", out var values) || known.Resource("values") is not { } schema) yield break;
        foreach (var breach in SchemaCheck.Of(values, schema))
            yield return Finding(resource, breach, "values", $"{known.Source}, read {known.Read}");
    }

    private static Finding Finding(PlannedResource resource, SchemaBreach breach, string around, string source)
    {
        var path = string.Join('.', new[] { around, breach.Path }.Where(part => part.Length > 0));
        return new(
            Severity.Error,
            breach.Kind switch
            {
                BreachKind.Unknown => Known,
                BreachKind.Type => Typed,
                BreachKind.Missing => Given,
                BreachKind.Value => Valid,
                BreachKind.Conflict => Agreed,
                _ => throw new ArgumentOutOfRangeException(nameof(breach), breach.Kind, "not a kind of breach"),
            },
            resource.Component,
            $"{(path.Length == 0 ? resource.Urn : $"{path} of {resource.Urn}")} {breach.What} ({source}); "
            + $"allowed: {breach.Allowed.TrimEnd('.')}. {breach.Change}.");
    }

    private static string Text(JsonElement inputs, string name) =>
        inputs.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
