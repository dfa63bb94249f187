using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Search;

/// <summary>
/// An application's search engine: OpenSearch over TLS, with a login for each consumer. What lies in it (indices, templates, pipelines) is
/// the applications' own affair, and can be made again from where it came: it is no place for the only copy of something.
/// </summary>
public sealed class SearchEngine(string name, SearchEngineArgs? args = null) : Component<SearchEngineArgs>(name, args ?? new())
{
    /// <inheritdoc/>
    public override ComponentKind Kind => SearchEngineKind.Instance;
}

/// <summary>The arguments of a search engine.</summary>
public sealed record SearchEngineArgs : Arguments
{
    /// <summary>
    /// The line of OpenSearch: 2 (2.19, its last) or 3. It can be raised, never lowered; indices that OpenSearch 1 made must be made anew
    /// before 3. Default: 2.
    /// </summary>
    public string Version { get; init; } = "2";

    /// <summary>
    /// The promised vCPU and memory of each server, of which Java's heap takes half: nano 0.5 vCPU and 2 GiB, small 1 and 4, medium 2 and
    /// 8, large 4 and 16, x-large 8 and 32, xx-large 16 and 64. Default: small.
    /// </summary>
    public Size Size { get; init; } = Size.Small;

    /// <summary>
    /// The size of each server's volume in GiB, 10 to 3000, of which OpenSearch fills 85 %. It can be raised, never lowered. Default: 20.
    /// </summary>
    public int StorageGiB { get; init; } = 20;

    /// <summary>
    /// Whether there are three servers, so that every index with a replica survives the loss of one; otherwise there is one. Default: true;
    /// outside production never.
    /// </summary>
    public bool HighAvailability { get; init; } = true;

    /// <summary>The lines.</summary>
    public static IReadOnlyList<string> Versions { get; } = ["2", "3"];

    /// <summary>What each size promises.</summary>
    public static Capacity Promise(Size size) => size switch
    {
        Size.Nano => new(0.5, 2),
        Size.Small => new(1, 4),
        Size.Medium => new(2, 8),
        Size.Large => new(4, 16),
        Size.XLarge => new(8, 32),
        Size.XXLarge => new(16, 64),
        _ => throw new ArgumentOutOfRangeException(nameof(size), size, "not a size"),
    };

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        new("version", $"OpenSearch {Version}"),
        Decision.Of(Size),
        new("storage", string.Create(CultureInfo.InvariantCulture, $"{StorageGiB} GiB")),
        Decision.Promise("high availability", HighAvailability),
    ];

    /// <inheritdoc/>
    public override Arguments For(EnvironmentProfile profile) => this with
    {
        Size = profile.Limit(Size),
        StorageGiB = Math.Min(StorageGiB, profile.MaximumStorageGiB),
        HighAvailability = HighAvailability && profile.HighAvailability,
    };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        guard.OneOf(nameof(Version), Version, Versions);
        guard.InRange(nameof(StorageGiB), StorageGiB, 10, 3000, "GiB");
    }
}

/// <summary>What every cloud gives for a search engine.</summary>
public interface ISearchEngine
{
    /// <summary>The private host name; it stays when a server is lost.</summary>
    Output<string> Host { get; }

    /// <summary>The port of its REST API: not 9200 on every cloud.</summary>
    Output<string> Port { get; }
}
