using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Keys = Infra.Settings.SettingsReader.Keys;
using Node = Infra.Settings.YamlText.Node;

namespace Infra.Settings;

/// <summary>
/// Writes the next entry of a component's history into the text of a stack file, or takes the last one out, and touches nothing else. There
/// is a new text only where it means exactly that: otherwise what stands in the way is said, to whoever then edits the file by hand.
/// </summary>
/// <param name="Text">The new text; null where the old one cannot be edited.</param>
/// <param name="Problem">Why not, in words.</param>
internal sealed record MigrationEdit(string? Text, string? Problem = null)
{
    private const string RecordKey = $"{SettingKeys.Namespace}:{SettingKeys.Migration}";

    /// <summary>A text with one more entry in a component's history.</summary>
    /// <param name="text">The text of a stack file whose settings can be read.</param>
    /// <param name="component">The component.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="to">The cloud to which components go: written where there is no record yet.</param>
    public static MigrationEdit Append(string text, string component, MigrationEntry entry, Cloud to)
    {
        var edited = Checked(text, () => Appended(text, component, entry, to), configuration =>
        {
            var record = configuration[RecordKey] ??= new JsonObject { [Keys.To] = to.Name(), [Keys.Components] = new JsonObject() };
            ((JsonArray)(record[Keys.Components]![component] ??= new JsonArray())).Add(entry.ToString());
        });
        return edited.Text is not null && entry.State >= MigrationState.Activated ? Withdraw(edited.Text, component) : edited;
    }

    /// <summary>A text without the last entry of a component's history.</summary>
    /// <param name="text">The text of a stack file whose settings can be read, and in whose record the component has a history.</param>
    /// <param name="component">The component.</param>
    /// <param name="acceptDataLoss">Why what was written since that entry may be lost; null to say nothing of it.</param>
    public static MigrationEdit RemoveLast(string text, string component, string? acceptDataLoss = null)
    {
        var isOnly = Member(Member(Member(Read(text), RecordKey), Keys.Components), component) is JsonArray { Count: 1 };
        var edited = isOnly ? Withdraw(text, component) : new(text);
        if (edited.Text is not { } before) return edited;
        edited = Checked(before, () => Removed(before, component), configuration =>
        {
            var record = (JsonObject)configuration[RecordKey]!;
            var components = (JsonObject)record[Keys.Components]!;
            var history = (JsonArray)components[component]!;
            history.RemoveAt(history.Count - 1);
            if (history.Count > 0) return;
            components.Remove(component);
            if (components.Count == 0 && IsWhole(new YamlText(before))) configuration.Remove(RecordKey);
        });
        return edited.Text is not null && acceptDataLoss is not null ? Accept(edited.Text, component, acceptDataLoss) : edited;
    }

    private static MigrationEdit Accept(string text, string component, string reason) =>
        Checked(text, () => Accepted(text, component, reason), configuration =>
            (configuration[RecordKey]![Keys.AcceptDataLoss] ??= new JsonObject())[component] = reason);

    private static MigrationEdit Withdraw(string text, string component)
    {
        if (Member(Member(Member(Read(text), RecordKey), Keys.AcceptDataLoss), component) is null) return new(text);
        return Checked(text, () => Withdrawn(text, component), configuration =>
        {
            var record = (JsonObject)configuration[RecordKey]!;
            var accepted = (JsonObject)record[Keys.AcceptDataLoss]!;
            accepted.Remove(component);
            if (accepted.Count == 0) record.Remove(Keys.AcceptDataLoss);
        });
    }

    private static MigrationEdit Checked(string text, Func<string> edit, Action<JsonObject> change)
    {
        if (Read(text) is not { } intended) return new(null, "the file cannot be read");
        try
        {
            var edited = edit();
            change(intended);
            return Read(edited) is { } meant && JsonNode.DeepEquals(meant, intended)
                ? new(edited)
                : new(null, $"{RecordKey} is laid out so that a change would reach other values too, such as those of an alias");
        }
        catch (UneditableException exception)
        {
            return new(null, exception.Message);
        }
    }

    private static JsonObject? Read(string text)
    {
        var findings = new Findings();
        var configuration = StackFile.Parse(text, "", findings);
        return findings.HasErrors ? null : configuration;
    }

    private static string Appended(string text, string component, MigrationEntry entry, Cloud to)
    {
        var yaml = new YamlText(text);
        var configuration = Map(yaml, yaml.Root, "config");
        var history = $"{Name(component)}: [{entry}]";
        if (RecordIn(configuration) is null && !Read(text)!.ContainsKey(RecordKey))
        {
            if (configuration.IsFlow) throw new UneditableException("'config' is a map in braces");
            return yaml.Add(
                configuration,
                $"{RecordKey}:",
                $"  {Keys.To}: {to.Name()}",
                $"  {Keys.Components}:",
                $"    {history}");
        }

        var components = Map(yaml, Record(yaml), Keys.Components);
        return components.Find(component) is { } known
            ? yaml.Add(Value(yaml, known, component), $"{entry}")
            : yaml.Add(components, history);
    }

    private static string Removed(string text, string component)
    {
        var yaml = new YamlText(text);
        var record = Record(yaml);
        var components = Map(yaml, record, Keys.Components);
        var known = components.Find(component);
        var history = Value(yaml, known, component);
        if (history.Entries.Count > 1) return yaml.Remove(history, history.Entries[^1]);
        if (components.Entries.Count > 1 || components.IsFlow) return yaml.Remove(components, known!);
        if (!IsWhole(yaml)) return yaml.Empty(record.Find(Keys.Components)!.Key!, components);
        var configuration = Map(yaml, yaml.Root, "config");
        return yaml.Remove(configuration, RecordIn(configuration)!);
    }

    // With its only component, a record in lines goes that says nothing else: there is no map in lines that is empty.
    private static bool IsWhole(YamlText yaml)
    {
        var record = Record(yaml);
        return record.Entries.Count == 2 && !Map(yaml, record, Keys.Components).IsFlow;
    }

    private static string Accepted(string text, string component, string reason)
    {
        var yaml = new YamlText(text);
        var record = Record(yaml);
        var quoted = reason.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        var entry = $"{Name(component)}: \"{quoted}\"";
        return record.Find(Keys.AcceptDataLoss) is null
            ? yaml.Add(record, $"{Keys.AcceptDataLoss}: {{ {entry} }}")
            : yaml.Add(Map(yaml, record, Keys.AcceptDataLoss), entry);
    }

    private static string Withdrawn(string text, string component)
    {
        var yaml = new YamlText(text);
        var record = Record(yaml);
        var accepted = Map(yaml, record, Keys.AcceptDataLoss);
        if (accepted.Entries.Count == 1) return yaml.Remove(record, record.Find(Keys.AcceptDataLoss)!);
        return yaml.Remove(accepted, accepted.Find(component) ?? throw Merged(component));
    }

    private static Node Record(YamlText yaml) => Mapped(yaml, RecordIn(Map(yaml, yaml.Root, "config")), RecordKey);

    private static Node? RecordIn(Node configuration) => configuration.Find(key => ConfigurationTree.FullKey(key) == RecordKey);

    private static Node Map(YamlText yaml, Node map, string key) => Mapped(yaml, map.Find(key), key);

    private static Node Mapped(YamlText yaml, Node? entry, string key)
    {
        var value = Value(yaml, entry, key);
        if (!value.IsMap) throw new UneditableException($"{key}, on line {yaml.LineOf(value)}, is a text that holds JSON");
        return value is { IsFlow: true, Entries.Count: 0 } && key == RecordKey
            ? throw new UneditableException($"{key}, on line {yaml.LineOf(value)}, is empty, which is the same as no such line")
            : value;
    }

    private static Node Value(YamlText yaml, Node? entry, string key)
    {
        if (entry is null) throw Merged(key);
        return entry.Value!.IsAlias
            ? throw new UneditableException($"{key}, on line {yaml.LineOf(entry)}, is an alias of what stands elsewhere")
            : entry.Value;
    }

    // A name that YAML takes for something else than a text is written in quotes.
    private static string Name(string component) => PlainScalar.Read(component).IsText ? component : $"\"{component}\"";

    private static JsonNode? Member(JsonNode? node, string key) => (node as JsonObject)?[key];

    private static UneditableException Merged(string key) => new($"{key} is merged into the file by '<<'");

    private sealed class UneditableException(string problem) : Exception(problem);
}
