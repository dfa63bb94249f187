using System.Text.Json;
using Infra.Components.Checks;
using Infra.Facts;
using Infra.Schemas;

namespace Infra.Plans.Rules;

/// <summary>
/// No two objects have one name where the cloud, or a cluster's namespace, can hold it once: those that the code names, and those that
/// operators make of them. What Pulumi names by itself has digits of its own.
/// </summary>
internal static class ObjectNames
{
    private static readonly Rule Unique = Rule.Error("object-name", "Every object has its name to itself");

    // What a name is unique within, where that is less than the account.
    private static readonly string[] Scopes =
    [
        "cluster", "clusterId", "database", "databaseId", "dnsZone", "instance", "instanceId", "keyRing", "location", "managedZone",
        "namespaceId", "network", "region", "role", "secret", "user", "zone", "zoneId",
    ];

    public static IEnumerable<Finding> Check(Plan plan)
    {
        var taken =
            from resource in plan.Resources
            where resource is { IsProvider: false, IsCustom: true, IsRegistered: true }
            from name in NamesOf(resource)
            group resource by name into holders
            where holders.Count() > 1
            select holders;
        foreach (var holders in taken)
        {
            // Resources of one URN are told as such.
            if (holders.DistinctBy(holder => holder.Urn).Count() < 2) continue;
            var components = holders.Select(holder => holder.Component).OfType<string>().Distinct().ToList();
            var whose = string.Join(" and ", components.Select(component => $"'{component}'"));
            var change = components.Count > 1 ? "one of them" : "it";
            yield return new(
                Severity.Error,
                Unique,
                components.LastOrDefault(),
                $"{holders.Key.Kind} '{holders.Key.Name}' would stand twice{Place(holders.Key.Place)}, for {whose}; allowed: names of "
                + $"components of which nothing is built that has the name of something else. Rename {change}.");
        }
    }

    private static IEnumerable<Taken> NamesOf(PlannedResource resource)
    {
        if (FactTables.Of(resource.Type) is not { } facts || (facts.Name is null && facts.Derives is null)) yield break;
        var place = resource.Package == "kubernetes" ? Namespace(resource.Inputs) : Scope(resource.Inputs);
        var kind = resource.Package == "kubernetes" ? resource.TypeName : resource.Type;
        if (facts.Name is { } rule && PhysicalNames.Given(resource.Inputs, rule.Property) is { } name && !Unknown.Is(name))
            yield return new(resource.Provider, place, kind, name);
        foreach (var derived in facts.Derives?.Invoke(resource.Inputs) ?? [])
            yield return new(resource.Provider, place, derived.Kind, derived.Name);
    }

    private static string Place(string place) => place.Length == 0 ? "" : $" in {place}";

    private static string Namespace(JsonElement inputs) =>
        PhysicalNames.Given(inputs, "metadata.namespace") ?? PhysicalNames.Given(inputs, "namespace") ?? "";

    private static string Scope(JsonElement inputs) =>
        string.Join(", ", Scopes.Select(scope => PhysicalNames.Given(inputs, scope)).OfType<string>());

    // A class: grouping by what is no reference is compiled anew at every start of the program.
    private sealed record Taken(string? Provider, string Place, string Kind, string Name);
}
