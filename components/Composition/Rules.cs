using System.Reflection;
using Infra.Components.Checks;
using Infra.Components.Clouds;

namespace Infra.Components.Composition;

/// <summary>Every rule that a finding can be about, found by the constants that hold them.</summary>
public static class Rules
{
    private const BindingFlags Constants = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static IEnumerable<IProvision> Provisions => CloudIndex.All.SelectMany(cloud => cloud.Provisions);

    /// <summary>
    /// The rules of some assemblies, and those of every kind's arguments, by id. A generic class is looked at as what is derived from it
    /// makes of it, and what a gap holds counts wherever it was made.
    /// </summary>
    /// <param name="assemblies">The assemblies whose classes hold rules, besides this one.</param>
    public static IReadOnlyList<Rule> In(params IEnumerable<Assembly> assemblies) =>
    [
        .. assemblies
            .Prepend(typeof(Rules).Assembly)
            .Distinct()
            .SelectMany(assembly => assembly.GetTypes())
            .Concat(Provisions.Select(provision => provision.GetType()))
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(WithGenericBases)
            .Distinct()
            .SelectMany(type => type.GetFields(Constants))
            .Where(field => field.FieldType == typeof(Rule))
            .Select(field => (Rule)field.GetValue(null)!)
            .Concat(Kinds.All.Select(kind => kind.ArgumentRule))
            .Concat(Provisions.SelectMany(provision => provision.Gaps).Select(gap => gap.Rule).OfType<Rule>())
            .Distinct()
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    private static IEnumerable<Type> WithGenericBases(Type type)
    {
        yield return type;
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent.IsGenericType && parent.Assembly == type.Assembly) yield return parent;
        }
    }
}
