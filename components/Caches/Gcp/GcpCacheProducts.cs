using Infra.Components.Systems;

namespace Infra.Components.Caches.Gcp;

/// <summary>
/// Memorystore for Redis is sold by whole GiB, from 1 to 300. Dated 2026-11; source: Google Cloud documentation, Memorystore for Redis
/// overview.
/// </summary>
internal static class GcpCacheProducts
{
    /// <summary>The newest version: every client of the last years speaks to it.</summary>
    public const string Version = "REDIS_7_2";

    /// <summary>The largest instance, in GiB.</summary>
    public const int Largest = 300;

    /// <summary>The memory that keeps a size's promise.</summary>
    public static int MemoryGiB(Size size) => (int)Math.Ceiling(CacheArgs.Promise(size).MemoryGiB);
}
