using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Infra.CommandLine;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Pages;

/// <summary>
/// The page that moves Familink on paper: its commands are run in their order on a copy of the stack file, and what they print is what the
/// page shows. <c>UPDATE_SNAPSHOTS=1</c> writes it anew.
/// </summary>
public sealed partial class MigratingPageTests : IDisposable
{
    private const string Stack = "familink-production";

    private static readonly string Page = Path.Combine("stacks", "MIGRATING.md");

    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("infra-");

    public void Dispose() => _project.Delete(recursive: true);

    [Fact]
    public void The_page_shows_what_the_commands_print()
    {
        var file = $"Pulumi.{Stack}.yaml";
        File.Copy(Path.Combine(Repository.Root, "stacks", file), Path.Combine(_project.FullName, file));
        var page = File.ReadAllText(Path.Combine(Repository.Root, Page));
        Assert.True(Command().Count(page) > 5, "The page has no commands.");

        var shown = Command().Replace(page, match => match.Groups["limit"].Value + Block(
            match.Groups["command"].Value,
            match.Groups["lines"] is { Success: true, Value: var most } ? int.Parse(most, CultureInfo.InvariantCulture) : int.MaxValue));

        Snapshot.Matches(Page, shown);
    }

    // What is longer than the page has room for ends with an ellipsis.
    private string Block(string command, int most)
    {
        var lines = Run(Words(command)).TrimEnd('\n').Split('\n');
        var shown = lines.Take(most).Concat(lines.Length > most ? ["…"] : []);
        return $"```console\n$ ./run {command}\n{string.Join('\n', shown.Select(line => line.TrimEnd()))}\n```";
    }

    private string Run(IReadOnlyList<string> arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        _ = new InfraCommand(new(_project.FullName), [new Familink()], output, error, new December()).Run([.. arguments]);
        return (Encoding.UTF8.GetString(output.ToArray()) + error).Replace(_project.FullName, "stacks", StringComparison.Ordinal);
    }

    // As a shell parts them, as far as the page needs it.
    private static IReadOnlyList<string> Words(string command) =>
        [.. Word().Matches(command).Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Value)];

    [GeneratedRegex("\"([^\"]*)\"|\\S+")]
    private static partial Regex Word();

    [GeneratedRegex(
        "(?<limit><!-- first (?<lines>[0-9]+) lines -->\n)?```console\n\\$ \\./run (?<command>[^\n]+)\n(?:(?!```)[^\n]*\n)*```")]
    private static partial Regex Command();

    private sealed class December : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);
    }
}
