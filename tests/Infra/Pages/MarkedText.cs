using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Pages;

/// <summary>
/// Parts of Markdown files that are generated. They stand between <c>&lt;!-- name: begin --&gt;</c> and <c>&lt;!-- name: end --&gt;</c>. To
/// refresh them, run the tests with <c>UPDATE_SNAPSHOTS=1</c> and read the difference before you commit it.
/// </summary>
internal static class MarkedText
{
    /// <summary>Demands that a part is what the code says, or rewrites it.</summary>
    /// <param name="file">The file, relative to the repository.</param>
    /// <param name="name">The part's name.</param>
    /// <param name="generated">What must stand there.</param>
    public static void Matches(string file, string name, string generated)
    {
        var path = Path.Combine(Repository.Root, file);
        var text = File.ReadAllText(path);
        var (begin, end) = ($"<!-- {name}: begin -->\n", $"<!-- {name}: end -->");
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= begin.Length && to >= from, $"{file} lacks the lines '{begin.Trim()}' and '{end}'.");

        var expected = generated.TrimEnd('\n') + "\n";
        if (text[from..to] == expected) return;
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, text[..from] + expected + text[to..]);
        }
        else
        {
            Assert.Fail(
                $"'{name}' in {file} is stale: run the tests with UPDATE_SNAPSHOTS=1 and read the difference. It must be:\n\n{expected}");
        }
    }

    /// <summary>A table.</summary>
    /// <param name="headings">The columns' headings.</param>
    /// <param name="rows">The cells, row by row.</param>
    public static string Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows) =>
        string.Join('\n', [Line(headings), Line([.. headings.Select(_ => "---")]), .. rows.Select(Line)]) + "\n";

    private static string Line(IReadOnlyList<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";
}
