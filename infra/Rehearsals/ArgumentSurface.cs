using System.Collections.Concurrent;
using System.Reflection;
using Pulumi;

namespace Infra.Rehearsals;

/// <summary>A member of an argument class.</summary>
/// <param name="Name">Its wire name.</param>
/// <param name="IsRequired">Whether it must have a value.</param>
/// <param name="IsJson">Whether it travels as JSON text.</param>
/// <param name="Read">Reads it without creating what is not there.</param>
internal sealed record ArgumentMember(string Name, bool IsRequired, bool IsJson, Func<object, object?> Read);

/// <summary>The members of argument classes, found once per class.</summary>
internal static class ArgumentSurface
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly ConcurrentDictionary<Type, ArgumentMember[]> Known = new();

    /// <summary>The members of a class.</summary>
    public static ArgumentMember[] Of(Type type) => Known.GetOrAdd(type, Find);

    // The attribute stands on a property, or on the field behind it for lists, maps and secrets, whose getters create or wrap values.
    private static ArgumentMember[] Find(Type type)
    {
        var members = new List<ArgumentMember>();
        for (var declaring = type; declaring is not null && declaring != typeof(object); declaring = declaring.BaseType)
        {
            foreach (var member in declaring.GetMembers(Any))
            {
                if (member is not (FieldInfo or PropertyInfo)) continue;
                var attribute = member.CustomAttributes.FirstOrDefault(candidate => candidate.AttributeType == typeof(InputAttribute));
                if (attribute is null) continue;
                var arguments = attribute.ConstructorArguments;
                members.Add(new ArgumentMember(
                    (string)arguments[0].Value!,
                    arguments is [_, { Value: true }, ..],
                    arguments is [_, _, { Value: true }, ..],
                    Reader(member)));
            }
        }

        return [.. members];
    }

    // Reading a field is cheaper than calling a getter by reflection.
    private static Func<object, object?> Reader(MemberInfo member) => member switch
    {
        FieldInfo field => field.GetValue,
        PropertyInfo property => property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", Any) is { } backing
            ? backing.GetValue
            : property.GetValue,
        _ => throw new ArgumentException("neither field nor property", nameof(member)),
    };
}
