namespace Infra.Tests.Testing;

/// <summary>What a script that sets up the logins of a search engine does for one consumer.</summary>
internal static class SearchLogins
{
    /// <summary>What the consumer's login may do, as a sentence; none where the script does not know it.</summary>
    /// <param name="consumer">The consumer.</param>
    /// <param name="name">What runs the script.</param>
    /// <param name="script">The script: one call after the other.</param>
    public static IEnumerable<string> Of(string consumer, string name, string script)
    {
        var call = $"call PUT roles/{consumer}-login <<JSON\n";
        var at = script.IndexOf(call, StringComparison.Ordinal);
        if (at >= 0) yield return $"logs in by {name}: {script[(at + call.Length)..].Split('\n')[0]}";
    }
}
