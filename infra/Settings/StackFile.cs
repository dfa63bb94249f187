using System.Text;
using System.Text.Json.Nodes;
using Infra.Components.Checks;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Infra.Settings;

/// <summary>
/// Reads the configuration out of a stack file as the engine does. What the engine would make something else of than is written, and what
/// it would refuse, is refused here: a plan must not be green where <c>pulumi up</c> is not.
/// </summary>
internal static class StackFile
{
    /// <summary>The size of a file, in bytes: hundreds of times that of a large one.</summary>
    public const int MaximumBytes = 1024 * 1024;

    /// <summary>How many values a file may hold, those that aliases repeat counted again.</summary>
    public const int MaximumValues = 20_000;

    // Longer than any name or key that is read: paths in messages are made of keys.
    private const int MaximumKey = 200;

    private const string TagPrefix = "tag:yaml.org,2002:";

    // What Pulumi itself keeps in a stack file.
    private static readonly string[] Sections = ["config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt"];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The configuration of a stack file; null, with a finding, where the file cannot be read.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="findings">Where findings go.</param>
    public static JsonObject? Read(string path, string name, Findings findings)
    {
        try
        {
            return Text(path, name, findings) is { } text ? Parse(text, name, findings) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings.Report(SettingRules.File, null, $"{name} cannot be read: {exception.Message}");
            return null;
        }
    }

    /// <summary>The configuration in the text of a stack file.</summary>
    public static JsonObject? Parse(string text, string name, Findings findings)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new BoundedParser(new Parser(new StringReader(text))));
        }
        catch (UnusableException exception)
        {
            findings.Report(
                SettingRules.File,
                null,
                $"{name}, line {exception.Start.Line}: {exception.Message}. Correct that line.");
            return null;
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException or ArgumentException)
        {
            var (line, problem) = Problem(exception, text);
            findings.Report(SettingRules.File, null, $"{name}, line {line}: this is not valid YAML: {problem}. Correct that line.");
            return null;
        }

        if (stream.Documents.Count == 0)
        {
            findings.Report(
                SettingRules.File,
                null,
                $"{name} is empty; allowed: a map with the key 'config'. Copy another stack's file and adapt it.");
            return null;
        }

        var root = stream.Documents[0].RootNode;
        if (stream.Documents.Count > 1 || root is not YamlMappingNode sections)
        {
            var received = stream.Documents.Count > 1
                ? $"{stream.Documents.Count} documents"
                : root is YamlSequenceNode ? "a list" : "a single value";
            findings.Report(
                SettingRules.File,
                null,
                $"{name} holds {received}; allowed: one map with the key 'config'. Put the settings under 'config:'.");
            return null;
        }

        return new Reading(name, findings).Of(sections);
    }

    // A pipe or a device has no length, and might never end.
    private static string? Text(string path, string name, Findings findings)
    {
        var length = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path).Length;
        if (length is 0 or > MaximumBytes)
        {
            findings.Report(
                SettingRules.File,
                null,
                length == 0
                    ? $"{name} is empty, or no regular file; allowed: a file with the key 'config'. Copy another stack's file and adapt it."
                    : $"{name} has {length} bytes; allowed: at most {MaximumBytes}. Shorten it.");
            return null;
        }

        try
        {
            return Strict.GetString(File.ReadAllBytes(path)).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException exception)
        {
            findings.Report(
                SettingRules.File,
                null,
                $"{name} is no text in UTF-8: its byte {exception.Index + 1} is not; allowed: UTF-8. Save it in that encoding.");
            return null;
        }
    }

    private static (long Line, string Problem) Problem(Exception exception, string text)
    {
        // Cases in which the parser does not say what or where: a merge that nobody ended, a tab, for which it names the line that the
        // value began on, and a list without an end.
        var lines = text.Split('\n');
        var conflict = Array.FindIndex(lines, line => line.StartsWith("<<<<<<< ", StringComparison.Ordinal));
        if (conflict >= 0) return (conflict + 1, "git marked a conflict there, down to '>>>>>>>', which nobody has resolved");
        var tab = Array.FindIndex(lines, line => line.TrimStart(' ').StartsWith('\t'));
        if (tab >= 0) return (tab + 1, "it is indented by a tab; allowed: spaces");
        return exception is YamlException yaml
            ? (yaml.Start.Line, yaml.Message.TrimEnd('.'))
            : (1 + Array.FindLastIndex(lines, line => line.AsSpan().ContainsAny('[', '{')), "'[' or '{' is never closed");
    }

    /// <summary>One reading of a file.</summary>
    private sealed class Reading(string name, Findings findings)
    {
        private readonly HashSet<YamlNode> _open = new(ReferenceEqualityComparer.Instance);
        private int _values;

        public JsonObject? Of(YamlMappingNode sections)
        {
            var configuration = default(JsonObject);
            foreach (var (section, key, value) in Entries(sections, ""))
            {
                if (section == "config") configuration = Configuration(value);
                else if (section == "environment") Environment(key, value);
                else if (!Sections.Contains(section)) RefuseSection(section, key);
            }

            if (_values > MaximumValues)
            {
                findings.Report(
                    SettingRules.File,
                    null,
                    $"{name} holds more than {MaximumValues} values, those that aliases repeat counted again; allowed: at most that many. "
                    + "Remove what repeats itself.");
                return null;
            }

            if (configuration is null && !findings.HasErrors)
            {
                findings.Report(
                    SettingRules.File,
                    null,
                    $"{name} has no 'config'; allowed: a map with the key 'config'. Put the settings under 'config:'.");
            }

            return configuration;
        }

        private void RefuseSection(string section, YamlNode key) => Refuse(
            key,
            $"'{Received.Cut(section)}' is not a key of a stack file; allowed: {string.Join(", ", Sections)}."
            + $"{Spelling.Suggestion(section, Sections)} Settings belong under 'config:'.");

        // The engine fetches what these environments say, and lays the file over it: nobody knows it without an account.
        private void Environment(YamlNode key, YamlNode value)
        {
            if (value is YamlMappingNode definition && Child(definition, "values") is YamlMappingNode values
                && Child(values, "pulumiConfig") is not null)
            {
                Refuse(
                    key,
                    "'environment' sets pulumiConfig, which a plan does not read; allowed: settings under 'config:'. Move them there.");
                return;
            }

            findings.Report(
                SettingRules.Environments,
                null,
                $"{name}, line {key.Start.Line}: 'environment' names environments of Pulumi ESC, whose values a plan does not know; "
                + "allowed: credentials in them, and every setting under 'config:'. A setting that only they hold is missing here.");
        }

        private static YamlNode? Child(YamlMappingNode map, string key) =>
            map.Children.FirstOrDefault(entry => entry.Key is YamlScalarNode { Value: { } text } && text == key).Value;

        private JsonObject? Configuration(YamlNode node)
        {
            if (node is not YamlMappingNode map)
            {
                Refuse(
                    node,
                    $"'config' is {(node is YamlSequenceNode ? "a list" : "a single value")}; allowed: "
                    + "a map of keys such as infra:cloud. Write each setting as 'key: value', without a hyphen.");
                return null;
            }

            var tree = new JsonObject();
            foreach (var (key, at, value) in Entries(map, ""))
            {
                var fullKey = ConfigurationTree.FullKey(key);
                var read = Value(value, fullKey);
                if (read is JsonValue
                    && read.ToString() is ['{' or '[', ..] json
                    && SettingKeys.Find(fullKey) is { Shape: not "text" } known
                    && !ConfigurationTree.IsSecret(read))
                {
                    Refuse(
                        at,
                        $"{fullKey} is the text {Received.Quoted(json)}, which Pulumi refuses; allowed: a {known.Shape}. Write it as YAML, "
                        + "or set its parts with 'pulumi config set --path'.");
                    continue;
                }

                // The engine hands every single value to the program as a text.
                ConfigurationTree.Add(tree, fullKey, read is JsonValue single ? single.ToString() : read, name, findings);
            }

            return tree;
        }

        private JsonNode? Value(YamlNode node, string path)
        {
            // What is refused further up would only be refused again in every copy.
            if (++_values > MaximumValues) return null;
            if (node is not YamlScalarNode && (_open.Count > BoundedParser.MaximumDepth || !_open.Add(node)))
            {
                Refuse(
                    node,
                    $"{Received.Cut(path)} is nested more than {BoundedParser.MaximumDepth} levels deep; allowed: less. Remove aliases "
                    + "that contain themselves.");
                return null;
            }

            try
            {
                return node switch
                {
                    YamlMappingNode { Children.Count: 1 } secret
                        when secret.Children[0] is { Key: YamlScalarNode { Value: "secure" }, Value: YamlScalarNode } =>
                        ConfigurationTree.Secret,
                    YamlMappingNode map => Map(map, path),
                    YamlSequenceNode list => List(list, path),
                    YamlScalarNode scalar => Scalar(scalar, path),
                    _ => null,
                };
            }
            finally
            {
                _open.Remove(node);
            }
        }

        private JsonObject Map(YamlMappingNode map, string path)
        {
            CheckTag(map, path, "map");
            var members = new JsonObject();
            foreach (var (key, _, value) in Entries(map, path)) members[key] = Value(value, $"{path}.{key}");
            return members;
        }

        private JsonArray List(YamlSequenceNode list, string path)
        {
            CheckTag(list, path, "seq");
            var items = new JsonArray();
            foreach (var item in list.Children) items.Add(Value(item, $"{path}[{items.Count}]"));
            return items;
        }

        private JsonNode? Scalar(YamlScalarNode scalar, string path)
        {
            var text = scalar.Value ?? "";
            CheckTag(scalar, path, "str");
            if (text == ConfigurationTree.Secret)
                Refuse(scalar, $"{Received.Cut(path)} is {text}, which stands for what is encrypted; allowed: other texts. Correct it.");
            if (scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty) return JsonValue.Create(text);

            var plain = PlainScalar.Read(text);
            if (plain.ReadAs is { } other)
            {
                Refuse(
                    scalar,
                    $"{Received.Cut(path)} is {Received.Cut(text)}, which YAML reads as {Received.Cut(other)}; allowed: "
                    + $"values that mean what is written. Write {Received.Cut($"\"{text}\"")} for a text.",
                    SettingRules.Value);
            }

            return plain.Value;
        }

        // The entries of a map, what `<<` merges into it included: its own win over merged ones, and earlier merged ones over later ones.
        private IEnumerable<(string Key, YamlNode At, YamlNode Value)> Entries(YamlMappingNode map, string path)
        {
            var entries = new OrderedDictionary<string, (YamlNode At, YamlNode Value)>();
            Collect(map, entries, path, new(ReferenceEqualityComparer.Instance));
            return entries.Select(entry => (entry.Key, entry.Value.At, entry.Value.Value));
        }

        private void Collect(
            YamlMappingNode map,
            OrderedDictionary<string, (YamlNode At, YamlNode Value)> entries,
            string path,
            HashSet<YamlNode> around)
        {
            if (!around.Add(map))
            {
                Refuse(map, $"'<<' merges a map into itself at {Place(path)}; allowed: other maps. Remove it.");
                return;
            }

            foreach (var (key, value) in map.Children.Where(entry => !IsMerge(entry.Key)))
            {
                if (Key(key, path) is { } text) entries.TryAdd(text, (key, value));
            }

            foreach (var (key, value) in map.Children.Where(entry => IsMerge(entry.Key)))
            {
                var merged = value is YamlSequenceNode list ? list.Children : [value];
                foreach (var other in merged)
                {
                    _values += 1 + ((other as YamlMappingNode)?.Children.Count ?? 0);
                    if (_values > MaximumValues) return;
                    if (other is YamlMappingNode more) Collect(more, entries, path, around);
                    else Refuse(key, $"'<<' merges {Kind(other)} at {Place(path)}; allowed: a map, or a list of maps. Correct the alias.");
                }
            }

            around.Remove(map);
        }

        private static bool IsMerge(YamlNode key) =>
            key is YamlScalarNode { Style: ScalarStyle.Plain, Tag.IsEmpty: true, Value: "<<" };

        private string? Key(YamlNode key, string path)
        {
            var scalar = (YamlScalarNode)key;
            var text = scalar.Value ?? "";
            CheckTag(scalar, path, "str");
            if (text.Length > MaximumKey)
            {
                Refuse(key, $"the key {Received.Quoted(text)} at {Place(path)} is too long; allowed: {MaximumKey} characters. Shorten it.");
                return null;
            }

            if (text == "<<")
            {
                Refuse(key, $"the key \"<<\" at {Place(path)} merges for Pulumi, quotes or not; allowed: << without quotes. Remove them.");
                return null;
            }

            if (scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty || PlainScalar.Read(text).IsText) return text;
            Refuse(key, $"the key {Received.Cut(text)} at {Place(path)} is no text to YAML; allowed: texts. Write it in quotes.");
            return null;
        }

        private void CheckTag(YamlNode node, string path, string allowed)
        {
            if (node.Tag.IsEmpty || node.Tag.Value == TagPrefix + allowed) return;
            var tag = node.Tag.Value.Replace(TagPrefix, "!!", StringComparison.Ordinal);
            Refuse(node, $"{Place(path)} has the tag {Received.Cut(tag)}; allowed: none. Remove the tag, and quote what is a text.");
        }

        private static string Kind(YamlNode node) => node is YamlSequenceNode ? "a list" : "a single value";

        private static string Place(string path) => path.Length == 0 ? "the top" : Received.Cut(path);

        private void Refuse(YamlNode node, string message, Rule? rule = null) =>
            findings.Report(rule ?? SettingRules.File, null, $"{name}, line {node.Start.Line}: {message}");
    }
}
