using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Components.Addons;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.Placements;
using Infra.Components.Secrets;
using Infra.Components.Systems;
using Infra.Migrations;

namespace Infra.Settings;

/// <summary>
/// The one parser of settings, for the rehearsal and for the real run: validates a configuration as a whole and reports every problem at
/// once. Arguments are readable in plans and in what is deployed: an encrypted value is refused, but for those of
/// <c>infra:secrets</c>, of which nothing is known here but that they exist.
/// </summary>
internal sealed partial class SettingsReader
{
    private const int MaximumStackName = 40;

    private static readonly EnvironmentProfile[] Environments =
    [
        EnvironmentProfile.Of(EnvironmentKind.Production),
        EnvironmentProfile.Of(EnvironmentKind.Staging),
        EnvironmentProfile.Of(EnvironmentKind.Preview),
    ];

    private readonly string _stack;
    private readonly JsonObject _configuration;
    private readonly IReadOnlyList<string> _systems;
    private readonly Findings _findings;

    private SettingsReader(string stack, JsonObject configuration, IReadOnlyList<string> systems, Findings findings)
    {
        _stack = stack;
        _configuration = configuration;
        _systems = systems;
        _findings = findings;
    }

    /// <summary>The settings of a stack; null, with findings, where something is wrong.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="configuration">Its configuration, from its file or from the engine.</param>
    /// <param name="systems">The names of the systems that can be deployed.</param>
    /// <param name="findings">Where findings go.</param>
    /// <param name="cloud">Replaces <c>infra:cloud</c> for a hypothetical plan; null to keep it.</param>
    /// <param name="today">The day by which expiry dates are judged.</param>
    public static StackSettings? Read(
        string stack,
        JsonObject configuration,
        IEnumerable<string> systems,
        Findings findings,
        Cloud? cloud = null,
        DateOnly today = default) =>
        new SettingsReader(stack, configuration, [.. systems.Order(StringComparer.Ordinal)], findings).Read(cloud, today);

    private StackSettings? Read(Cloud? hypothetical, DateOnly today)
    {
        CheckStackName();
        foreach (var (key, value) in _configuration)
        {
            CheckKey(key);
            CheckSecrets(key, value);
        }

        var environment = Choice(SettingKeys.Environment, Environments.Select(profile => profile.Name));
        var location = Choice(SettingKeys.Location, Location.All.Select(candidate => candidate.Name));
        var system = Choice(SettingKeys.System, _systems);
        if (_systems.Count(name => name == system) > 1)
        {
            Refuse(
                $"{SettingKeys.Namespace}:{SettingKeys.System}",
                $"'{system}', which {_systems.Count(name => name == system)} classes in stacks/ are called",
                "a name that one class has; rename the others");
        }

        var cloud = CloudIn(Text(SettingKeys.Cloud, CloudNames.Allowed), $"{SettingKeys.Namespace}:{SettingKeys.Cloud}");
        var owner = Text(SettingKeys.Owner, "whom to ask about the stack, such as an e-mail address of a team");
        var domain = ReadDomain();
        var domains = Entries(SettingKeys.Domains, ReadDomain);
        var isProtected = ReadProtected();
        var placement = Placement();
        var regions = Regions();
        var images = Entries(SettingKeys.Images, (value, path) => TextIn(value, path, "a reference to an image"));
        var registries = Entries(SettingKeys.Registries, ReadRegistry);
        var addons = Entries(SettingKeys.Addons, (value, path) => TextIn(value, path, "the name of the stack that installs the add-on"));
        foreach (var addon in addons.Keys.Where(addon => !AddonNames.All.Contains(addon)))
            Unknown($"{SettingKeys.Namespace}:{SettingKeys.Addons}.{addon}", addon, AddonNames.All);
        var secrets = ReadSecrets();
        var relayPorts = ReadRelayPorts();
        var figures = ReadFigures();
        var migration = ReadMigration(today);
        var waivers = ReadWaivers();
        var components = Entries(SettingKeys.Components, (value, path) => MapIn(value, path, "a map of arguments"));
        var accounts = ReadAccounts();

        var main = hypothetical ?? cloud;
        var isHypothetical = hypothetical is not null && hypothetical != cloud;
        if (_findings.HasErrors) return null;
        return new StackSettings
        {
            Stack = _stack,
            System = system!,
            Environment = Environments.Single(profile => profile.Name == environment).Kind,
            Cloud = main!.Value,
            Location = Location.All.Single(candidate => candidate.Name == location),
            Owner = owner!,
            Domain = domain,
            Domains = domains,
            Protected = isProtected,
            Placement = placement,
            Regions = regions,
            Accounts = accounts,
            Images = images,
            Registries = registries,
            Components = components,
            Addons = addons,
            Secrets = secrets,
            RelayPorts = relayPorts,
            Figures = figures,
            // As if everything stood there: nothing is on its way to anywhere.
            Migration = isHypothetical ? null : migration,
            Waivers = waivers,
            Today = today,
            Hypothetical = isHypothetical,
        };
    }

    private string? ReadDomain()
    {
        const string Key = $"{SettingKeys.Namespace}:{SettingKeys.Domain}";
        // The project file gives an empty text where the stack file names none.
        return !_configuration.TryGetPropertyValue(Key, out var value) || value?.ToString() is "" ? null : ReadDomain(value, Key);
    }

    private string? ReadDomain(JsonNode? value, string path)
    {
        const string Allowed = "a lower-case domain name without a final dot, such as example.org";
        if (TextIn(value, path, Allowed) is not { } domain) return null;
        if (DnsZoneArgs.IsDomain(domain)) return domain;
        Refuse(path, $"'{domain}'", Allowed);
        return null;
    }

    private bool ReadProtected()
    {
        const string Key = $"{SettingKeys.Namespace}:{SettingKeys.Protected}";
        if (!_configuration.TryGetPropertyValue(Key, out var value) || ConfigurationTree.IsSecret(value)) return true;
        if (bool.TryParse(value?.ToString(), out var read)) return read;
        Refuse(Key, Received.Of(value), "true or false");
        return true;
    }

    private void CheckStackName()
    {
        if (_stack.Length > MaximumStackName)
        {
            _findings.Report(
                SettingRules.Stack,
                null,
                $"The stack's name {Received.Quoted(_stack)} has {_stack.Length} characters; allowed: "
                + $"at most {MaximumStackName}, because it is part of physical names. Shorten it.");
        }

        if (!StackName().IsMatch(_stack))
        {
            _findings.Report(
                SettingRules.Stack,
                null,
                $"The stack's name {Received.Quoted(_stack)} is not allowed; allowed: lower-case letters, digits and single hyphens that "
                + "start with a letter and do not end with a hyphen, because it is part of the names of what is deployed. Rename "
                + "the stack.");
        }
    }

    private void CheckKey(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        var (space, name) = (key[..colon], key[(colon + 1)..]);
        if (space == "pulumi") return; // Pulumi's own, such as pulumi:disable-default-providers.
        if (space == SettingKeys.Namespace)
        {
            if (SettingKeys.All.Any(known => known.Name == name)) return;
            var known = SettingKeys.All.Select(known => known.FullName).ToList();
            _findings.Report(
                SettingRules.Unknown,
                null,
                $"{key} is not a key of this project; allowed: {string.Join(", ", known)}.{Spelling.Suggestion(key, known)} Correct the "
                + "key or remove it.");
        }
        else if (Spelling.Nearest(space, [SettingKeys.Namespace]) is not null)
        {
            _findings.Report(
                SettingRules.Unknown,
                null,
                $"{key} is in no namespace that is read; allowed: keys of {SettingKeys.Namespace}. "
                + $"Did you mean '{SettingKeys.Namespace}:{name}'? Correct the key or remove it.");
        }
        else
        {
            // Refused rather than ignored: whoever sets a region or an account believes that it is the one that is used.
            _findings.Report(
                SettingRules.Unknown,
                null,
                $"{key} would have no effect, because the default provider that reads it is not used; allowed: "
                + $"keys of {SettingKeys.Namespace}. Remove it; {Instead(name)}.");
        }
    }

    private static string Instead(string name) =>
        name.Contains("region", StringComparison.OrdinalIgnoreCase)
        || name.Contains("zone", StringComparison.OrdinalIgnoreCase)
        || name.Contains("location", StringComparison.OrdinalIgnoreCase)
            ? "a place is set by infra:location or infra:regions"
            : "an account is set by infra:accounts, credentials by environment variables";

    private void CheckSecrets(string path, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (key, value) in map) CheckSecrets($"{path}.{key}", value);
                break;
            case JsonArray list:
                for (var index = 0; index < list.Count; index++) CheckSecrets($"{path}[{index}]", list[index]);
                break;
            default:
                if (ConfigurationTree.IsSecret(node)
                    && path.StartsWith($"{SettingKeys.Namespace}:", StringComparison.Ordinal)
                    && !IsGiven(path))
                {
                    _findings.Report(
                        SettingRules.Secret,
                        null,
                        path == SecretsKey
                            ? $"{path} is encrypted as a whole; allowed: a map of secrets, each encrypted by itself. Remove it, and set "
                            + $"each with \"{SecretCommand("<name>")}\"."
                            : $"{path} is {ConfigurationTree.Secret}, or holds one; allowed: "
                            + "plain values, because settings are readable in plans and in what is deployed. "
                            + "Set it again with 'pulumi config set --plaintext', and declare what is secret as a Secret, of which "
                            + $"{SecretsKey} may hold the value.");
                }

                break;
        }
    }

    private string? Choice(string key, IEnumerable<string> allowed)
    {
        var values = allowed.ToList();
        var choices = values.Count == 0 ? "none yet" : string.Join(", ", values);
        if (Text(key, choices) is not { } text) return null;
        if (values.Contains(text)) return text;
        Refuse($"{SettingKeys.Namespace}:{key}", Received.Quoted(text), $"{choices}.{Spelling.Suggestion(text, values)}");
        return null;
    }

    private string? Text(string key, string allowed)
    {
        var fullKey = $"{SettingKeys.Namespace}:{key}";
        if (_configuration.TryGetPropertyValue(fullKey, out var value)) return TextIn(value, fullKey, allowed);
        _findings.Report(
            SettingRules.Missing,
            null,
            $"{fullKey} is missing; allowed: {allowed}. Set it in the stack's file, or with 'pulumi config set {fullKey} <value>'.");
        return null;
    }

    private string? TextIn(JsonNode? node, string path, string allowed)
    {
        if (ConfigurationTree.IsSecret(node)) return null;
        if (node?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number && node.ToString() is { Length: > 0 } text) return text;
        Refuse(path, Received.Of(node), allowed);
        return null;
    }

    private Cloud? CloudIn(string? text, string path)
    {
        if (text is null) return null;
        if (CloudNames.TryParse(text, out var cloud)) return cloud;
        Refuse(path, Received.Quoted(text), $"{CloudNames.Allowed}.{Spelling.Suggestion(text, CloudNames.All.Select(CloudNames.Name))}");
        return null;
    }

    private Dictionary<string, T> Entries<T>(string key, Func<JsonNode?, string, T?> read)
        where T : class
    {
        var entries = new Dictionary<string, T>();
        foreach (var (name, value) in Map(key) ?? [])
        {
            if (read(value, $"{SettingKeys.Namespace}:{key}.{name}") is { } entry) entries.Add(name, entry);
        }

        return entries;
    }

    private const string SecretsKey = $"{SettingKeys.Namespace}:{SettingKeys.Secrets}";

    // A secret by itself, and not a part of one: infra:secrets.smtp-password.
    private bool IsGiven(string path) =>
        path.StartsWith($"{SecretsKey}.", StringComparison.Ordinal)
        && SecretsMap()?.ContainsKey(path[(SecretsKey.Length + 1)..]) == true;

    private string SecretCommand(string name) => SecretChecks.CommandFor(name, _stack);

    private JsonObject? SecretsMap() =>
        _configuration.TryGetPropertyValue(SecretsKey, out var value) ? value as JsonObject ?? Parse<JsonObject>(value) : null;

    // What is in plain text is repeated nowhere: it may be a secret all the same.
    private Dictionary<string, SecretSource> ReadSecrets()
    {
        var secrets = new Dictionary<string, SecretSource>();
        if (!_configuration.TryGetPropertyValue(SecretsKey, out var value) || ConfigurationTree.IsSecret(value)) return secrets;
        if (SecretsMap() is not { } map)
        {
            Refuse(SecretsKey, value is JsonArray ? "a list" : "a single value", "a map of secrets by their names");
            return secrets;
        }

        foreach (var (name, source) in map)
        {
            var path = $"{SecretsKey}.{name}";
            if (ConfigurationTree.IsSecret(source))
            {
                secrets.Add(name, new GivenSecret());
            }
            else if (source is JsonObject existing)
            {
                CheckKeys(existing, path, "existing", "key", "version");
                var called = Required(existing, path, "existing", "what the cloud's store calls the secret");
                var key = Optional(existing, path, "key", "the key in it that is meant");
                var version = Optional(existing, path, "version", "the version of it that is meant");
                if (called is not null) secrets.Add(name, new ExistingSecret(called, key, version));
            }
            else
            {
                _findings.Report(
                    SettingRules.PlainSecret,
                    null,
                    $"{path} is {(source is null ? "empty" : source is JsonArray ? "a list" : "in plain text")}; allowed: an encrypted "
                    + "value, or a map with existing (and key or version) for one that the cloud's store keeps already. "
                    + $"Set it with \"{SecretCommand(name)}\"; take another value than one that stood here in plain text, which is known.");
            }
        }

        return secrets;
    }

    private Dictionary<string, int> ReadRelayPorts()
    {
        var ports = new Dictionary<string, int>();
        var allowed = string.Create(CultureInfo.InvariantCulture, $"a port from {RelayPorts.First} to {RelayPorts.Last}");
        foreach (var (name, value) in Map(SettingKeys.RelayPorts) ?? [])
        {
            var path = $"{SettingKeys.Namespace}:{SettingKeys.RelayPorts}.{name}";
            if (TextIn(value, path, allowed) is not { } text) continue;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                && port is >= RelayPorts.First and <= RelayPorts.Last)
            {
                ports.Add(name, port);
            }
            else
            {
                Refuse(path, Received.Quoted(text), allowed);
            }
        }

        return ports;
    }

    // A number by itself is one of the whole stack, a map holds those of a component.
    private Dictionary<string, IReadOnlyDictionary<string, double>> ReadFigures()
    {
        var figures = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        var shared = new Dictionary<string, double>();
        foreach (var (name, value) in Map(SettingKeys.Figures) ?? [])
        {
            var path = $"{SettingKeys.Namespace}:{SettingKeys.Figures}.{name}";
            if (value is not JsonObject && MoveFigure.All.Any(known => known.Name == name))
            {
                if (ReadFigure(value, path) is { } number) shared.Add(name, number);
                continue;
            }

            if (MapIn(value, path, "a map of figures") is not { } map) continue;
            var known = MoveFigure.All.Select(figure => figure.Name).ToList();
            CheckKeys(map, path, [.. known]);
            figures.Add(name, map
                .Where(figure => known.Contains(figure.Key))
                .Select(figure => (figure.Key, Number: ReadFigure(figure.Value, $"{path}.{figure.Key}")))
                .Where(figure => figure.Number is not null)
                .ToDictionary(figure => figure.Key, figure => figure.Number!.Value));
        }

        if (shared.Count > 0) figures.Add("", shared);
        return figures;
    }

    private double? ReadFigure(JsonNode? value, string path)
    {
        const string Allowed = "a number above 0";
        if (TextIn(value, path, Allowed) is not { } text) return null;
        if (MoveFigure.Parse(text) is { } number) return number;
        Refuse(path, Received.Quoted(text), Allowed);
        return null;
    }

    private RegistryLogin? ReadRegistry(JsonNode? value, string path)
    {
        if (MapIn(value, path, "a map with username and password") is not { } map) return null;
        CheckKeys(map, path, "username", "password");
        var username = Required(map, path, "username", "the name by which the registry knows who pulls");
        var password = Required(map, path, "password", $"the name of a secret in {SecretsKey}, which holds the password or token");
        return username is null || password is null ? null : new(username, password);
    }

    private List<Waiver> ReadWaivers()
    {
        var waivers = new List<Waiver>();
        var key = $"{SettingKeys.Namespace}:{SettingKeys.Waivers}";
        if (!_configuration.TryGetPropertyValue(key, out var value)) return waivers;
        if ((value as JsonArray ?? Parse<JsonArray>(value)) is not { } list)
        {
            if (!ConfigurationTree.IsSecret(value))
                Refuse(key, Received.Of(value), "a list of maps with rule, component, reason and until");
            return waivers;
        }

        for (var index = 0; index < list.Count; index++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{key}[{index}]");
            if (MapIn(list[index], path, "a map with rule, component, reason and until") is not { } map) continue;
            CheckKeys(map, path, "rule", "component", "reason", "until");
            var rule = Required(map, path, "rule", "the id of a rule, which stands in brackets behind its findings");
            var component = Optional(map, path, "component", "the component that the finding names");
            var reason = Required(map, path, "reason", "why the breach is accepted");
            var until = Required(map, path, "until", DayAllowed) is { } text ? DayOf(text, $"{path}.until") : null;
            if (rule is not null && reason is not null && until is { } day) waivers.Add(new(rule, component, reason, day));
        }

        return waivers;
    }

    private Dictionary<string, Cloud> Placement()
    {
        var placement = new Dictionary<string, Cloud>();
        foreach (var (name, value) in Map(SettingKeys.Placement) ?? [])
        {
            var path = $"{SettingKeys.Namespace}:{SettingKeys.Placement}.{name}";
            if (CloudIn(TextIn(value, path, CloudNames.Allowed), path) is { } cloud) placement.Add(name, cloud);
        }

        return placement;
    }

    private JsonObject? Map(string key)
    {
        var fullKey = $"{SettingKeys.Namespace}:{key}";
        return _configuration.TryGetPropertyValue(fullKey, out var value) ? MapIn(value, fullKey, "a map") : null;
    }

    private JsonObject? MapIn(JsonNode? node, string path, string allowed)
    {
        if (ConfigurationTree.IsSecret(node)) return null;
        if ((node as JsonObject ?? Parse<JsonObject>(node)) is { } map) return map;
        Refuse(path, Received.Of(node), allowed);
        return null;
    }

    // The engine hands maps and lists over as JSON, and `pulumi config set` without --path writes them so into the stack file.
    private static T? Parse<T>(JsonNode? node)
        where T : JsonNode
    {
        if (node?.GetValueKind() != JsonValueKind.String) return null;
        try
        {
            return JsonNode.Parse(node.ToString(), documentOptions: new() { AllowDuplicateProperties = false }) as T;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Dictionary<Cloud, string> Regions()
    {
        var regions = new Dictionary<Cloud, string>();
        foreach (var (name, value) in Map(SettingKeys.Regions) ?? [])
        {
            var path = $"{SettingKeys.Namespace}:{SettingKeys.Regions}.{name}";
            if (!CloudNames.TryParse(name, out var cloud)) Unknown(path, name, CloudNames.All.Select(CloudNames.Name));
            else if (TextIn(value, path, "the name of a region of that cloud") is { } region) regions.Add(cloud, region);
        }

        return regions;
    }

    private void Unknown(string path, string key, IEnumerable<string> allowed)
    {
        var keys = allowed.ToList();
        _findings.Report(
            SettingRules.Unknown,
            null,
            $"{path} is not a key of it; allowed: {string.Join(", ", keys)}.{Spelling.Suggestion(key, keys)} Correct the key or remove "
            + "it.");
    }

    private void Refuse(string path, string received, string allowed) =>
        _findings.Report(
            SettingRules.Value,
            null,
            $"{path} is {received}; allowed: {allowed.TrimEnd('.')}{(allowed.EndsWith('?') ? "" : ".")} Correct the value.");

    [GeneratedRegex(@"^[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex StackName();
}
