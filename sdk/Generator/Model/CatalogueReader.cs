namespace Infra.Sdk.Generator.Model;

/// <summary>A line of a catalogue that cannot be used, and why. Lines count from 1.</summary>
internal sealed record CatalogueError(int Line, string Message);

/// <summary>Reads a catalogue. The format is described in <c>sdk/README.md</c>.</summary>
internal sealed class CatalogueReader
{
    private readonly List<CatalogueError> _errors = [];
    private readonly List<string> _omitted = [];
    private readonly List<Resource> _resources = [];
    private readonly List<Function> _functions = [];
    private readonly List<EnumType> _enums = [];
    private readonly List<NestedType> _types = [];
    private Provider? _provider;

    private CatalogueReader()
    {
    }

    /// <summary>Reads a catalogue; where there are errors, the catalogue holds what could be read.</summary>
    public static (Catalogue? Catalogue, IReadOnlyList<CatalogueError> Errors) Read(string text)
    {
        var reader = new CatalogueReader();
        reader.ReadLines(text);
        if (reader._provider is null)
        {
            if (reader._errors.Count == 0)
            {
                reader._errors.Add(
                    new(1, "the catalogue names no provider; its first line must be 'provider <name> <version> <namespace>'"));
            }

            return (null, reader._errors);
        }
        reader.CheckNames();
        return (new(reader._provider, reader._omitted, reader._resources, reader._functions, reader._enums, reader._types), reader._errors);
    }

    private void ReadLines(string text)
    {
        List<Property>? properties = null;
        List<EnumMember>? members = null;
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.TrimEnd('\r', ' ');
            if (line.Length == 0 || line[0] == '#')
                continue;
            try
            {
                if (line.StartsWith("  ", StringComparison.Ordinal))
                {
                    if (members is not null)
                        members.Add(ReadMember(line.Substring(2)));
                    else if (properties is not null)
                        properties.Add(ReadProperty(Words.Split(line), number));
                    else
                        throw new FormatException("a property must stand under a resource, function or type");
                    continue;
                }
                properties = null;
                members = null;
                var words = Words.Split(line);
                switch (words[0])
                {
                    case "provider":
                        ReadProvider(words);
                        break;
                    case "omit":
                        _omitted.Add(Word(words, 1, "beginning of a name"));
                        CheckFlags(words, 2);
                        break;
                    case "resource":
                        properties = [];
                        _resources.Add(new(
                            Word(words, 1, "token"),
                            Word(words, 2, "class"),
                            Flag(words, "optional"),
                            Flag(words, "obsolete"),
                            Values(words, "aliases"),
                            properties,
                            number));
                        CheckFlags(words, 3, "optional", "obsolete", "aliases=");
                        break;
                    case "function":
                        properties = [];
                        _functions.Add(new(
                            Word(words, 1, "token"),
                            Word(words, 2, "class"),
                            Flag(words, "optional"),
                            Flag(words, "obsolete"),
                            properties,
                            number));
                        CheckFlags(words, 3, "optional", "obsolete");
                        break;
                    case "type":
                        properties = [];
                        _types.Add(new(Word(words, 1, "name"), properties, number));
                        CheckFlags(words, 2);
                        break;
                    case "enum":
                        members = [];
                        _enums.Add(new(Word(words, 1, "name"), members, number));
                        CheckFlags(words, 2);
                        break;
                    default:
                        throw new FormatException(
                            $"'{words[0]}' begins no block; expected provider, omit, resource, function, type or enum");
                }
            }
            catch (FormatException exception)
            {
                _errors.Add(new(number, exception.Message));
            }
        }
    }

    private void ReadProvider(IReadOnlyList<string> words)
    {
        if (_provider is not null)
            throw new FormatException($"the provider is already {_provider.Name}; one catalogue describes one provider");
        _provider = new(Word(words, 1, "name"), Word(words, 2, "version"), Word(words, 3, "namespace"), Value(words, "plugin"));
        CheckFlags(words, 4, "plugin=");
    }

    private static EnumMember ReadMember(string text)
    {
        // Values may hold anything, spaces included; names may not.
        var equals = text.IndexOf('=');
        return equals < 0 ? new(text, text) : new(text.Substring(0, equals), text.Substring(equals + 1));
    }

    private static Property ReadProperty(IReadOnlyList<string> words, int line)
    {
        var direction = Word(words, 0, "direction");
        if (direction is not ("in" or "out" or "io"))
            throw new FormatException($"'{direction}' is no direction; expected in, out or io");
        var name = Word(words, 1, "wire name").Split('=');
        var type = Word(words, 2, "type");
        var nullable = type.EndsWith("?", StringComparison.Ordinal);
        type = nullable ? type.Substring(0, type.Length - 1) : type;
        var required = type.EndsWith("!", StringComparison.Ordinal);
        type = required ? type.Substring(0, type.Length - 1) : type;
        CheckFlags(words, 3, "secret", "json", "obsolete", "const=", "default=", "env=");
        // A property may be named `secret`, and a type is named `json`: flags stand behind both.
        var flags = words.Skip(3).ToList();
        return new(
            name[0], name.Length > 1 ? name[1] : Property.NameOf(name[0]), TypeRef.Parse(type),
            In: direction is "in" or "io", Out: direction is "out" or "io", required, nullable,
            Flag(flags, "secret"), Flag(flags, "json"), Flag(flags, "obsolete"),
            Value(flags, "const"), Value(flags, "default"), Value(flags, "env")?.Split(','), line);
    }

    private void CheckNames()
    {
        var names = new Dictionary<string, int>();
        foreach (var (name, line) in _types.Select(t => (t.Name, t.Line)).Concat(_enums.Select(e => (e.Name, e.Line))))
        {
            if (names.TryGetValue(name, out var first))
                _errors.Add(new(line, $"{name} is already described in line {first}"));
            else
                names.Add(name, line);
        }
        foreach (var twice in _resources
            .Select(r => (r.Token, r.Line))
            .Concat(_functions.Select(f => (f.Token, f.Line)))
            .GroupBy(t => t.Token)
            .Where(g => g.Count() > 1))
        {
            _errors.Add(new(twice.Last().Line, $"{twice.Key} is already described in line {twice.First().Line}"));
        }

        foreach (var property in _resources
            .SelectMany(r => r.Properties)
            .Concat(_functions.SelectMany(f => f.Properties))
            .Concat(_types.SelectMany(t => t.Properties)))
        {
            foreach (var name in property.Type.Names.Where(name => !names.ContainsKey(name)))
                _errors.Add(new(property.Line, $"'{property.Wire}' has the type {name}, which this catalogue does not describe"));
        }
    }

    private static string Word(IReadOnlyList<string> words, int index, string what) =>
        index < words.Count ? words[index] : throw new FormatException($"'{words[0]}' needs a {what}");

    private static bool Flag(IReadOnlyList<string> words, string flag) => words.Contains(flag);

    private static string? Value(IReadOnlyList<string> words, string key) =>
        words.FirstOrDefault(word => word.StartsWith(key + "=", StringComparison.Ordinal))?.Substring(key.Length + 1);

    private static string[] Values(IReadOnlyList<string> words, string key) => Value(words, key)?.Split(',') ?? [];

    private static void CheckFlags(IReadOnlyList<string> words, int from, params string[] allowed)
    {
        foreach (var word in words.Skip(from))
        {
            if (!allowed.Any(flag =>
                flag.EndsWith("=", StringComparison.Ordinal) ? word.StartsWith(flag, StringComparison.Ordinal) : word == flag))
            {
                throw new FormatException(
                    $"'{word}' has no meaning here{(allowed.Length == 0 ? "" : $"; expected {string.Join(", ", allowed)}")}");
            }
        }
    }
}
