using System.Text.Json;
using Infra.Components.Networks;
using Infra.Components.Relays;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Pages;

/// <summary>How a consumer on another cloud reaches each target, read off the plans of the relays' example.</summary>
internal static class RelayTable
{
    private static readonly string[] Headings = ["Target", "Address", "Port", "TLS", "Admits the consumer's addresses by"];

    /// <summary>The table of a cloud on which the targets stand.</summary>
    public static string Markdown(ComponentPage page, Cloud cloud) =>
        page.On(cloud).HasErrors ? "The example cannot be built here.\n" : MarkedText.Table(Headings, Rows(page, cloud));

    private static IEnumerable<IReadOnlyList<string>> Rows(ComponentPage page, Cloud cloud)
    {
        var plan = page.On(cloud);
        var consumer = ComponentPages.ConsumerOf(cloud);
        var variables = consumer.VariablesOf(plan, "shop");
        var addresses = plan.Components
            .Single(component => component.Kind == PrivateNetworkKind.Instance && component.Cloud == consumer.Cloud)
            .Outputs.At("egressAddresses")!.Split(',');
        var relay = plan.Components.SingleOrDefault(component => component.Kind == RelayKind.Instance && component.Cloud == cloud)?.Urn;
        var admission = plan.Resources
            .Where(resource => relay is not null && resource.ComponentUrn == relay)
            .SelectMany(resource =>
                Leaves(resource.Inputs)
                    .Where(leaf => addresses.Any(leaf.Text.Contains))
                    .Select(leaf => $"`{resource.TypeName}.{leaf.Path}`"))
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
            return [target, $"`{Of(link, "HOST")}`", Of(link, "PORT")!, $"{mode}, {authority}", string.Join(", ", admission)];
        }

        string? Of(Link link, string key) => variables.TryGetValue($"{link.Prefix}_{key}", out var variable) ? variable.Value : null;
    }

    private static IEnumerable<(string Path, string Text)> Leaves(JsonElement element, string path = "") => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject()
            .SelectMany(property => Leaves(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Leaves(item, path)),
        _ => [(path, element.ToString())],
    };
}
