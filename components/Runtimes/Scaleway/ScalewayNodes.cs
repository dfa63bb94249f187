using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Components.Runtimes.Scaleway;

/// <summary>
/// The nodes that consumers need. Sources of the types: as each row says; types that Kapsule refuses for lack of memory are left out.
/// </summary>
internal static partial class ScalewayNodes
{
    /// <summary>The most nodes of a cluster whose control plane is shared (Scaleway documentation: Kapsule).</summary>
    public const int MostNodes = 150;

    private const string Instances = "Scaleway's documentation of instances, 2026-08";

    private static readonly IReadOnlyList<Product> Amd64 =
    [
        new("PRO2-XXS", 2, 8) { Source = Instances },
        new("PRO2-XS", 4, 16) { Source = Instances },
        new("PRO2-S", 8, 32) { Source = Instances },
        new("PRO2-M", 16, 64) { Source = Instances },
        new("PRO2-L", 32, 128) { Source = Instances },
    ];

    private static readonly IReadOnlyList<Product> Arm64 =
    [
        new("BASIC2-A2C-4G", 2, 4) { Source = Instances },
        new("BASIC2-A2C-8G", 2, 8) { Source = Instances },
        new("BASIC2-A4C-8G", 4, 8) { Source = Instances },
        new("BASIC2-A4C-16G", 4, 16) { Source = Instances },
        new("BASIC2-A8C-16G", 8, 16) { Source = Instances },
        new("BASIC2-A8C-32G", 8, 32) { Source = Instances },
        new("BASIC2-A16C-32G", 16, 32) { Source = Instances },
        new("BASIC2-A16C-64G", 16, 64) { Source = Instances },
    ];

    // Families that not every zone has where a stack can stand, and those that have them. Dated 2026-07; sources: the types of servers that
    // Scaleway's own command line records for fr-par-1, nl-ams-2 and pl-waw-1, and reports of its users for arm64 in the other zones.
    private static readonly (string Family, string[] Zones)[] InSomeZones =
    [
        ("BASIC2-A", ["fr-par-1", "fr-par-2", "nl-ams-1"]),
        ("POP2-HM-", ["fr-par-1", "fr-par-2", "nl-ams-1", "nl-ams-2"]),
        ("STANDARD3-", ["fr-par-1", "fr-par-2", "nl-ams-1", "nl-ams-2"]),
    ];

    // Not published; the kubelet, the network plugin and the volume driver of a node together ask for less.
    private static readonly Capacity KeptByNode = new(0.5, 1.5);

    // The gateway, cert-manager and their kind, once per cluster.
    private static readonly Capacity KeptByCluster = new(2, 4);

    /// <summary>The types of an architecture, from the smallest to the largest.</summary>
    public static IReadOnlyList<Product> Of(CpuArchitecture architecture) => architecture == CpuArchitecture.Arm64 ? Arm64 : Amd64;

    /// <summary>A type by its name: from the table, or of the families whose names say their size; null for others.</summary>
    public static Product? Find(string code)
    {
        if (Amd64.Concat(Arm64).FirstOrDefault(type => type.Code == code) is { } known) return known;
        return SizeInName().Match(code) is { Success: true } size ? new Product(code, Number("cpu"), Number("memory")) : null;

        double Number(string group) => double.Parse(size.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Those of some zones that have nodes of a type.</summary>
    public static IReadOnlyList<string> ZonesWith(Product type, IEnumerable<string> zones) =>
    [
        .. zones.Where(zone => InSomeZones.All(some =>
            !type.Code.StartsWith(some.Family, StringComparison.Ordinal) || some.Zones.Contains(zone))),
    ];

    /// <summary>Whether a consumer fits on a node of a type.</summary>
    public static bool Fits(Product type, Load load) => Free(type).Keeps(load.Replica);

    /// <summary>
    /// The smallest type on which the largest consumer fits and of which few enough nodes carry all consumers at their upper bounds; null
    /// when there is none.
    /// </summary>
    public static Product? TypeFor(CpuArchitecture architecture, IReadOnlyList<Load> loads) => Of(architecture)
        .FirstOrDefault(type => loads.All(load => Fits(type, load)) && Nodes(type, loads) <= MostNodes / 2);

    /// <summary>How many nodes of a type carry all consumers at their upper bounds, with one more for rolling updates.</summary>
    public static int Nodes(Product type, IReadOnlyList<Load> loads)
    {
        var (cpu, memory) = (KeptByCluster.VCpu, KeptByCluster.MemoryGiB);
        foreach (var load in loads)
        {
            cpu += load.Maximum * load.Replica.VCpu;
            memory += load.Maximum * load.Replica.MemoryGiB;
        }

        var free = Free(type);
        return (int)Math.Ceiling(Math.Max(cpu / free.VCpu, memory / free.MemoryGiB)) + 1;
    }

    [GeneratedRegex(@"^(POP2|POP2-HM|POP2-HC|STANDARD3)-X?(?<cpu>[0-9]{1,3})C-(?<memory>[0-9]{1,4})G\z")]
    private static partial Regex SizeInName();

    private static Capacity Free(Product type) => new(type.Capacity.VCpu - KeptByNode.VCpu, type.Capacity.MemoryGiB - KeptByNode.MemoryGiB);
}

/// <summary>What a consumer asks of the nodes.</summary>
/// <param name="Replica">What one replica is promised.</param>
/// <param name="Maximum">How many there are at most.</param>
internal sealed record Load(Capacity Replica, int Maximum)
{
    /// <summary>The load of a consumer; a job runs once.</summary>
    public static Load Of(Consumer consumer) => new(
        consumer.Container.ReplicaCapacity,
        consumer is ContainerService service ? service.Args.Scaling.Highest : 1);
}
