namespace Infra.Sdk.Cataloguing.Schemas;

/// <summary>What may stand at one place of an object, as a schema file says it.</summary>
/// <param name="Type">The type in the file's words: <c>string</c>, <c>[object]</c>, <c>@container</c>.</param>
/// <param name="Facets">What else holds of the value, such as <c>min=1</c>, in the order of the file.</param>
/// <param name="Children">What an object holds, or each object of a list or map.</param>
internal sealed record SchemaNode(string Type, IReadOnlyList<string> Facets, IReadOnlyList<SchemaProperty> Children)
{
    /// <summary>Whatever there is.</summary>
    public static SchemaNode Any { get; } = new("any", [], []);
}

/// <summary>A property of an object.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="IsRequired">Whether it must be given.</param>
/// <param name="Node">What may stand there.</param>
internal sealed record SchemaProperty(string Name, bool IsRequired, SchemaNode Node);
