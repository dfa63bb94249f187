using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Settings;

/// <summary>The part on <c>infra:migration</c>. Whether the components exist and may move shows only beside the declared system.</summary>
internal sealed partial class SettingsReader
{
    private const string MigrationPath = $"{SettingKeys.Namespace}:{SettingKeys.Migration}";

    private const string EntryAllowed =
        "a state, for activated a percentage where not all traffic moves at once, and when, such as migrated 2026-11-20, "
        + "activated 2026-11-21T06:00Z or activated 10% 2026-11-21T07:00+01:00";

    private const string HistoryAllowed = "a list of what happened so far, the latest last, such as [migrated 2026-11-20]";

    private MigrationRecord? ReadMigration(DateOnly today)
    {
        // The project file gives an empty map where the stack file names no migration.
        if (Map(SettingKeys.Migration) is not { Count: > 0 } map) return null;
        CheckKeys(map, MigrationPath, Keys.To, Keys.Components, Keys.Ways, Keys.Sources, Keys.AcceptDataLoss);
        var to = CloudIn(Required(map, MigrationPath, Keys.To, CloudNames.Allowed), $"{MigrationPath}.{Keys.To}");
        var components = new Dictionary<string, ComponentMigration>();
        var path = $"{MigrationPath}.{Keys.Components}";
        if (!map.TryGetPropertyValue(Keys.Components, out var histories))
        {
            _findings.Report(
                SettingRules.Missing,
                null,
                $"{path} is missing; allowed: the history of each component that has set out, by its name, or {{}} while none has. Set it "
                + $"in the stack's file, or remove {MigrationPath} and begin with './run migrate next {_stack} --to <cloud>'.");
        }
        else
        {
            foreach (var (name, value) in MapIn(histories, path, "a map of histories by the components' names") ?? [])
            {
                if (ReadComponent(value, $"{path}.{name}", today) is { } component) components.Add(name, component);
            }
        }

        foreach (var (name, reason) in NamedTexts(map, Keys.AcceptDataLoss, "why what was written to its new copy may be lost"))
        {
            if (!components.TryGetValue(name, out var component)) CheckAccepted(histories, name);
            else if (component.Last.State >= MigrationState.Activated) RefuseAccepted(name, component.Last);
            else components[name] = component with { AcceptDataLoss = reason };
        }

        var ways = NamedTexts(map, Keys.Ways, "the name of a way in which its data moves");
        var sources = ReadSources(map);
        return to is { } cloud ? new() { To = cloud, Components = components, Ways = ways, Sources = sources } : null;
    }

    private Dictionary<string, MigrationSource> ReadSources(JsonObject map)
    {
        var sources = new Dictionary<string, MigrationSource>();
        var path = $"{MigrationPath}.{Keys.Sources}";
        if (!map.TryGetPropertyValue(Keys.Sources, out var value)) return sources;
        foreach (var (name, node) in MapIn(value, path, "a map of sources outside of the stack by the components' names") ?? [])
        {
            var at = $"{path}.{name}";
            if (MapIn(node, at, "a map, such as { external: old-database, username: shop, password: old-password }") is not { } source)
                continue;
            CheckKeys(source, at, Keys.External, Keys.Password, Keys.Username, Keys.Name, Keys.Region, Keys.VerifyHost);
            var external = Required(source, at, Keys.External, "the name of an External of the system");
            var password = Required(source, at, Keys.Password, "the name of a Secret of the system, which holds the password");
            var usual = new MigrationSource { External = external ?? "", Password = password ?? "" };
            var read = usual with
            {
                Username = Optional(source, at, Keys.Username, "a login, or the open half of a bucket's key") ?? usual.Username,
                Name = Optional(source, at, Keys.Name, "what the database or the bucket is called there"),
                Region = Optional(source, at, Keys.Region, "the region of a bucket") ?? usual.Region,
                VerifyHost = Switch(source, at, Keys.VerifyHost, usual.VerifyHost),
            };
            if (external is not null && password is not null) sources.Add(name, read);
        }

        return sources;
    }

    private Dictionary<string, string> NamedTexts(JsonObject map, string key, string allowed)
    {
        var texts = new Dictionary<string, string>();
        var path = $"{MigrationPath}.{key}";
        if (!map.TryGetPropertyValue(key, out var value)) return texts;
        foreach (var (name, text) in MapIn(value, path, "a map by the components' names") ?? [])
        {
            if (TextIn(text, $"{path}.{name}", allowed) is { } read) texts.Add(name, read);
        }

        return texts;
    }

    // Where its history cannot be read, there is a finding already.
    private void CheckAccepted(JsonNode? histories, string name)
    {
        if (histories is not JsonObject map || map.ContainsKey(name)) return;
        Refuse(
            SettingRules.Migration,
            $"{MigrationPath}.{Keys.AcceptDataLoss}.{name} accepts what a return loses, and '{name}' has not set out; allowed: components "
            + $"of {MigrationPath}.{Keys.Components}.{Spelling.Suggestion(name, map.Select(entry => entry.Key))} Correct the name or "
            + "remove "
            + "it.");
    }

    private void RefuseAccepted(string name, MigrationEntry last) => Refuse(
        SettingRules.Migration,
        $"{MigrationPath}.{Keys.AcceptDataLoss}.{name} accepts what a return from an earlier activated lost, and the history ends with "
        + $"'{last}'; allowed: as long as the component is not activated again, because it would be said of the next return too. "
        + "Remove it.");

    private ComponentMigration? ReadComponent(JsonNode? history, string path, DateOnly today)
    {
        if (ConfigurationTree.IsSecret(history)) return null;
        if (history is not JsonArray { Count: > 0 } list)
        {
            Refuse(path, history is JsonArray ? "an empty list" : Received.Of(history), HistoryAllowed);
            return null;
        }

        var entries = new List<MigrationEntry>();
        for (var index = 0; index < list.Count; index++)
        {
            if (ReadEntry(list[index], string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]")) is { } entry) entries.Add(entry);
        }

        // What cannot be read would be missed in the order.
        if (entries.Count < list.Count) return null;
        CheckOrder(entries, path, today);
        return new(entries);
    }

    private MigrationEntry? ReadEntry(JsonNode? node, string path)
    {
        if (ConfigurationTree.IsSecret(node)) return null;
        if (node?.GetValueKind() != JsonValueKind.String || node.ToString() is not { Length: > 0 } text)
        {
            Refuse(
                path,
                Received.Of(node),
                node is JsonObject ? $"one text, without a colon and a space in it: {EntryAllowed}" : EntryAllowed);
            return null;
        }

        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || MigrationEntry.StateOf(words[0]) is not { } state)
        {
            var received = words.Length == 0 ? "" : words[0];
            Refuse(
                path,
                $"{Received.Quoted(text)}, which does not begin with a state",
                $"{string.Join(", ", MigrationEntry.StateNames)}.{Spelling.Suggestion(received, MigrationEntry.StateNames)}");
            return null;
        }

        var share = words.Length > 1 && Share().IsMatch(words[1]) ? words[1] : null;
        var rest = words[(share is null ? 1 : 2)..];
        var percent = default(int?);
        var isReadable = true;
        if (share is not null)
        {
            percent = int.TryParse(share[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : null;
            if (state != MigrationState.Activated)
            {
                Refuse(
                    path,
                    $"{Received.Quoted(text)}, in which {words[0]} has a percentage",
                    "a percentage behind activated, which says how much of the traffic goes to the new copy, and behind no other state");
                isReadable = false;
            }
            else if (percent is not (>= 1 and <= 100))
            {
                Refuse(path, $"{Received.Quoted(text)}, whose percentage is {Received.Cut(share)}", "1% to 100%");
                isReadable = false;
            }
        }

        var entry = rest.Length == 1 ? new MigrationEntry(state, default, percent).Dated(rest[0]) : null;
        if (entry is null)
        {
            Refuse(
                path,
                $"{Received.Quoted(text)}, {(rest.Length switch
                {
                    0 => "which does not say when",
                    1 => $"which names no time by {Received.Quoted(rest[0])}",
                    _ => $"which has more words behind {words[0]} than one time",
                })}",
                $"behind the state {MigrationEntry.AllowedTimes}");
        }

        return isReadable ? entry : null;
    }

    private void CheckOrder(List<MigrationEntry> entries, string path, DateOnly today)
    {
        for (var index = 0; index < entries.Count; index++)
        {
            var (entry, at) = (entries[index], string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"));
            if (MigrationSteps.Fault(index == 0 ? null : entries[index - 1], entry) is { } fault)
            {
                Refuse(SettingRules.Migration, $"{at} is {Received.Quoted(entry.ToString())}{fault.Received}; allowed: {fault.Allowed}. "
                    + $"{fault.Advice}");
            }

            if (entries.Take(index).LastOrDefault(entry.IsBefore) is { } later)
            {
                Refuse(SettingRules.Migration, $"{at} is '{entry}', which is before '{later}' that stands in front of it; allowed: times "
                    + "in the order of the list. Correct the time, or the order.");
            }

            // Without a day nothing is in the future.
            if (today != default && DateOnly.FromDateTime(entry.At.UtcDateTime) > today)
            {
                var day = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                Refuse(SettingRules.Migration, $"{at} is '{entry}', which is in the future; allowed: what has happened, until today "
                    + $"({day}, UTC), because the last entry is the state that is deployed. Remove it, and write it when it is so.");
            }
        }
    }

    private void Refuse(Rule rule, string message) => _findings.Report(rule, null, message);

    [GeneratedRegex(@"^-?[0-9.]+%\z")]
    private static partial Regex Share();

    /// <summary>The keys of the map, and of each component's.</summary>
    internal static class Keys
    {
        /// <summary>The cloud to which components go.</summary>
        public const string To = "to";

        /// <summary>The histories.</summary>
        public const string Components = "components";

        /// <summary>The ways in which data moves.</summary>
        public const string Ways = "ways";

        /// <summary>What outside of the stack fills components.</summary>
        public const string Sources = "sources";

        /// <summary>What of the system names the server outside.</summary>
        public const string External = "external";

        /// <summary>What of the system holds its password.</summary>
        public const string Password = "password";

        /// <summary>The login.</summary>
        public const string Username = "username";

        /// <summary>What the database or the bucket is called there.</summary>
        public const string Name = "name";

        /// <summary>The region of a bucket.</summary>
        public const string Region = "region";

        /// <summary>Whether the certificate must name the host.</summary>
        public const string VerifyHost = "verifyHost";

        /// <summary>Why the writes since it was activated may be lost.</summary>
        public const string AcceptDataLoss = "acceptDataLoss";
    }
}
