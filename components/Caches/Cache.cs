using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Caches;

/// <summary>A cache that speaks the Redis protocol, with TLS and a login. The engine (Redis or Valkey) is the cloud's choice.</summary>
public sealed class Cache(string name, CacheArgs? args = null) : Component<CacheArgs>(name, args ?? new())
{
    /// <inheritdoc/>
    public override ComponentKind Kind => CacheKind.Instance;
}

/// <summary>What a cache forgets when it is full, in Redis' words.</summary>
public enum Eviction
{
    /// <summary>The least recently used key (<c>allkeys-lru</c>).</summary>
    AllKeysLru,

    /// <summary>The least recently used key that has an expiry (<c>volatile-lru</c>).</summary>
    VolatileLru,

    /// <summary>Nothing: writes fail (<c>noeviction</c>). For queues and sessions.</summary>
    None,
}

/// <summary>The arguments of a cache.</summary>
public sealed record CacheArgs : Arguments
{
    /// <summary>The promised memory: nano 0.5 GiB, small 1, medium 6, large 13, x-large 52, xx-large 104. Default: small.</summary>
    public Size Size { get; init; } = Size.Small;

    /// <summary>
    /// Whether a replica in another zone takes over. Default: true; outside production never. Changing it replaces the cache where the
    /// cloud has the gap "standby added in place".
    /// </summary>
    public bool HighAvailability { get; init; } = true;

    /// <summary>What it forgets when it is full. Default: the least recently used key.</summary>
    public Eviction Eviction { get; init; } = Eviction.AllKeysLru;

    /// <summary>The policy in Redis' own spelling.</summary>
    public string EvictionPolicy => Eviction switch
    {
        Eviction.AllKeysLru => "allkeys-lru",
        Eviction.VolatileLru => "volatile-lru",
        Eviction.None => "noeviction",
        _ => throw new ArgumentOutOfRangeException(nameof(Eviction), Eviction, "not a policy"),
    };

    /// <summary>What each size promises; the processor is the cloud's choice.</summary>
    public static Capacity Promise(Size size) => size switch
    {
        Size.Nano => new(0, 0.5),
        Size.Small => new(0, 1),
        Size.Medium => new(0, 6),
        Size.Large => new(0, 13),
        Size.XLarge => new(0, 52),
        Size.XXLarge => new(0, 104),
        _ => throw new ArgumentOutOfRangeException(nameof(size), size, "not a size"),
    };

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        Decision.Of(Size),
        new("eviction", EvictionPolicy),
        Decision.Promise("high availability", HighAvailability),
    ];

    /// <inheritdoc/>
    public override Arguments For(EnvironmentProfile profile) => this with
    {
        Size = profile.Limit(Size),
        HighAvailability = HighAvailability && profile.HighAvailability,
    };
}

/// <summary>What every cloud gives for a cache.</summary>
public interface ICache
{
    /// <summary>The private host name of the primary; it stays when a replica takes over.</summary>
    Output<string> Host { get; }

    /// <summary>The port: not 6379 on every cloud.</summary>
    Output<string> Port { get; }
}
