using Infra.Sdk.Generator.Model;

namespace Infra.Sdk.Cataloguing;

/// <summary>Reads a C# type of an official package as the type that the catalogue writes.</summary>
internal static class CSharpType
{
    /// <param name="text">The C# type: <c>InputList&lt;string&gt;</c>, <c>Output&lt;int?&gt;</c>.</param>
    /// <param name="nameOf">Gives the catalogue's name of one of the provider's own classes.</param>
    /// <returns>The type, and whether it may be null.</returns>
    /// <exception cref="FormatException">The type is none that the catalogue can express.</exception>
    public static (TypeRef Type, bool Nullable) Read(string text, Func<string, string> nameOf)
    {
        var nullable = text.EndsWith('?');
        text = nullable ? text[..^1] : text;
        var open = text.IndexOf('<', StringComparison.Ordinal);
        if (open < 0)
        {
            return (text switch
            {
                "string" or "int" or "double" or "bool" => new TypeRef.Primitive(text),
                "object" => new TypeRef.Primitive("any"),
                "JsonElement" or "InputJson" => new TypeRef.Primitive("json"),
                "Asset" or "Pulumi.Asset" => new TypeRef.Primitive("asset"),
                "Archive" or "Pulumi.Archive" => new TypeRef.Primitive("archive"),
                "AssetOrArchive" or "Pulumi.AssetOrArchive" => new TypeRef.Primitive("assetOrArchive"),
                _ when text.Contains('.', StringComparison.Ordinal) => new TypeRef.Named(nameOf(text)),
                _ => throw new FormatException($"the type {text} has no counterpart in the catalogue"),
            }, nullable);
        }
        var generic = text[..open];
        var arguments = Split(text[(open + 1)..^1]).Select(argument => Read(argument, nameOf)).ToList();
        return generic switch
        {
            "Input" or "Output" => (arguments[0].Type, nullable || arguments[0].Nullable),
            "InputList" or "ImmutableArray" or "List" => (new TypeRef.List(arguments[0].Type), nullable),
            "InputMap" => (new TypeRef.Map(arguments[0].Type), nullable),
            "ImmutableDictionary" or "Dictionary" => (new TypeRef.Map(arguments[1].Type), nullable),
            "InputUnion" or "Union" => (new TypeRef.Union(arguments[0].Type, arguments[1].Type), nullable),
            _ => throw new FormatException($"the type {text} has no counterpart in the catalogue"),
        };
    }

    private static IEnumerable<string> Split(string arguments)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < arguments.Length; i++)
        {
            depth += arguments[i] switch { '<' => 1, '>' => -1, _ => 0 };
            if (arguments[i] != ',' || depth > 0)
                continue;
            yield return arguments[start..i];
            start = i + 1;
        }
        yield return arguments[start..];
    }
}
