using System.Text.RegularExpressions;
using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.ContentDelivery;

/// <summary>
/// A content delivery network in front of a bucket, whose objects everyone may then read under a host of the system's while the bucket
/// itself stays private; or in front of a load balancer, whose answers it keeps as long as they say. It answers over HTTPS from places
/// near its clients. A link to one says where it is found.
/// </summary>
public sealed class Cdn(string name, CdnArgs args) : Component<CdnArgs>(name, args)
{
    /// <inheritdoc/>
    public override ComponentKind Kind => CdnKind.Instance;

    /// <inheritdoc/>
    public override IEnumerable<Component> References => [Args.Zone, Args.Origin.Component];

    /// <inheritdoc/>
    internal override bool Stands => Args.Origin.Component.Stands;
}

/// <summary>What a content delivery network stands in front of: a bucket or a load balancer.</summary>
public sealed record CdnOrigin
{
    /// <summary>
    /// The objects of a bucket: a key is the path, and an object is kept at the edge for <see cref="CdnArgs.TtlSeconds"/> unless its own
    /// Cache-Control says otherwise. The query string of a request is ignored.
    /// </summary>
    /// <param name="bucket">The bucket.</param>
    public CdnOrigin(Bucket bucket) => Bucket = bucket;

    /// <summary>
    /// The answers of a load balancer, which is asked over HTTPS for a host of its own: services see that host. An answer is kept as long
    /// as its own Cache-Control says, and not at all where it says nothing; the query string, cookies and credentials of a request tell
    /// answers apart.
    /// </summary>
    /// <param name="loadBalancer">The load balancer.</param>
    public CdnOrigin(LoadBalancer loadBalancer) => LoadBalancer = loadBalancer;

    /// <summary>The bucket; null for a load balancer.</summary>
    public Bucket? Bucket { get; }

    /// <summary>The load balancer; null for a bucket.</summary>
    public LoadBalancer? LoadBalancer { get; }

    /// <summary>
    /// The host of the load balancer that is asked, relative to the domain of its certificate's zone: exact, and one of its routes.
    /// Default: null, that of its first route with an exact host.
    /// </summary>
    public string? Host { get; init; }

    /// <summary>Whichever of the two it is.</summary>
    internal Component Component => (Component?)Bucket ?? LoadBalancer!;

    /// <summary>The host in full that a load balancer is asked for; null in a stack without a domain, and where it has none.</summary>
    internal string? FullHost => LoadBalancer switch
    {
        null or { Args.HasName: false } => null,
        { } balancer when Host is { } host => balancer.Args.Certificate.Args.Zone.Args.FullName(host),
        { } balancer => balancer.Args.HostFor(null),
    };

    /// <summary>The same of a resolved system.</summary>
    internal CdnOrigin Referring(References replacement) => Bucket is { } bucket
        ? new CdnOrigin(replacement.Of(bucket)) { Host = Host }
        : new CdnOrigin(replacement.Of(LoadBalancer!)) { Host = Host };
}

/// <summary>The arguments of a content delivery network.</summary>
public sealed partial record CdnArgs : Arguments
{
    /// <summary>The longest time for which anything is kept at the edge, in seconds: a year (the limit of Google Cloud and AWS).</summary>
    internal const int LongestTtlSeconds = 31_536_000;

    /// <summary>The decision of how long things are kept.</summary>
    internal const string KeptFor = "kept for";

    /// <summary>What it stands in front of: a bucket or a load balancer.</summary>
    public required CdnOrigin Origin { get; init; }

    /// <summary>The zone of its host, which proves who owns the name; it may stand anywhere.</summary>
    public required DnsZone Zone { get; init; }

    /// <summary>
    /// The host at which clients find it, relative to the zone's domain: <c>assets</c> for <c>assets.example.org</c>. A
    /// <see cref="DnsRecord"/> of that name leads to it. In a stack without a domain, it has the name or address that its cloud gives it.
    /// Changing it makes a new certificate before the old one goes. Default: assets.
    /// </summary>
    public string Host { get; init; } = "assets";

    /// <summary>
    /// For how many seconds an object of a bucket is kept at the edge, 0 to 31536000 (a year: the limit of Google Cloud and AWS). Where the
    /// object has a Cache-Control of its own, that decides. A bucket's object that is overwritten is found once the time is over: give new
    /// contents a new key. Of no meaning for a load balancer. Default: 86400, a day.
    /// </summary>
    public int TtlSeconds { get; init; } = 86_400;

    /// <summary>
    /// The object of a bucket that is shown at the path <c>/</c>, such as <c>index.html</c>; of no meaning for a load balancer. Default:
    /// empty, none.
    /// </summary>
    public string DefaultDocument { get; init; } = "";

    /// <summary>
    /// The object of a bucket that is shown, with status 200, at every path that has none: the page of an application that keeps its own
    /// paths in the browser. Of no meaning for a load balancer. Default: empty, which answers with an error.
    /// </summary>
    public string FallbackDocument { get; init; } = "";

    /// <summary>
    /// The name at which someone else's content delivery network answers for the host, such as <c>shop.cdn.example</c>, in place of the
    /// cloud's own and on every cloud alike: it is set up by hand, with the host, its certificate, and a way to the origin. Default: empty,
    /// for the cloud's own; needed where it has none: <c>infra:components: { assets: { supplier: shop.cdn.example } }</c>.
    /// </summary>
    public string Supplier { get; init; } = "";

    /// <summary>Whether it has a host of its own, in the zone's domain.</summary>
    internal bool HasName => Zone.Args.HasDomain;

    /// <summary>Whether someone else's network is used in place of the cloud's own.</summary>
    internal bool IsSupplied => Supplier.Length > 0;

    /// <summary>Its host in full; null in a stack without a domain.</summary>
    public string? FullHost => HasName ? Zone.Args.FullName(Host) : null;

    /// <summary>The names that a certificate must prove: none where no certificate of the stack's is needed.</summary>
    internal IReadOnlyList<string> NamesToProve => !IsSupplied && FullHost is { } host ? [host] : [];

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        new("host", FullHost ?? "the cloud's own name"),
        new("in front of", Origin.Component.Name),
        new("by", IsSupplied ? Supplier : "the cloud's own network"),
        new(KeptFor, Origin.Bucket is null ? "as long as answers say" : Decision.Counted(TtlSeconds, "seconds")),
        .. DefaultDocument.Length == 0 ? Enumerable.Empty<Decision>() : [new("at /", DefaultDocument)],
        .. FallbackDocument.Length == 0 ? Enumerable.Empty<Decision>() : [new("at other paths", FallbackDocument)],
    ];

    /// <inheritdoc/>
    public override Arguments Referring(References replacement) =>
        this with { Zone = replacement.Of(Zone), Origin = Origin.Referring(replacement) };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        Zone.Args.CheckHost(guard, nameof(Host), Host);
        guard.Require(!Host.StartsWith('*'), nameof(Host), $"'{Host}'", "one host, or @ for the domain itself");
        guard.InRange(nameof(TtlSeconds), TtlSeconds, 0, LongestTtlSeconds, "seconds");
        CheckDocument(nameof(DefaultDocument), DefaultDocument);
        CheckDocument(nameof(FallbackDocument), FallbackDocument);
        if (IsSupplied) guard.Matches(nameof(Supplier), Supplier, HostName(), "a host name such as shop.cdn.example, or nothing");
        CheckOrigin(guard);

        void CheckDocument(string argument, string document)
        {
            if (document.Length == 0) return;
            guard.Require(
                Origin.Bucket is not null,
                argument,
                $"'{document}'",
                $"nothing in front of a load balancer, as '{Origin.Component.Name}' is: its services answer every path",
                $"Leave {argument} out");
            guard.Matches(argument, document, Document(), "the key of an object at the bucket's root, such as index.html, or nothing");
        }
    }

    private void CheckOrigin(Guard guard)
    {
        const string OriginHost = "Origin.Host";
        if (Origin.LoadBalancer is not { } balancer)
        {
            guard.Require(Origin.Host is null, OriginHost, $"'{Origin.Host}'", "nothing for a bucket", "Leave it out");
            return;
        }

        guard.Require(
            balancer.Args.TakesHttp,
            nameof(Origin),
            $"'{balancer.Name}', which has no route",
            "load balancers with a route",
            $"Add a route to '{balancer.Name}'");
        if (!balancer.Args.HasName || !balancer.Args.TakesHttp) return;
        var hosts = balancer.Args.FullRoutes.Select(route => route.Host).Where(host => !host.StartsWith('*')).Distinct().ToList();
        guard.Require(
            Origin.FullHost is { } asked && hosts.Contains(asked),
            OriginHost,
            Origin.Host is { } named ? $"'{named}'" : null,
            hosts.Count == 0
                ? $"an exact host of a route of '{balancer.Name}', which has none"
                : $"an exact host of a route of '{balancer.Name}': {string.Join(", ", hosts)}",
            hosts.Count == 0 ? $"Add a route with an exact host to '{balancer.Name}'" : $"Change {OriginHost}, or leave it out");
        guard.Require(
            FullHost is null || FullHost != Origin.FullHost,
            nameof(Host),
            $"'{Host}', the host at which '{balancer.Name}' is asked",
            "a host of its own, or requests would come back to it",
            $"Change Host, or give '{balancer.Name}' a route with another host, and name that in {OriginHost}");
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex Document();

    [GeneratedRegex(@"^(?=.{1,253}\z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+\z")]
    private static partial Regex HostName();
}

/// <summary>What every cloud gives for a content delivery network.</summary>
public interface ICdn
{
    /// <summary>The name or address that DNS records point at.</summary>
    Output<string> Address { get; }

    /// <summary>What the address is: clouds differ, and DNS must accept both.</summary>
    AddressKind AddressKind { get; }

    /// <summary>Where it is found: its own host, or the cloud's in a stack without a domain; without a final slash.</summary>
    Output<string> Url { get; }
}
