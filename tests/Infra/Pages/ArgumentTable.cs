using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Infra.Components.Systems;

namespace Infra.Tests.Pages;

/// <summary>An argument as a page describes it.</summary>
/// <param name="Name">The argument's name; of a record's members, behind the record's.</param>
/// <param name="Type">What it takes.</param>
/// <param name="Default">What it is when nothing is said.</param>
/// <param name="Meaning">What it means, with its unit and its limits.</param>
/// <param name="Value">The default in the code; null where there is none.</param>
internal sealed record Argument(string Name, string Type, string Default, string Meaning, object? Value);

/// <summary>The arguments of a class, from the class itself and its comments.</summary>
internal static partial class ArgumentTable
{
    private static readonly string[] Headings = ["Name", "Type", "Default", "Meaning and limits"];

    /// <summary>The arguments, those of the class before those that it inherits.</summary>
    public static IReadOnlyList<Argument> Of(Type type) => [.. Arguments(type, "", Activator.CreateInstance(type))];

    /// <summary>The table of a class' arguments, and below it what the values of enumerations mean.</summary>
    public static string Markdown(Type type)
    {
        var arguments = Of(type);
        var values = Enumerations(type).Distinct().Select(Values).ToList();
        var table = MarkedText.Table(
            Headings,
            arguments.Select(argument => (IReadOnlyList<string>)[$"`{argument.Name}`", argument.Type, argument.Default, argument.Meaning]));
        return values.Count == 0 ? table : $"{table}\n{string.Join("\n\n", values)}\n";
    }

    private static IEnumerable<Argument> Arguments(Type type, string prefix, object? instance)
    {
        foreach (var property in Properties(type))
        {
            var value = instance is null ? null : property.GetValue(instance);
            var (meaning, said) = Split(CodeComments.Of(property));
            var isRequired = property.IsDefined(typeof(RequiredMemberAttribute)) || (instance is null && said is null);
            yield return new(
                prefix + property.Name,
                TypeName(property.PropertyType),
                isRequired ? "required" : Words(said) ?? Text(value),
                meaning,
                value);

            var item = ItemOf(property.PropertyType);
            if (RecordOf(property.PropertyType) is not { } record) continue;
            var nested = item is null && value is not null
                ? value
                : record.GetConstructor(Type.EmptyTypes) is null ? null : Activator.CreateInstance(record);
            foreach (var argument in Arguments(record, $"{prefix}{property.Name}{(item is null ? "" : "[]")}.", nested))
                yield return argument;
        }
    }

    private static IEnumerable<Type> Enumerations(Type type) => Properties(type).SelectMany(property =>
        RecordOf(property.PropertyType) is { } record
            ? Enumerations(record)
            : Bare(property.PropertyType) is { IsEnum: true } named ? [named] : []);

    private static IEnumerable<PropertyInfo> Properties(Type type)
    {
        var all = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.Name != nameof(Tweak.Cloud))
            .ToList();
        var settable = all.Where(property => property.CanWrite).ToList();

        // A class that is filled by its constructors only, such as a target of a DNS record.
        return settable.Count == 0 ? all : settable;
    }

    // The default has a column of its own; what is said about it goes there.
    private static (string Meaning, string? Default) Split(string comment)
    {
        var match = DefaultSentence().Match(comment);
        return match.Success
            ? (Spaces().Replace(comment.Remove(match.Index, match.Length), " ").Trim(), match.Groups[1].Value)
            : (comment, null);
    }

    // What null stands for says more than null.
    private static string? Words(string? said) => said is null
        ? null
        : said == "null" ? "none" : said.StartsWith("null, ", StringComparison.Ordinal) ? said["null, ".Length..] : said;

    private static string Text(object? value) => value switch
    {
        null => "none",
        string text => text.Length == 0 ? "empty" : $"`{text}`",
        bool flag => flag ? "true" : "false",
        IFormattable number and not Enum => number.ToString(null, CultureInfo.InvariantCulture),
        Enum named => $"`{named}`",
        IEnumerable list => list.Cast<object>().Any() ? string.Join(", ", list.Cast<object>()) : "none",
        _ => "see below",
    };

    private static string TypeName(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } optional) return TypeName(optional);
        if (type == typeof(string)) return "text";
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(int)) return "whole number";
        if (type == typeof(IReadOnlyDictionary<string, string>) || type.IsSubclassOf(typeof(Texts))) return "map of texts";
        if (type == typeof(Text)) return "text";
        if (type == typeof(DateOnly)) return "day";
        if (ItemOf(type) is { } item)
            return item == typeof(string) ? "list of texts" : item == typeof(int) ? "list of whole numbers" : $"list of `{item.Name}`";
        return $"`{type.Name}`";
    }

    private static string Values(Type named) =>
        $"`{named.Name}`: {string.Join(' ', Enum.GetValues(named).Cast<Enum>().Select(value => $"`{value}`: {CodeComments.Of(value)}"))}";

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? ItemOf(type) ?? type;

    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static Type? RecordOf(Type type) =>
        Bare(type) is { IsClass: true } bare
        && bare.Assembly == typeof(Component).Assembly
        && !bare.IsSubclassOf(typeof(Component))
        && !bare.IsAssignableTo(typeof(Tweak))
        && bare != typeof(Text)
        && !bare.IsSubclassOf(typeof(Texts))
            ? bare
            : null;

    [GeneratedRegex(@"\bDefault: (.+?)\.(?=\s|$)")]
    private static partial Regex DefaultSentence();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
