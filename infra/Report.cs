using System.Globalization;
using Infra.Components.Checks;

namespace Infra;

/// <summary>Findings as text for the stack's author.</summary>
internal static class Report
{
    /// <summary>A finding on one line.</summary>
    public static string Line(Finding finding) => $"{finding.Severity.ToString().ToLowerInvariant()}: {Text(finding)}";

    // More than anyone reads at once; what comes after them mostly repeats them.
    private const int MaximumLines = 200;

    /// <summary>The findings, the worst first, each on a line; where there are very many, how many more there are.</summary>
    public static IEnumerable<string> Lines(Findings findings)
    {
        var lines = findings.All.OrderByDescending(finding => finding.Severity).Take(MaximumLines).Select(Line);
        var more = findings.All.Count - MaximumLines;
        return more <= 0 ? lines : lines.Append(string.Create(CultureInfo.InvariantCulture, $"... and {more} more findings."));
    }

    /// <summary>Why a stack is not deployed.</summary>
    public static string Refusal(string stack, Findings findings) =>
        string.Join('\n', Lines(findings).Prepend($"Nothing of '{stack}' is deployed, because of errors that were found beforehand:"));

    /// <summary>A finding without its severity.</summary>
    public static string Text(Finding finding) =>
        $"{(finding.Component is null ? "" : finding.Component + ": ")}{finding.Message} [{finding.Rule.Id}]";
}
