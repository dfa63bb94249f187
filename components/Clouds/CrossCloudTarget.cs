using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>
/// How a consumer on another cloud reaches a target. The target itself is untouched: a relay on its cloud, which exists only while such a
/// consumer does, forwards a port for each protocol of the target and admits nobody but the consumers' egress addresses. What has
/// a public API, as buckets of most clouds have, needs no relay: its credentials are scoped.
/// </summary>
/// <param name="Connection">What the consumer must know, with a login or key of its own.</param>
/// <param name="Addresses">The relay's IPv4 addresses, for consumers whose ways out name addresses; none where no relay is needed.</param>
/// <param name="Ports">The relay's ports for this target; none where no relay is needed.</param>
public sealed record CrossCloudTarget(Connection Connection, IReadOnlyList<Output<string>> Addresses, IReadOnlyList<int> Ports)
{
    /// <summary>A target with a public API.</summary>
    /// <param name="connection">What the consumer must know.</param>
    public CrossCloudTarget(Connection connection)
        : this(connection, [], [])
    {
    }
}
