using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Infra.Components.Checks;

namespace Infra.Components.Systems;

/// <summary>
/// Finds enumerations in arguments, however deep, that hold none of their values: C# lets any number be cast to one, and every table of
/// sizes, engines or classes would lack it.
/// </summary>
internal static class Enumerations
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Read = new();

    /// <summary>Reports each one.</summary>
    public static void Check(object arguments, Guard guard) => Check(arguments, "", guard);

    private static void Check(object record, string path, Guard guard)
    {
        foreach (var property in Read.GetOrAdd(record.GetType(), PropertiesOf))
        {
            var at = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            switch (property.GetValue(record))
            {
                case Enum value when !Enum.IsDefined(value.GetType(), value):
                    guard.Refuse(at, value.ToString("D"), string.Join(", ", Enum.GetNames(value.GetType())));
                    break;
                case IEnumerable list and not string:
                    foreach (var item in list.OfType<object>().Where(item => IsPart(item.GetType()))) Check(item, at, guard);
                    break;
                case { } part when IsPart(part.GetType()):
                    Check(part, at, guard);
                    break;
            }
        }
    }

    private static PropertyInfo[] PropertiesOf(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property =>
            property.CanWrite
            && property.GetIndexParameters().Length == 0
            && (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { IsPrimitive: false } read
            && read != typeof(string)),
    ];

    // The records of which arguments are made, and tweaks; other components have arguments of their own.
    private static bool IsPart(Type type) =>
        type.Assembly == typeof(Enumerations).Assembly && type.GetMethod("<Clone>$") is not null;
}
