using System.Text.Json;
using Infra.Components.Clouds;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Pages;

/// <summary>How a consumer on another cloud reaches each target, read off the plans of the relays' example.</summary>
internal static class RelayTable
{
    private static readonly string[] Headings = ["Targets on", "Target", "Address", "Port", "TLS", "Admits the consumer's addresses by"];

    /// <summary>The table.</summary>
    public static string Markdown(ComponentPage page) => MarkedText.Table(Headings, CloudIndex.All.SelectMany(cloud => Rows(page, cloud.Cloud)));

    private static IEnumerable<IReadOnlyList<string>> Rows(ComponentPage page, Cloud cloud)
    {
        var plan = page.On(cloud);
        if (plan.HasErrors) return [[cloud.Name(), "", "refused, see Gaps", "", "", ""]];
        var consumer = ComponentPages.ConsumerOf(cloud);
        var variables = consumer.VariablesOf(plan, "shop");
        var addresses = plan.Components
            .Single(component => component.Kind == ComponentKind.PrivateNetwork && component.Cloud == consumer.Cloud)
            .Outputs.At("egressAddresses")!.Split(',');
        var relay = plan.Components.SingleOrDefault(component => component.Kind == ComponentKind.Relay && component.Cloud == cloud)?.Urn;
        var admission = plan.Resources
            .Where(resource => relay is not null && resource.ComponentUrn == relay)
            .SelectMany(resource => Leaves(resource.Inputs).Where(leaf => addresses.Any(leaf.Text.Contains)).Select(leaf => $"`{resource.TypeName}.{leaf.Path}`"))
            .Distinct()
            .ToList();
        var model = new Model();
        page.Example.Declare(model);
        return model.Links.Select(Row);

        IReadOnlyList<string> Row(Link link)
        {
            var target = $"`{link.Target.Name}`, a {link.Target.Kind}";
            var mode = Of(link, "TLS_MODE") ?? Of(link, "URL")!.Split(':')[0];
            var authority = Of(link, "CA") is { Length: > 0 } ? "an authority in `CA`" : "no authority in `CA`";
            return [cloud.Name(), target, $"`{Of(link, "HOST")}`", Of(link, "PORT")!, $"{mode}, {authority}", string.Join(", ", admission)];
        }

        string? Of(Link link, string key) => variables.TryGetValue($"{link.Prefix}_{key}", out var variable) ? variable.Value : null;
    }

    private static IEnumerable<(string Path, string Text)> Leaves(JsonElement element, string path = "") => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Leaves(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Leaves(item, path)),
        _ => [(path, element.ToString())],
    };
}
