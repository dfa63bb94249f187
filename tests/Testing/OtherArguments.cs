using System.Reflection;
using Infra.Components.Systems;
using Xunit;

namespace Infra.Tests.Testing;

/// <summary>Other values of a kind's arguments than those that its probe's component has.</summary>
internal static class OtherArguments
{
    /// <summary>Every argument of a kind, those of its nested records included, with other values.</summary>
    public static IEnumerable<(string Path, IReadOnlyList<object> Values)> Of(KindProbe probe) =>
        Of(probe.Create(new(), "target").Arguments, "", probe);

    /// <summary>The value of an argument.</summary>
    public static object? Get(object arguments, string path) =>
        path.Split('.').Aggregate((object?)arguments, (holder, name) => holder!.GetType().GetProperty(name)!.GetValue(holder));

    /// <summary>Sets an argument. Arguments never change once they are made; these belong to the test alone.</summary>
    public static void Set(object arguments, string path, object? value)
    {
        var names = path.Split('.');
        foreach (var name in names[..^1]) arguments = arguments.GetType().GetProperty(name)!.GetValue(arguments)!;
        arguments.GetType().GetProperty(names[^1])!.SetValue(arguments, value, BindingFlags.Default, null, null, null);
    }

    private static IEnumerable<(string Path, IReadOnlyList<object> Values)> Of(object arguments, string prefix, KindProbe probe)
    {
        foreach (var property in arguments.GetType().GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
        {
            var path = prefix + property.Name;
            var value = property.GetValue(arguments);
            // Tweaks have tests of their own, and what refers to another component is no value.
            if (property.PropertyType == typeof(IReadOnlyList<Tweak>) || value is Component) continue;
            if (probe.OtherValues.TryGetValue(path, out var given))
            {
                yield return (path, [given]);
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
                foreach (var nested in Of(value, $"{path}.", probe)) yield return nested;
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
