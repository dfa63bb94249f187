using Infra.Sdk.Generator.Model;
using Infra.Tests.Testing;

namespace Infra.Tests.Facts;

/// <summary>The catalogues of the bundled SDK, and which properties are in them.</summary>
internal static class Catalogues
{
    private static readonly Dictionary<string, Catalogue> ByPackage = Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "sdk"), "*.catalogue", SearchOption.AllDirectories)
        .Select(file => CatalogueReader.Read(File.ReadAllText(file)).Catalogue!)
        .ToDictionary(catalogue => catalogue.Provider.Name);

    private static readonly Dictionary<string, Resource> ByToken = ByPackage.Values
        .SelectMany(catalogue => catalogue.Resources)
        .ToDictionary(resource => resource.Token);

    /// <summary>All of them.</summary>
    public static IEnumerable<Catalogue> All => ByPackage.Values;

    /// <summary>The catalogue of a package.</summary>
    public static Catalogue Of(string package) => ByPackage[package];

    /// <summary>Whether a type is in a catalogue; custom types of Kubernetes are in none.</summary>
    public static bool Knows(string type) => ByToken.ContainsKey(type);

    /// <summary>What is wrong with a path into a type's inputs or outputs; null when it exists, and lists in it are marked.</summary>
    public static string? Fault(string type, string path, bool isInput)
    {
        var catalogue = ByPackage[type[..type.IndexOf(':', StringComparison.Ordinal)]];
        var properties = ByToken[type].Properties;
        var steps = path.Split('.');
        for (var at = 0; at < steps.Length; at++)
        {
            var isElement = steps[at].EndsWith("[]", StringComparison.Ordinal);
            var name = isElement ? steps[at][..^2] : steps[at];
            var property = properties.FirstOrDefault(property => property.Wire == name && (isInput ? property.In : property.Out));
            if (property is null) return $"{type} has no {(isInput ? "input" : "output")} {name} ({path})";

            var isList = property.Type is TypeRef.List;
            if (isElement && !isList) return $"{name} of {type} is no list ({path})";
            if (!isElement && isList && at < steps.Length - 1) return $"{name} of {type} is a list ({path})";
            properties =
            [
                .. catalogue.Types.Where(nested => property.Type.Names.Contains(nested.Name)).SelectMany(nested => nested.Properties),
            ];
        }

        return null;
    }
}
