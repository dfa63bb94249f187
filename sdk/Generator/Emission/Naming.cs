using Infra.Sdk.Generator.Model;

namespace Infra.Sdk.Generator.Emission;

/// <summary>The C# names and types that the official packages give to what a catalogue describes.</summary>
internal sealed class Naming(Catalogue catalogue)
{
    private readonly HashSet<string> _enums = [.. catalogue.Enums.Select(e => e.Name)];
    private readonly string _root = catalogue.Provider.Namespace;
    private readonly bool _kubernetes = catalogue.Provider.IsKubernetes;

    public bool IsEnum(string name) => _enums.Contains(name);

    /// <summary>The namespace and class that a resource, function or enum has.</summary>
    public (string Namespace, string Class) Split(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 ? (_root, name) : ($"{_root}.{name.Substring(0, dot)}", name.Substring(dot + 1));
    }

    /// <summary>The namespace and class of a resource's arguments.</summary>
    public (string Namespace, string Class) ArgsOf(Resource resource)
    {
        if (_kubernetes && !resource.IsProvider)
            return Split(resource.Name, Shape.Input);
        var (space, name) = Split(resource.Name);
        return (space, name + "Args");
    }

    /// <summary>The namespace and class that a nested type has in a shape.</summary>
    public (string Namespace, string Class) Split(string name, Shape shape)
    {
        var (space, simple) = Split(name);
        var side = shape is Shape.Output or Shape.Result ? "Outputs" : "Inputs";
        space = _kubernetes ? $"{_root}.Types.{side}{space.Substring(_root.Length)}" : $"{space}.{side}";
        return (space, simple + shape switch
        {
            Shape.Input or Shape.PlainArgument => "Args",
            Shape.Argument => "InputArgs",
            Shape.Result => "Result",
            _ => "",
        });
    }

    /// <summary>The C# type of a value, as an element of a list, map or <c>Input</c>.</summary>
    public string Value(TypeRef type, Shape shape) => type switch
    {
        TypeRef.Primitive primitive => primitive.Keyword switch
        {
            "any" => "object",
            "json" => "System.Text.Json.JsonElement",
            "asset" => "global::Pulumi.Asset",
            "archive" => "global::Pulumi.Archive",
            "assetOrArchive" => "global::Pulumi.AssetOrArchive",
            var keyword => keyword,
        },
        TypeRef.List list => $"ImmutableArray<{Value(list.Element, shape)}>",
        TypeRef.Map map => $"ImmutableDictionary<string, {Value(map.Value, shape)}>",
        TypeRef.Union union => $"Union<{Value(union.First, shape)}, {Value(union.Second, shape)}>",
        TypeRef.Named named => Full(IsEnum(named.Name) ? Split(named.Name) : Split(named.Name, shape)),
        _ => throw new InvalidOperationException($"no C# type for {type}"),
    };

    /// <summary>The C# type of an argument, without the question mark that an optional one has.</summary>
    public string Argument(TypeRef type, Shape shape)
    {
        if (shape == Shape.PlainArgument)
        {
            return type switch
            {
                TypeRef.List list => $"List<{Value(list.Element, shape)}>",
                TypeRef.Map map => $"Dictionary<string, {Value(map.Value, shape)}>",
                _ => Value(type, shape),
            };
        }
        return type switch
        {
            TypeRef.List list => $"InputList<{Value(list.Element, shape)}>",
            TypeRef.Map map => $"InputMap<{Value(map.Value, shape)}>",
            TypeRef.Union union => $"InputUnion<{Value(union.First, shape)}, {Value(union.Second, shape)}>",
            TypeRef.Primitive { Keyword: "json" } => "InputJson",
            _ => $"Input<{Value(type, shape)}>",
        };
    }

    public static string Full((string Namespace, string Class) name) => $"global::{name.Namespace}.{name.Class}";
}
