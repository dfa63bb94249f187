using Infra.Components.Systems;

namespace Infra.Components.Search.Gcp;

/// <summary>
/// The machine types of Compute Engine that keep the promise of a size. Dated 2026-11; source: Compute Engine documentation,
/// "General-purpose machine family", E2, which every region has. The smallest one has memory beside the promise for the system itself.
/// </summary>
internal static class GcpSearchEngineProducts
{
    private const string MachineFamily = "Compute Engine documentation, \"General-purpose machine family\": E2, 2026-11";

    private static readonly Product[] Types =
    [
        Type("e2-medium", 1, 4),
        Type("e2-standard-2", 2, 8),
        Type("e2-standard-4", 4, 16),
        Type("e2-standard-8", 8, 32),
        Type("e2-standard-16", 16, 64),
    ];

    /// <summary>The smallest type that keeps a size's promise.</summary>
    public static string TypeOf(Size size) => Product.Smallest(Types, SearchEngineArgs.Promise(size))!.Code;

    private static Product Type(string code, double vCpu, double memoryGiB) => new(code, vCpu, memoryGiB) { Source = MachineFamily };
}
