using Infra.Components.Clouds;
using Infra.Components.LoadBalancers;
using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.ContentDelivery;

/// <summary>
/// A content delivery network built on a cloud. Whoever is linked to it learns where clients find it; no way is opened to it.
/// </summary>
/// <typeparam name="TGrantee">Who receives grants on the cloud.</typeparam>
/// <param name="placement">Where it stands, by what, and whose it is.</param>
/// <param name="args">Its arguments.</param>
internal abstract class PlacedCdn<TGrantee>(PlacedComponentArgs placement, CdnArgs args)
    : PlacedComponent(placement), ICdn, IEntrance, ILinkTarget<TGrantee>, ICarriedTarget
    where TGrantee : IGrantee
{
    /// <inheritdoc cref="ICdn.Address"/>
    [Output]
    public Output<string> Address { get; private set; } = null!;

    /// <inheritdoc cref="ICdn.AddressKind"/>
    public AddressKind AddressKind { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> Url { get; private set; } = null!;

    /// <inheritdoc/>
    public Endpoint? Endpoint => null;

    /// <summary>Its arguments.</summary>
    protected CdnArgs Args => args;

    // An address alone has no certificate.
    private string Scheme => args.HasName || AddressKind == AddressKind.HostName ? "https" : "http";

    private Output<string> Host => args.FullHost is { } host ? Output.Create(host) : Address;

    /// <inheritdoc/>
    public void Admit(TGrantee grantee, string role)
    {
    }

    /// <inheritdoc/>
    public Connection Connect(TGrantee grantee, StandingLink link, RelayEndpoint? relay) => Carry(link);

    /// <inheritdoc/>
    public Connection Carry(StandingLink link) => new(
        Connection.Plain("HOST", Host),
        Connection.OneWord("SCHEME", Scheme),
        Connection.Plain("URL", Url));

    /// <summary>Says where it is reached, which is the last thing that is known of it.</summary>
    /// <param name="address">Its name or address.</param>
    /// <param name="kind">What the address is.</param>
    protected void Complete(Output<string> address, AddressKind kind)
    {
        (Address, AddressKind) = (address, kind);
        Url = Output.Format($"{Scheme}://{Host}");
        RegisterOutputs();
    }
}
