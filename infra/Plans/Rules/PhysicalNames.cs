using System.Text.Json;
using Infra.Components.Checks;
using Infra.Facts;
using Infra.Schemas;

namespace Infra.Plans.Rules;

/// <summary>
/// The cloud accepts the name of every resource. Where the code gives none, Pulumi appends a hyphen and random characters to the logical
/// name; names that hold an output are known too late to be checked.
/// </summary>
internal static class PhysicalNames
{
    private static readonly Rule Accepted = Rule.Error("physical-name", "Clouds accept the names of resources");

    private const string Suffix = "-0123456";
    private const string KubernetesSuffix = "-01234567";

    public static IEnumerable<Finding> Check(Plan plan) =>
        from resource in plan.Resources
        where resource is { IsProvider: false, IsCustom: true, IsRegistered: true }
        let rule = FactTables.Of(resource.Type)?.Name
        where rule is not null
        let finding = Check(resource, rule)
        where finding is not null
        select finding;

    private static Finding? Check(PlannedResource resource, NameRule rule)
    {
        var given = Given(resource.Inputs, rule.Property);
        if (given is null && resource.Inputs.TryGetProperty(rule.Property + "Prefix", out _)) return null;
        if (given is not null && Unknown.Is(given)) return null;

        var name = given ?? resource.Name + (resource.Package == "kubernetes" ? KubernetesSuffix : Suffix);
        if (rule.Accepts(name)) return null;
        var received = given is null ? $"none, so it becomes '{name}' or the like" : $"'{name}'";
        return new(
            Severity.Error,
            Accepted,
            resource.Component,
            $"{rule.Property} of {resource.Urn} is {received}, of {name.Length} characters; "
            + $"allowed: at most {rule.Length} characters, {rule.Words}. Give it a shorter or simpler name.");
    }

    /// <summary>The text that stands at a path of inputs; null where there is none.</summary>
    internal static string? Given(JsonElement inputs, string path)
    {
        foreach (var step in path.AsSpan().Split('.'))
        {
            if (inputs.ValueKind != JsonValueKind.Object || !inputs.TryGetProperty(path.AsSpan()[step], out inputs)) return null;
        }

        return inputs.ValueKind == JsonValueKind.String ? inputs.GetString() : null;
    }
}
