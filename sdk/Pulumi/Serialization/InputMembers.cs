using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>Reads the members of argument classes.</summary>
internal static class InputMembers
{
    private const BindingFlags Any = BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance;

    private static readonly ConcurrentDictionary<Type, Member[]> Known = new();

    public static IEnumerable<KeyValuePair<string, object?>> Read(InputArgs args)
    {
        var type = args.GetType();
        var members = Known.GetOrAdd(type, Find);
        var values = new KeyValuePair<string, object?>[members.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (attribute, member, read) = members[i];
            var value = read(args);
            if (value == null && attribute.IsRequired)
            {
                throw new ArgumentNullException(
                    member.Name, $"[Input] {type.FullName}.{member.Name} is required but was not given a value");
            }

            values[i] = KeyValuePair.Create(
                attribute.Name, attribute.Json && value != null ? JsonText.From(value, $"[Input] {type.FullName}.{member.Name}") : value);
        }

        return values;
    }

    /// <summary>Refuses values that the wire form has no place for.</summary>
    public static void CheckDictionary(ImmutableDictionary<string, object?> dictionary, bool allowInputs)
    {
        foreach (var type in dictionary.Values.OfType<object>().Select(value => value.GetType()))
        {
            var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
            var isWrapped = definition == typeof(Output<>) || (allowInputs && definition == typeof(Input<>));
            OutputConverter.For(isWrapped ? type.GenericTypeArguments[0] : type, nameof(dictionary));
        }
    }

    private static Member[] Find(Type type)
    {
        var members = new List<Member>();
        foreach (var field in type.GetFields(Any))
        {
            if (field.GetCustomAttribute<InputAttribute>() is { } attribute)
            {
                members.Add(new Member(attribute, field, field.GetValue));
            }
        }

        foreach (var property in type.GetProperties(Any))
        {
            if (property.GetCustomAttribute<InputAttribute>() is { } attribute)
            {
                var backing = Members.BackingFieldOf(property, property.GetMethod);
                members.Add(new Member(attribute, property, backing == null ? property.GetValue : backing.GetValue));
            }
        }

        return [.. members];
    }

    private sealed record Member(InputAttribute Attribute, MemberInfo Info, Func<object, object?> Read);
}
