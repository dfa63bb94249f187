using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>
/// Lays a stack file's values over declared arguments. What may be overridden follows from the argument class: numbers, texts, switches,
/// enumerations, lists and maps of texts, and records of these. References to other components and tweaks belong to the system's code.
/// </summary>
internal static class ArgumentOverrides
{
    // Every component of a kind has arguments of the same class, and looking at a class takes longer than reading it.
    private static readonly ConcurrentDictionary<Type, Dictionary<string, PropertyInfo>> Known = new();

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The arguments with the values laid over; what does not fit is a finding and changes nothing.</summary>
    public static Arguments Apply(Arguments arguments, JsonObject values, string path, string component, Findings findings) =>
        (Arguments)Merge(arguments, values, path, component, findings);

    /// <summary>Arguments as a stack file would set them: what may be overridden, as it is called and spelled there.</summary>
    public static JsonObject Of(Arguments arguments) => Record(arguments);

    private static JsonObject Record(object record)
    {
        var values = new JsonObject();
        foreach (var (key, property) in Properties(record.GetType())) values.Add(key, Value(property.GetValue(record)));
        return values;
    }

    private static JsonNode? Value(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        int number => JsonValue.Create(number),
        bool flag => JsonValue.Create(flag),
        DateOnly day => JsonValue.Create(day.ToString(DayFormat, CultureInfo.InvariantCulture)),
        Enum choice => JsonValue.Create(Word(choice.ToString())),
        IReadOnlyDictionary<string, string> map => new JsonObject(
            map.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, JsonValue.Create(entry.Value)))),
        Texts texts => new JsonObject(
            texts.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, JsonValue.Create(entry.Value.ToString())))),
        System.Collections.IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Value)]),
        _ => Record(value),
    };

    private static string Word(string choice) => choice.ToLowerInvariant();

    private static object Merge(object record, JsonObject values, string path, string component, Findings findings)
    {
        var copy = Clone(record);
        var properties = Properties(record.GetType());
        foreach (var (key, value) in values)
        {
            var at = $"{path}.{key}";
            if (!properties.TryGetValue(key, out var property))
            {
                var allowed = string.Join(", ", properties.Keys.Order(StringComparer.Ordinal));
                findings.Report(
                    SettingNames.UnknownArgument,
                    component,
                    $"{at} is not an argument of it; allowed: {allowed}.{Spelling.Suggestion(key, properties.Keys)} Correct the key or "
                    + "remove it.");
                continue;
            }

            if (value is null && CanBeNull(property)) property.SetValue(copy, null);
            else if (TryRead(property.PropertyType, property.GetValue(copy), value, at, component, findings, out var read))
                property.SetValue(copy, read);
        }

        return copy;
    }

    private static bool CanBeNull(PropertyInfo property) =>
        new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

    private static object Clone(object record) => record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;

    private static Dictionary<string, PropertyInfo> Properties(Type type) => Known.GetOrAdd(type, Find);

    private static Dictionary<string, PropertyInfo> Find(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite && IsOverridable(property.PropertyType))
        .ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

    private static bool IsOverridable(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string)
            || type == typeof(int)
            || type == typeof(bool)
            || type == typeof(DateOnly)
            || type.IsEnum
            || IsMap(type)
            || IsTexts(type)
            || (ItemOf(type) is { } item && IsOverridable(item))
            || IsRecord(type);
    }

    private static bool IsMap(Type type) => type == typeof(IReadOnlyDictionary<string, string>);

    private static bool IsTexts(Type type) => type.IsSubclassOf(typeof(Texts));

    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
        && !typeof(Arguments).IsAssignableFrom(type)
        && !typeof(Tweak).IsAssignableFrom(type)
        && type.GetConstructor(Type.EmptyTypes) is not null;

    private static bool TryRead(
        Type declared,
        object? current,
        JsonNode? node,
        string at,
        string component,
        Findings findings,
        out object? read)
    {
        read = null;
        // What has no value now, and is no number or switch, may have none.
        if (node is null && (Nullable.GetUnderlyingType(declared) is not null || (current is null && !declared.IsValueType))) return true;
        var type = Nullable.GetUnderlyingType(declared) ?? declared;

        if (type == typeof(string) && node is JsonValue text && text.GetValueKind() is JsonValueKind.String or JsonValueKind.Number)
        {
            read = node.ToString();
            return true;
        }

        if (type == typeof(int) && node is JsonValue number && number.TryGetValue<int>(out var integer))
        {
            read = integer;
            return true;
        }

        if (type == typeof(bool) && node is JsonValue flag && flag.TryGetValue<bool>(out var boolean))
        {
            read = boolean;
            return true;
        }

        if (type == typeof(DateOnly)
            && node is JsonValue day
            && DateOnly.TryParseExact(day.ToString(), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            read = date;
            return true;
        }

        if (type.IsEnum && node is JsonValue word && Enum.GetNames(type).FirstOrDefault(name => Spells(word.ToString(), name)) is { } named)
        {
            read = Enum.Parse(type, named);
            return true;
        }

        if (IsMap(type) && node is JsonObject map && map.All(entry => entry.Value is JsonValue))
        {
            read = map.ToDictionary(entry => entry.Key, entry => entry.Value!.ToString());
            return true;
        }

        // Variables and files are laid over the declared ones, one by one.
        if (IsTexts(type) && node is JsonObject texts && texts.All(entry => entry.Value is null or JsonValue))
        {
            var laid = ((Texts)current!).Copy();
            foreach (var (name, value) in texts)
            {
                if (value is null) laid.Remove(name);
                else laid[name] = value.ToString();
            }

            read = laid;
            return true;
        }

        if (ItemOf(type) is { } item && node is JsonArray array)
        {
            var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
            var complete = true;
            for (var index = 0; index < array.Count; index++)
            {
                if (TryRead(item, null, array[index], $"{at}[{index}]", component, findings, out var element)) list.Add(element);
                else complete = false;
            }

            read = list;
            return complete;
        }

        if (IsRecord(type) && node is JsonObject nested)
        {
            read = Merge(current ?? Activator.CreateInstance(type)!, nested, at, component, findings);
            return true;
        }

        findings.Report(
            SettingNames.ArgumentType,
            component,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{at} is {Cut(node?.ToJsonString() ?? "null")}; allowed: {Allowed(type)}.{Suggestion(type, node)} Correct the value."));
        return false;
    }

    private static string Suggestion(Type type, JsonNode? node) =>
        type.IsEnum && node is JsonValue word ? Spelling.Suggestion(word.ToString(), Enum.GetNames(type).Select(Word)) : "";

    private static string Cut(string text) => text.Length <= 120 ? text : text[..120] + "…";

    // `per-zone`, `perZone` and `perzone` all mean PerZone: YAML authors use each of them.
    private static bool Spells(string text, string name) =>
        text.Replace("-", "", StringComparison.Ordinal).Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Allowed(Type type) => type switch
    {
        _ when type == typeof(string) => "a text",
        _ when type == typeof(int) => "a whole number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(DateOnly) => "a day in quotes, such as \"2027-03-31\"",
        { IsEnum: true } => string.Join(", ", Enum.GetNames(type).Select(Word)),
        _ when IsMap(type) => "a map of texts",
        _ when IsTexts(type) => "a map of texts, of which null takes one away",
        _ when ItemOf(type) is { } item => $"a list, each entry {Allowed(item)}",
        _ => $"a map with the keys {string.Join(", ", Properties(type).Keys.Order(StringComparer.Ordinal))}",
    };
}
