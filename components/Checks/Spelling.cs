namespace Infra.Components.Checks;

/// <summary>Finds what an author probably meant.</summary>
internal static class Spelling
{
    // Nobody means a name by what is far longer than any; comparing it would take its time.
    private const int MaximumLength = 100;

    /// <summary><c> Did you mean 'aws'?</c>, or nothing where no candidate is near.</summary>
    public static string Suggestion(string received, IEnumerable<string> candidates) =>
        Nearest(received, candidates) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    /// <summary>The candidate that differs least from what was received; null where all differ in more than a third of it.</summary>
    public static string? Nearest(string received, IEnumerable<string> candidates)
    {
        var (nearest, distance) = ByDistance(received, candidates).FirstOrDefault();
        return nearest is not null && IsNear(received, nearest, distance) ? nearest : null;
    }

    /// <summary>
    /// The candidates that differ from what was received in no more than a third, and those that hold it or that it holds, the nearest
    /// first.
    /// </summary>
    /// <param name="received">What was received.</param>
    /// <param name="candidates">What is allowed.</param>
    /// <param name="most">How many are listed at most.</param>
    public static IReadOnlyList<string> Near(string received, IEnumerable<string> candidates, int most = 3) =>
    [
        .. ByDistance(received, candidates)
            .Where(pair => IsNear(received, pair.Candidate, pair.Distance) || Overlap(received, pair.Candidate))
            .Select(pair => pair.Candidate)
            .Take(most),
    ];

    private static IEnumerable<(string Candidate, int Distance)> ByDistance(string received, IEnumerable<string> candidates) => candidates
        .Where(_ => received.Length <= MaximumLength)
        .Select(candidate => (Candidate: candidate, Distance: Distance(received.ToLowerInvariant(), candidate.ToLowerInvariant())))
        .OrderBy(pair => pair.Distance);

    private static bool IsNear(string received, string candidate, int distance) =>
        distance <= Math.Max(1, Math.Max(received.Length, candidate.Length) / 3);

    private static bool Overlap(string received, string candidate)
    {
        var (shorter, longer) = received.Length < candidate.Length ? (received, candidate) : (candidate, received);
        return shorter.Length > 0 && longer.Contains(shorter, StringComparison.OrdinalIgnoreCase);
    }

    // Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, which are most typing errors.
    private static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= to.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var substituted = rows[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                var best = Math.Min(substituted, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                var swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
                if (swapped) best = Math.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }
        }

        return rows[from.Length, to.Length];
    }
}
