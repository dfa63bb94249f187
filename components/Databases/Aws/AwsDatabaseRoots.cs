namespace Infra.Components.Databases.Aws;

/// <summary>
/// Who signs the certificates of database servers: an authority of each region's own, which no system trusts by itself. The file beside
/// this one holds them, with source and date.
/// </summary>
internal static class AwsDatabaseRoots
{
    /// <summary>The authority that servers are given a certificate of.</summary>
    public const string Authority = "rds-ca-rsa2048-g1";

    private static readonly Lazy<IReadOnlyDictionary<string, string>> ByRegion = new(Read);

    /// <summary>The regions of which it is known.</summary>
    public static IEnumerable<string> Regions => ByRegion.Value.Keys;

    /// <summary>The certificate of a region's authority, as PEM.</summary>
    public static string In(string region) => ByRegion.Value[region];

    private static Dictionary<string, string> Read()
    {
        using var stream = typeof(AwsDatabaseRoots).Assembly.GetManifestResourceStream("rds-roots.pem")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split("# ", StringSplitOptions.RemoveEmptyEntries)
            .Select(section => section.Split('\n', 2))
            .Where(section => section[1].StartsWith("-----BEGIN", StringComparison.Ordinal))
            .ToDictionary(section => section[0].Trim(), section => section[1].Trim(), StringComparer.Ordinal);
    }
}
