using Infra.Components.Systems;

namespace Infra.Components.Streams.Gcp;

/// <summary>
/// How Managed Service for Apache Kafka is sold: by vCPU and GiB of memory of a whole cluster, which has as much of both in each of three
/// zones. Dated 2026-11; sources: Google Cloud documentation, "Plan the size of your Managed Service for Apache Kafka cluster", "Managed
/// Service for Apache Kafka limitations", "Configure broker disk size" and "Create a Managed Kafka ACL".
/// </summary>
internal static class GcpEventStreamProducts
{
    /// <summary>How many servers a cluster has at least, one in each zone; each topic has as many copies.</summary>
    public const int Servers = 3;

    /// <summary>The smallest disk of a server, in GiB.</summary>
    public const int SmallestDiskGiB = 100;

    /// <summary>How many entries one of Kafka's access control lists may have.</summary>
    public const int MostEntries = 100;

    private const long GiB = 1L << 30;

    /// <summary>The processors of the cluster that keeps a size's promise: whole ones only.</summary>
    public static int VCpuOf(Size size) => Servers * (int)Math.Ceiling(EventStreamArgs.Promise(size).VCpu);

    /// <summary>Its memory, in bytes: a size promises no more than the 8 GiB that a processor may have, and no less than the 1.</summary>
    public static long MemoryOf(Size size) => Servers * (long)EventStreamArgs.Promise(size).MemoryGiB * GiB;

    /// <summary>The disk of each server, in GiB.</summary>
    public static int DiskOf(EventStreamArgs args) => Math.Max(SmallestDiskGiB, args.StorageGiB);
}
