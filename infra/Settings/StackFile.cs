using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Infra.Settings;

/// <summary>Reads the configuration out of a stack file, as the engine would.</summary>
internal static partial class StackFile
{
    // What Pulumi itself keeps in a stack file.
    private static readonly string[] Sections = ["config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt"];

    // Far deeper than any setting; what exceeds it is an alias that contains itself.
    private const int MaximumDepth = 32;

    /// <summary>The configuration of a stack file; null, with a finding, where the file cannot be read.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="findings">Where findings go.</param>
    public static JsonObject? Read(string path, string name, Findings findings)
    {
        try
        {
            return Parse(File.ReadAllText(path), name, findings);
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
            stream.Load(new StringReader(text));
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException)
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

        var configuration = default(JsonObject);
        foreach (var (key, value) in sections.Children)
        {
            var section = key.ToString();
            if (section == "config")
            {
                configuration = ReadConfiguration(value, name, findings);
            }
            else if (!Sections.Contains(section))
            {
                findings.Report(
                    SettingRules.File,
                    null,
                    $"{name}, line {key.Start.Line}: '{section}' is not a key of a stack file; allowed: "
                    + $"{string.Join(", ", Sections)}.{Spelling.Suggestion(section, Sections)} Settings belong under 'config:'.");
            }
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

    private static (long Line, string Problem) Problem(Exception exception, string text)
    {
        // Two cases in which the parser does not say where: a tab, for which it names the line that the value began on, and a list without
        // an end.
        var lines = text.Split('\n');
        var tab = Array.FindIndex(lines, line => line.TrimStart(' ').StartsWith('\t'));
        if (tab >= 0) return (tab + 1, "it is indented by a tab; allowed: spaces");
        return exception is YamlException yaml
            ? (yaml.Start.Line, yaml.Message.TrimEnd('.'))
            : (1 + Array.FindLastIndex(lines, line => line.AsSpan().ContainsAny('[', '{')), "'[' or '{' is never closed");
    }

    private static JsonObject? ReadConfiguration(YamlNode node, string name, Findings findings)
    {
        if (node is not YamlMappingNode map)
        {
            findings.Report(
                SettingRules.File,
                null,
                $"{name}, line {node.Start.Line}: 'config' is {(node is YamlSequenceNode ? "a list" : "a single value")}; allowed: "
                + "a map of keys such as infra:cloud. Write each setting as 'key: value', without a hyphen.");
            return null;
        }

        var tree = new JsonObject();
        foreach (var (key, value) in map.Children)
        {
            var fullKey = ConfigurationTree.FullKey(key.ToString());
            var read = Convert(value, fullKey, name, findings, 0);
            // The engine hands every single value to the program as a text.
            ConfigurationTree.Add(tree, fullKey, read is JsonValue single ? single.ToString() : read, name, findings);
        }

        return tree;
    }

    private static JsonNode? Convert(YamlNode node, string path, string name, Findings findings, int depth)
    {
        if (depth > MaximumDepth)
        {
            findings.Report(
                SettingRules.File,
                null,
                $"{name}, line {node.Start.Line}: {path[..Math.Min(path.Length, 80)]} is nested more than {MaximumDepth} levels deep; "
                + "allowed: less. Remove aliases that contain themselves.");
            return null;
        }

        switch (node)
        {
            case YamlMappingNode { Children.Count: 1 } secret
                when secret.Children[0] is { Key: YamlScalarNode { Value: "secure" }, Value: YamlScalarNode }:
                return ConfigurationTree.Secret;
            case YamlMappingNode map:
                var members = new JsonObject();
                foreach (var (key, value) in map.Children)
                    members.Add(key.ToString(), Convert(value, $"{path}.{key}", name, findings, depth + 1));
                return members;
            case YamlSequenceNode list:
                var items = new JsonArray();
                foreach (var item in list.Children) items.Add(Convert(item, $"{path}[{items.Count}]", name, findings, depth + 1));
                return items;
            case YamlScalarNode { Style: ScalarStyle.Plain, Tag.IsEmpty: true, Value: { } plain }:
                return ConvertPlain(plain, node, path, name, findings);
            default:
                return node.ToString();
        }
    }

    private static JsonNode? ConvertPlain(string text, YamlNode node, string path, string name, Findings findings)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "true" or "True" or "TRUE":
                return true;
            case "false" or "False" or "FALSE":
                return false;
        }

        if (PaddedNumber().IsMatch(text))
        {
            findings.Report(
                SettingRules.Value,
                null,
                $"{name}, line {node.Start.Line}: {path} is {text}, which YAML reads as a number without its leading zeros; allowed: "
                + $"a text in quotes. Write \"{text}\".");
            return text;
        }

        // Numbers as JSON, like the engine's: a reader may then take them for any type that holds them.
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
            return JsonNode.Parse(integer.ToString(CultureInfo.InvariantCulture));
        return Fraction().IsMatch(text) && double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonNode.Parse(number.ToString("R", CultureInfo.InvariantCulture))
            : text;
    }

    [GeneratedRegex(@"^[-+]?0[0-9_]+$")]
    private static partial Regex PaddedNumber();

    [GeneratedRegex(@"^[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Fraction();
}
