using System.Reflection;
using Infra.Components.Systems;
using Xunit;

namespace Infra.Tests.Testing;

/// <summary>Other values of a kind's arguments than those that its probe's component has.</summary>
internal static class OtherArguments
{
    /// <summary>Every argument of a kind, those of its nested records included, with other values.</summary>
    /// <param name="probe">The kind's probe.</param>
    /// <param name="variant">The variant of a store; null for the usual one.</param>
    public static IEnumerable<(string Path, IReadOnlyList<object> Values)> Of(KindProbe probe, string? variant = null)
    {
        var component = variant is not null && probe is StoreProbe store
            ? store.Create(new(), "target", variant)
            : probe.Create(new(), "target");
        return Of(component.Arguments, "", probe, variant);
    }

    /// <summary>The value of an argument.</summary>
    public static object? Get(object arguments, string path) =>
        path.Split('.').Aggregate((object?)arguments, (holder, name) => holder!.GetType().GetProperty(name)!.GetValue(holder));

    /// <summary>Sets an argument. Arguments never change once they are made; these belong to the test alone.</summary>
    public static void Set(object arguments, string path, object? value)
    {
        var (whole, names) = (arguments, path.Split('.'));
        foreach (var name in names[..^1]) arguments = arguments.GetType().GetProperty(name)!.GetValue(arguments)!;
        var property = arguments.GetType().GetProperty(names[^1])!;
        var given = value is null ? null : Value(value, property.GetValue(arguments), whole);
        property.SetValue(arguments, given, BindingFlags.Default, null, null, null);
    }

    /// <summary>A value, which may have to be made of the one that the argument has, or of all arguments.</summary>
    public static object Value(object value, object? from, object arguments) => value switch
    {
        Func<object?, object> change => change(from),
        Func<Arguments, object> made => made((Arguments)arguments),
        _ => value,
    };

    private static IEnumerable<(string Path, IReadOnlyList<object> Values)> Of(
        object arguments,
        string prefix,
        KindProbe probe,
        string? variant)
    {
        foreach (var property in arguments.GetType().GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
        {
            var path = prefix + property.Name;
            var value = property.GetValue(arguments);
            // Tweaks have tests of their own, and what refers to another component is no value.
            if (property.PropertyType == typeof(IReadOnlyList<Tweak>) || value is Component) continue;
            if (probe.OtherValuesOf(variant).TryGetValue(path, out var given))
            {
                yield return (path, given switch
                {
                    object[] several => several,
                    _ => [given],
                });
            }
            else if (value is bool flag)
            {
                yield return (path, [!flag]);
            }
            else if (value is int number)
            {
                yield return (path, [number + 1]);
            }
            else if (value is Enum)
            {
                yield return (path, [.. Enum.GetValues(property.PropertyType).Cast<object>().Where(other => !other.Equals(value))]);
            }
            else if (value is not null && property.PropertyType.GetMethod("<Clone>$") is not null)
            {
                foreach (var nested in Of(value, $"{path}.", probe, variant)) yield return nested;
            }
            else
            {
                Assert.Fail(
                    $"{probe.Kind}.{path} is of type {property.PropertyType.Name}: add another value to "
                    + $"{probe.GetType().Name}.OtherValues.");
            }
        }
    }
}
