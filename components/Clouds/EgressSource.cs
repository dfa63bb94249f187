using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>
/// Where consumers on another cloud come from. All consumers on one cloud leave it by the same addresses and share one source: the
/// addresses are known only once they are reserved, so nobody could tell by comparing them that two are the same.
/// </summary>
/// <param name="cloud">The cloud on which the consumers stand.</param>
/// <param name="addresses">The addresses or blocks by which they leave it.</param>
internal sealed class EgressSource(Cloud cloud, IReadOnlyList<Output<string>> addresses)
{
    // Stands in plans of consumers whose addresses nobody knows, which nothing but such a plan may have: whatever admits a list of sources
    // admits everyone when it is empty, and this address belongs to nobody (RFC 5737).
    private const string Nobody = "192.0.2.0/32";

    /// <summary>The cloud on which the consumers stand.</summary>
    public Cloud Cloud { get; } = cloud;

    /// <summary>Where they come from, as blocks, one at least: some clouds tell addresses, others blocks.</summary>
    public IReadOnlyList<Output<string>> Blocks { get; } = addresses.Count == 0
        ? [Output.Create(Nobody)]
        : [.. addresses.Select(address => address.Apply(text => text.Contains('/', StringComparison.Ordinal) ? text : $"{text}/32"))];

    /// <summary>The blocks of some sources, each source's once.</summary>
    public static IReadOnlyList<Output<string>> BlocksOf(IEnumerable<EgressSource> sources) =>
        [.. sources.Distinct().SelectMany(source => source.Blocks)];
}
