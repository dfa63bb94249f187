using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Networks;
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
    /// <summary>Describes it.</summary>
    protected PlacedExternal(External external, CloudContext context)
        : base(context.Place(external))
    {
        Args = external.Args;
        LeadsOut = context.Blueprint.Model.Find<PrivateNetwork>() is not { Args.Egress: Egress.None };
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

    /// <summary>Whether the network has a way out.</summary>
    protected bool LeadsOut { get; }

    /// <inheritdoc/>
    public abstract void Admit(TGrantee grantee, string role);

    /// <inheritdoc/>
    public Connection Connect(TGrantee grantee, StandingLink link, RelayEndpoint? relay) => new(
        Connection.Plain("HOST", Host),
        Connection.Plain("PORT", Output.Create(Args.Port.ToString(CultureInfo.InvariantCulture))),
        Connection.OneWord("TLS", Args.Tls.ToString().ToLowerInvariant()),
        Connection.Plain("CA", Output.Create(Args.CertificateAuthority)),
        Connection.Plain("URL", Url));
}
