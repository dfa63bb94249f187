using System.Runtime.InteropServices;
using System.Text.Json;
using Infra.Components.Checks;
using Infra.Facts;

namespace Infra.Plans.Rules;

/// <summary>
/// No input is an object without anything in it: providers that come from Terraform drop it, so that the cloud never hears of it, and some
/// find a difference at every update. Kubernetes, where an empty object says something, keeps it.
/// </summary>
internal static class EmptyObjects
{
    private static readonly Rule Empty = Rule.Error("input-empty", "No input is an object without anything in it");

    private const string Keeps = "kubernetes";

    public static IEnumerable<Finding> Check(Plan plan) =>
        from resource in plan.Resources
        where resource is { IsProvider: false, IsCustom: true, IsRegistered: true } && resource.Package != Keeps
        where JsonMarshal.GetRawUtf8Value(resource.Inputs).IndexOf("{}"u8) >= 0
        from path in Paths(resource.Inputs, "").Except(FactTables.Of(resource.Type)?.Marks ?? [])
        select new Finding(
            Severity.Error,
            Empty,
            resource.Component,
            $"{path} of {resource.Urn} is an object without anything in it, which its provider drops; allowed: objects with a value, or no "
            + "object. State one of its values, or leave it out.");

    // The resource itself may have no inputs at all.
    private static IEnumerable<string> Paths(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, index) => Paths(item, $"{path}[{index}]")),
        JsonValueKind.Object when path.Length > 0 && !element.EnumerateObject().Any() => [path],
        JsonValueKind.Object => element.EnumerateObject()
            .SelectMany(property => Paths(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}")),
        _ => [],
    };
}
