using System.Runtime.InteropServices;
using System.Text.Json;
using Infra.Components.Checks;

namespace Infra.Plans.Rules;

/// <summary>
/// No output is put into a text with plain interpolation: its value is not there yet, so an explanation of Pulumi ends up in the text.
/// </summary>
internal static class InterpolatedOutputs
{
    private static readonly Rule Interpolated = Rule.Error(
        "output-interpolated",
        "No output is turned into text before its value is known");

    private static ReadOnlySpan<byte> Explanation => "Calling [ToString]"u8;

    public static IEnumerable<Finding> Check(Plan plan) => plan.Resources
        .Where(resource => JsonMarshal.GetRawUtf8Value(resource.Inputs).IndexOf(Explanation) >= 0)
        .SelectMany(resource => Paths(resource.Inputs, "").Select(path => new Finding(
            Severity.Error,
            Interpolated,
            resource.Component,
            $"{path} of {resource.Urn} holds an output that was turned into text before its value was known; allowed: "
            + "Output.Format($\"…\") or Apply. Use one of them.")));

    private static IEnumerable<string> Paths(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.String when JsonMarshal.GetRawUtf8Value(element).IndexOf(Explanation) >= 0 => [path],
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, index) => Paths(item, $"{path}[{index}]")),
        JsonValueKind.Object => element.EnumerateObject()
            .SelectMany(property => Paths(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}")),
        _ => [],
    };
}
