using System.Globalization;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Runtimes.Gcp;

/// <summary>
/// The sizes of Cloud Run containers. Less than one vCPU allows one request at a time only, hence nano and small have a whole one.
/// Sources: as each row says.
/// </summary>
internal static class CloudRunSize
{
    /// <summary>Full Linux compatibility and network speed.</summary>
    public const string SecondGeneration = "EXECUTION_ENVIRONMENT_GEN2";

    /// <summary>Starts faster; an emulated kernel.</summary>
    public const string FirstGeneration = "EXECUTION_ENVIRONMENT_GEN1";

    /// <summary>For how long a container may finish its work after it is told to stop; Cloud Run lets nobody change it.</summary>
    public const int StopSeconds = 10;

    /// <summary>Within how many seconds a container must have started, and the longest interval of the checks that find out.</summary>
    public const int StartSeconds = 240;

    /// <summary>The most vCPU of all containers of a replica together.</summary>
    public const double MostVCpu = 8;

    /// <summary>The mode of files: everyone may read them, and nobody write. It is octal 0444.</summary>
    public const int FileMode = 292;

    private const string Limited = "Google Cloud documentation, Cloud Run: CPU and memory limits, 2026-11";

    // By their vCPU, with the most memory that these may have.
    private static readonly Product[] Products =
    [
        new("1", 1, 4) { Source = Limited },
        new("2", 2, 8) { Source = Limited },
        new("4", 4, 16) { Source = Limited },
        new("6", 6, 24) { Source = Limited },
        new("8", 8, 32) { Source = Limited },
    ];

    /// <summary>The vCPU of the smallest container that keeps a promise.</summary>
    public static double VCpu(Capacity promise) => Product.Smallest(Products, promise)!.Capacity.VCpu;

    /// <summary>The limits of the smallest container that keeps a promise.</summary>
    public static InputMap<string> Limits(Capacity promise)
    {
        var product = Product.Smallest(Products, promise)!;
        var memory = Math.Max(LeastMemoryGiB(product.Capacity.VCpu), promise.MemoryGiB);
        return new InputMap<string>
        {
            ["cpu"] = product.Code,
            ["memory"] = string.Create(CultureInfo.InvariantCulture, $"{memory * 1024}Mi"),
        };
    }

    // The same page.
    private static double LeastMemoryGiB(double vCpu) => vCpu switch
    {
        < 4 => 0.5,
        < 6 => 2,
        _ => 4,
    };
}
