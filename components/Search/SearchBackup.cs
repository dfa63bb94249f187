using Infra.Components.Clouds;

namespace Infra.Components.Search;

/// <summary>What is said of a search engine that nobody backs up.</summary>
internal static class SearchBackup
{
    /// <summary>Reports that nobody takes snapshots.</summary>
    /// <param name="gap">What the cloud lacks.</param>
    /// <param name="engine">The search engine.</param>
    /// <param name="checks">Where findings go.</param>
    public static void Check(Gap gap, SearchEngine engine, CloudChecks checks) => checks.Lacks(
        gap,
        engine,
        "Nobody takes snapshots of it: what is lost with its volumes has to be indexed anew.",
        "Keep what is indexed in a database or bucket");
}
