using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Pulumi;

namespace Infra.Rehearsals;

/// <summary>What kind of placeholder an output needs.</summary>
internal enum OutputShape
{
    /// <summary>A text, or what is made from one.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>Another list.</summary>
    List,

    /// <summary>A map.</summary>
    Map,
}

/// <summary>An output that needs a placeholder when the inputs do not say its value.</summary>
/// <param name="Name">Its wire name.</param>
/// <param name="Shape">Its kind.</param>
internal sealed record OutputMember(string Name, OutputShape Shape);

/// <summary>
/// The outputs of resource classes, found once per class. Outputs that are nullable are left out, because the provider never computes them,
/// and so are switches, which are false without a placeholder, and objects: <see cref="Infra.Facts.TypeFacts.Nested"/> lists what code
/// reads inside objects.
/// </summary>
internal static class OutputSurface
{
    private static readonly ConcurrentDictionary<Type, OutputMember[]> Known = new();

    /// <summary>The outputs of a class.</summary>
    public static OutputMember[] Of(Type type) => Known.GetOrAdd(type, Find);

    private static OutputMember[] Find(Type type)
    {
        var members = new List<OutputMember>();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var output = property.PropertyType;
            if (!output.IsGenericType || output.GetGenericTypeDefinition() != typeof(Output<>) || IsNullable(property)) continue;
            if (property.GetCustomAttribute<OutputAttribute>() is not { } attribute) continue;
            var name = attribute.Name ?? property.Name;
            if (name is "id" or "urn" || ShapeOf(output.GenericTypeArguments[0]) is not { } shape) continue;
            members.Add(new OutputMember(name, shape));
        }

        return [.. members];
    }

    private static OutputShape? ShapeOf(Type type)
    {
        if (type == typeof(string) || type == typeof(object) || type.GetCustomAttribute<EnumTypeAttribute>() is not null)
            return OutputShape.Text;
        if (type == typeof(int) || type == typeof(double)) return OutputShape.Number;
        if (!type.IsGenericType) return null;
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(ImmutableArray<>))
            return type.GenericTypeArguments[0] == typeof(string) ? OutputShape.Texts : OutputShape.List;
        if (definition == typeof(ImmutableDictionary<,>)) return OutputShape.Map;
        return definition == typeof(Union<,>) && type.GenericTypeArguments.Contains(typeof(string)) ? OutputShape.Text : null;
    }

    // Of `Output<string?>` the compiler writes one flag per type: 1 for the output, 2 for the string.
    private static bool IsNullable(PropertyInfo property) =>
        property.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType.FullName == typeof(NullableAttribute).FullName)
            is { ConstructorArguments: [{ Value: IReadOnlyList<CustomAttributeTypedArgument> { Count: > 1 } flags }] }
        && flags[1].Value is (byte)2;
}
