namespace Infra.Sdk.Cataloguing;

/// <summary>Finds the tokens that somebody may have meant.</summary>
internal static class NearMatches
{
    /// <summary>At most five tokens: those that name the same class first, then those that take the fewest changes.</summary>
    public static IReadOnlyList<string> Of(string token, IEnumerable<string> tokens)
    {
        var name = NameOf(token);
        return [.. tokens
            .Select(candidate => (Token: candidate, Distance: Distance(name, NameOf(candidate)), Whole: Distance(token, candidate)))
            .Where(candidate => candidate.Distance <= Math.Max(2, name.Length / 4) || candidate.Whole <= 3)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Whole)
            .ThenBy(candidate => candidate.Token, StringComparer.Ordinal)
            .Select(candidate => candidate.Token)
            .Take(5)];
    }

    private static string NameOf(string token) => token[(token.LastIndexOf(':') + 1)..];

    /// <summary>How many letters must be inserted, removed or replaced to turn one text into the other, letter case aside.</summary>
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = previous[j - 1] + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.Length];
    }
}
