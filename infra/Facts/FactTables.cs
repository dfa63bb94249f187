namespace Infra.Facts;

/// <summary>Every table of facts. A new package is a table and a line here.</summary>
internal static class FactTables
{
    private static readonly Dictionary<string, TypeFacts> ByType = All()
        .SelectMany(table => table.Types)
        .ToDictionary(facts => facts.Type, StringComparer.Ordinal);

    /// <summary>The tables.</summary>
    public static IReadOnlyList<PackageFacts> All() =>
    [
        AwsFacts.Table,
        GcpFacts.Table,
        KubernetesFacts.Table,
        OvhFacts.Table,
        RandomFacts.Table,
        ScalewayFacts.Table,
        TlsFacts.Table,
    ];

    /// <summary>What is known of a type; null when it has no row.</summary>
    public static TypeFacts? Of(string type) => ByType.GetValueOrDefault(type);
}
