using System.Text;

namespace Infra.Tests.Steps;

/// <summary>
/// The command line of Pulumi as far as this project tells people to use it. Read off pulumi 3.259.0, <c>pkg/cmd/pulumi</c>: the commands,
/// how many arguments they take, and their options, each with whether it takes a value.
/// </summary>
internal static class PulumiCommand
{
    private static readonly Dictionary<string, bool> Everywhere = new()
    {
        ["--cwd"] = true,
        ["-C"] = true,
        ["--non-interactive"] = false,
        ["--color"] = true,
        ["--help"] = false,
    };

    private static readonly Dictionary<string, bool> Operation = new()
    {
        ["--stack"] = true,
        ["-s"] = true,
        ["--yes"] = false,
        ["-y"] = false,
        ["--target"] = true,
        ["-t"] = true,
        ["--target-dependents"] = false,
        ["--exclude"] = true,
        ["--refresh"] = false,
        ["--diff"] = false,
        ["--skip-preview"] = false,
        ["--parallel"] = true,
        ["--continue-on-error"] = false,
        ["--ignore-protect"] = false,
        ["--json"] = false,
    };

    private static readonly Dictionary<string, bool> Stack = new() { ["--stack"] = true, ["-s"] = true };

    private static readonly Dictionary<string, (int Arguments, Dictionary<string, bool> Options)> Commands = new()
    {
        ["up"] = (0, Operation),
        ["preview"] = (0, Operation),
        ["destroy"] = (0, new(Operation) { ["--remove"] = false, ["--exclude-protected"] = false }),
        ["refresh"] = (0, new(Operation) { ["--clear-pending-creates"] = false, ["--skip-pending-creates"] = false }),
        ["cancel"] = (1, new(Stack) { ["--yes"] = false }),
        ["import"] = (3, new(Stack) { ["--file"] = true, ["--yes"] = false }),
        ["login"] = (1, new() { ["--local"] = false, ["--cloud-url"] = true }),
        ["version"] = (0, []),
        ["stack init"] = (1, new(Stack) { ["--secrets-provider"] = true, ["--no-select"] = false }),
        ["stack output"] = (1, new(Stack) { ["--json"] = false, ["--show-secrets"] = false, ["--shell"] = false }),
        ["stack rm"] = (1, new(Stack) { ["--preserve-config"] = false, ["--force"] = false, ["--yes"] = false }),
        ["stack select"] = (1, new(Stack) { ["--create"] = false }),
        ["stack export"] = (0, new(Stack) { ["--file"] = true }),
        ["state unprotect"] = (1, new(Stack) { ["--all"] = false, ["--yes"] = false }),
        ["config set"] = (2, new(Stack) { ["--path"] = false, ["--plaintext"] = false, ["--secret"] = false }),
        ["config rm"] = (1, new(Stack) { ["--path"] = false }),
    };

    /// <summary>What is wrong with a command line; null when Pulumi would understand it.</summary>
    public static string? Problem(string line)
    {
        if (Words(line) is not { } words) return $"'{line}' has a quote without an end";
        if (words.Count == 1) return null;
        var name = words.Count > 2 && Commands.ContainsKey($"{words[1]} {words[2]}") ? $"{words[1]} {words[2]}" : words[1];
        if (!Commands.TryGetValue(name, out var command)) return $"'{name}' is no command that is known here";
        var arguments = 0;
        for (var index = 1 + name.Split(' ').Length; index < words.Count; index++)
        {
            var word = words[index];
            if (!word.StartsWith('-'))
            {
                arguments++;
                continue;
            }

            var (option, hasValue) = word.Split('=', 2) is [var before, _] ? (before, true) : (word, false);
            if (!command.Options.TryGetValue(option, out var takesValue) && !Everywhere.TryGetValue(option, out takesValue))
                return $"'{name}' has no option {option}";
            if (takesValue && !hasValue && (++index >= words.Count || words[index].StartsWith('-'))) return $"{option} has no value";
        }

        return arguments > command.Arguments ? $"'{name}' takes {command.Arguments} arguments, and {arguments} are given" : null;
    }

    // As a shell splits it: quotes keep their contents together, a backslash at the end of a line joins it with the next.
    private static List<string>? Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        foreach (var character in line.Replace("\\\n", " ", StringComparison.Ordinal))
        {
            if (quote != '\0' && character == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && character is '\'' or '"')
            {
                quote = character;
            }
            else if (quote == '\0' && char.IsWhiteSpace(character))
            {
                if (word.Length > 0) words.Add(word.ToString());
                word.Clear();
            }
            else
            {
                word.Append(character);
            }
        }

        if (word.Length > 0) words.Add(word.ToString());
        return quote == '\0' ? words : null;
    }
}
