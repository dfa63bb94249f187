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

    /// <summary>The mode of files: everyone may read them, and nobody write. It is octal 0444.</summary>
    public const int FileMode = 292;

    private const string Limited = "Google Cloud documentation, Cloud Run: CPU and memory limits, 2026-11";

    // Code: vCPU and MiB.
    private static readonly Product[] Products =
    [
        new("1/512", 1, 0.5) { Source = Limited },
        new("1/1024", 1, 1) { Source = Limited },
        new("1/2048", 1, 2) { Source = Limited },
        new("2/4096", 2, 4) { Source = Limited },
        new("4/8192", 4, 8) { Source = Limited },
        new("8/16384", 8, 16) { Source = Limited },
    ];

    /// <summary>The limits of a size's container.</summary>
    public static InputMap<string> Limits(Size size)
    {
        var (vCpu, memoryGiB) = Product.Smallest(Products, ContainerArgs.Promise(size))!.Capacity;
        return new InputMap<string>
        {
            ["cpu"] = vCpu.ToString(CultureInfo.InvariantCulture),
            ["memory"] = string.Create(CultureInfo.InvariantCulture, $"{memoryGiB * 1024}Mi"),
        };
    }
}
