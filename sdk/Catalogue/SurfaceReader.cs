using System.Text.RegularExpressions;
using Infra.Sdk.Generator.Model;

namespace Infra.Sdk.Cataloguing;

/// <summary>
/// Reads a surface that was written to a file, one line per class and property. The format is described in <c>sdk/README.md</c>.
/// </summary>
internal static partial class SurfaceReader
{
    /// <exception cref="FormatException">A line cannot be read.</exception>
    public static Surface Read(IEnumerable<string> lines)
    {
        Provider? provider = null;
        var resources = new Dictionary<string, SurfaceResource>();
        var functions = new Dictionary<string, SurfaceFunction>();
        var args = new Dictionary<string, IReadOnlyList<SurfaceProperty>>();
        var outputTypes = new Dictionary<string, IReadOnlyList<SurfaceProperty>>();
        var enums = new Dictionary<string, IReadOnlyList<EnumMember>>();
        List<SurfaceProperty>? properties = null;
        var named = false;
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
                continue;
            try
            {
                if (line[0] == ' ')
                {
                    (properties
                        ?? throw new FormatException("a property must stand under a class")).Add(ReadProperty(Words.Split(line), named));
                    continue;
                }
                if (line.StartsWith("enum ", StringComparison.Ordinal))
                {
                    // Values may hold spaces: a member ends where the next one, a name and an equals sign, begins.
                    enums[line.Split(' ')[1]] =
                        [.. EnumMembers().Matches(line).Select(m => new EnumMember(m.Groups[1].Value, m.Groups[2].Value))];
                    continue;
                }
                var words = Words.Split(line);
                properties = [];
                named = true;
                switch (words[0])
                {
                    case "provider":
                        provider = new(words[1], words[2], words[3], Value(words, "plugin"));
                        break;
                    case "resource":
                        resources[words[1]] = new(
                            words[1],
                            words[2],
                            words.Contains("optional"),
                            words.Contains("obsolete"),
                            Value(words, "aliases")?.Split(',') ?? [],
                            properties);
                        break;
                    case "function" when words[1].Contains(':', StringComparison.Ordinal):
                        functions[words[1]] = new(words[1], words[2], words.Contains("optional"), words.Contains("obsolete"));
                        break;
                    case "function":
                        // Without a token nothing can be generated: such a function cannot be added from this surface.
                        break;
                    case "args":
                        args[words[1]] = properties;
                        break;
                    case "outtype":
                        outputTypes[words[1]] = properties;
                        named = false;
                        break;
                    default:
                        throw new FormatException(
                            $"'{words[0]}' begins no block; expected provider, resource, function, args, outtype or enum");
                }
            }
            catch (Exception exception) when (exception is FormatException or ArgumentOutOfRangeException)
            {
                throw new FormatException($"line {number} of the surface cannot be read: {exception.Message}: {line}", exception);
            }
        }
        return new(provider, resources, functions, args, outputTypes, enums);
    }

    private static SurfaceProperty ReadProperty(IReadOnlyList<string> words, bool named)
    {
        // A property may be named `secret`: flags stand behind the names and the type.
        var flags = words.Skip(named ? 4 : 3).ToList();
        return new(
            words[1], named ? words[2] : Value(flags, "field"), words[named ? 3 : 2],
            words[0] == "in!", flags.Contains("secret"), flags.Contains("json"), flags.Contains("obsolete"),
            Value(flags, "const"), Value(flags, "default"), Value(flags, "env")?.Split(','));
    }

    private static string? Value(IReadOnlyList<string> words, string key) =>
        words.FirstOrDefault(word => word.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..];

    [GeneratedRegex(@"(?<= )(\w+)=(.*?)(?= \w+=|$)")]
    private static partial Regex EnumMembers();
}
