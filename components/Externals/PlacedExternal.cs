using System.Globalization;
using System.Net;
using Infra.Components.Clouds;
using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.Externals;

/// <summary>
/// Something external as the consumers on one cloud see it. It has no resources: what lets a consumer out to it is the consumer's own.
/// </summary>
/// <typeparam name="TGrantee">Who receives grants on the cloud.</typeparam>
internal abstract class PlacedExternal<TGrantee> : PlacedComponent, IExternal, ILinkTarget<TGrantee>
    where TGrantee : IGrantee
{
    // RFC 1918 and 6598: what no way out of a network leads to.
    private static readonly IPNetwork[] PrivateBlocks =
        [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10" }.Select(block => IPNetwork.Parse(block))];

    /// <summary>Describes it.</summary>
    protected PlacedExternal(External external, CloudContext context)
        : base(context.Place(external))
    {
        Args = external.Args;
        Host = Output.Create(Args.Host);
        Url = Output.Create(string.Create(CultureInfo.InvariantCulture, $"{Args.Scheme}://{Args.Host}:{Args.Port}{Args.Path}"));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Host { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> Url { get; private set; }

    /// <inheritdoc/>
    public Endpoint? Endpoint => null;

    /// <summary>Its arguments.</summary>
    protected ExternalArgs Args { get; }

    /// <inheritdoc/>
    public abstract void Admit(TGrantee grantee, string role);

    /// <inheritdoc/>
    public Connection Connect(TGrantee grantee, StandingLink link, RelayEndpoint? relay) => new(
        Connection.Plain("HOST", Host),
        Connection.Plain("PORT", Output.Create(Args.Port.ToString(CultureInfo.InvariantCulture))),
        Connection.Plain("TLS", Output.Create(Args.Tls.ToString().ToLowerInvariant())),
        Connection.Plain("CA", Output.Create(Args.CertificateAuthority)),
        Connection.Plain("URL", Url));

    /// <summary>Whether a block of addresses lies in a private network.</summary>
    public static bool IsPrivate(IPNetwork block) =>
        PrivateBlocks.Any(known => known.PrefixLength <= block.PrefixLength && known.Contains(block.BaseAddress));
}
