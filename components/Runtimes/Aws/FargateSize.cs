using System.Globalization;
using Infra.Components.Systems;

namespace Infra.Components.Runtimes.Aws;

/// <summary>A size of a Fargate task. Only some pairs exist, and no provider checks them.</summary>
/// <param name="CpuUnits">Thousand and twenty-fourths of a vCPU.</param>
/// <param name="MemoryMiB">Memory in MiB.</param>
internal readonly record struct FargateSize(int CpuUnits, int MemoryMiB)
{
    private const string TaskSizes = "AWS documentation, Amazon ECS task definition parameters for Fargate: task size, 2026-11";

    private static readonly (int Cpu, int[] Memory)[] Pairs =
    [
        (256, [512, 1024, 2048]),
        (512, Steps(1024, 4096, 1024)),
        (1024, Steps(2048, 8192, 1024)),
        (2048, Steps(4096, 16384, 1024)),
        (4096, Steps(8192, 30720, 1024)),
        (8192, Steps(16384, 61440, 4096)),
        (16384, Steps(32768, 122880, 8192)),
    ];

    private static readonly Product[] Products =
    [
        .. from pair in Pairs
           from memory in pair.Memory
           select new Product($"{pair.Cpu}/{memory}", pair.Cpu / 1024.0, memory / 1024.0) { Source = TaskSizes },
    ];

    /// <summary>What the smallest task does: enough for clients that set up a login.</summary>
    public static FargateSize Smallest { get; } = new(256, 512);

    /// <summary>The numbers of vCPU units that exist.</summary>
    public static IEnumerable<int> CpuUnitsOffered => Pairs.Select(pair => pair.Cpu);

    /// <summary>The CPU as a task definition has it.</summary>
    public string Cpu => CpuUnits.ToString(CultureInfo.InvariantCulture);

    /// <summary>The memory as a task definition has it.</summary>
    public string Memory => MemoryMiB.ToString(CultureInfo.InvariantCulture);

    /// <summary>The smallest task that keeps a promise.</summary>
    public static FargateSize Of(Capacity promise)
    {
        var parts = Product.Smallest(Products, promise)!.Code.Split('/');
        return new(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The memory that a number of vCPU units may have, in MiB; none when there are no such units.</summary>
    public static IReadOnlyList<int> MemoryFor(int cpuUnits) => Pairs.FirstOrDefault(pair => pair.Cpu == cpuUnits).Memory ?? [];

    private static int[] Steps(int first, int last, int step) =>
        [.. Enumerable.Range(0, ((last - first) / step) + 1).Select(index => first + (index * step))];
}
