using System.Text;

namespace Infra.Sdk.Generator.Model;

/// <summary>Writes a catalogue: blocks and properties sorted, so that the same facts always give the same text.</summary>
internal static class CatalogueWriter
{
    public static string Write(Catalogue catalogue)
    {
        var text = new StringBuilder();
        var provider = catalogue.Provider;
        text.Append($"# Facts about {provider.Namespace} {provider.Version}. The format, and how to add a type: sdk/README.md\n");
        text.Append(
            $"provider {provider.Name} {provider.Version} "
            + $"{provider.Namespace}{(provider.Plugin is null ? "" : $" plugin={provider.Plugin}")}\n");
        foreach (var omitted in catalogue.Omitted.OrderBy(o => o, StringComparer.Ordinal))
            text.Append($"omit {omitted}\n");
        foreach (var resource in catalogue.Resources.OrderBy(r => r.Token, StringComparer.Ordinal))
        {
            text.Append(
                $"resource {resource.Token} "
                + $"{resource.Name}{(resource.ArgsOptional ? " optional" : "")}{(resource.Obsolete ? " obsolete" : "")}");
            text.Append(resource.Aliases.Count == 0 ? "\n" : $" aliases={string.Join(",", resource.Aliases)}\n");
            Write(text, resource.Properties);
        }
        foreach (var function in catalogue.Functions.OrderBy(f => f.Token, StringComparer.Ordinal))
        {
            text.Append(
                $"function {function.Token} "
                + $"{function.Name}{(function.ArgsOptional ? " optional" : "")}{(function.Obsolete ? " obsolete" : "")}\n");
            Write(text, function.Properties);
        }
        foreach (var @enum in catalogue.Enums.OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            text.Append($"enum {@enum.Name}\n");
            foreach (var member in @enum.Members)
                text.Append(member.Name == member.Value ? $"  {member.Name}\n" : $"  {member.Name}={member.Value}\n");
        }
        foreach (var type in catalogue.Types.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            text.Append($"type {type.Name}\n");
            Write(text, type.Properties);
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, IReadOnlyList<Property> properties)
    {
        foreach (var property in properties.OrderBy(p => p.Wire, StringComparer.Ordinal).ThenByDescending(p => p.In))
        {
            text.Append(property.In && property.Out ? "  io " : property.In ? "  in " : "  out ").Append(property.Wire);
            if (property.Name != Property.NameOf(property.Wire))
                text.Append('=').Append(property.Name);
            text.Append(' ').Append(property.Type).Append(property.Required ? "!" : "").Append(property.Nullable ? "?" : "");
            text.Append(property.Secret ? " secret" : "").Append(property.Json ? " json" : "").Append(property.Obsolete ? " obsolete" : "");
            text
                .Append(property.Constant is null ? "" : $" const={property.Constant}")
                .Append(property.Default is null ? "" : $" default={property.Default}");
            text.Append(property.Environment is null ? "" : $" env={string.Join(",", property.Environment)}").Append('\n');
        }
    }
}
