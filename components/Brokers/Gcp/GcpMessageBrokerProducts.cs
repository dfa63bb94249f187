using Infra.Components.Systems;

namespace Infra.Components.Brokers.Gcp;

/// <summary>
/// The machine types of Compute Engine that keep the promise of a size. Dated 2026-11; source: Compute Engine documentation,
/// "General-purpose machine family", E2, which every region has. The smallest one has memory beside the promise for the system itself.
/// </summary>
internal static class GcpMessageBrokerProducts
{
    private const string MachineFamily = "Compute Engine documentation, \"General-purpose machine family\": E2, 2026-11";

    private static readonly Product[] Types =
    [
        Type("e2-small", 0.5, 2),
        Type("e2-medium", 1, 4),
        Type("e2-standard-2", 2, 8),
        Type("e2-standard-4", 4, 16),
        Type("e2-standard-8", 8, 32),
    ];

    /// <summary>The types.</summary>
    public static IEnumerable<string> All => Types.Select(type => type.Code);

    /// <summary>The smallest type that keeps a size's promise.</summary>
    public static string TypeOf(Size size) => TypeOf(MessageBrokerArgs.Promise(size))!;

    /// <summary>The smallest type that keeps a promise; null where none does.</summary>
    public static string? TypeOf(Capacity promise) => Product.Smallest(Types, promise)?.Code;

    private static Product Type(string code, double vCpu, double memoryGiB) => new(code, vCpu, memoryGiB) { Source = MachineFamily };
}
