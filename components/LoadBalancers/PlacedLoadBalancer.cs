using Infra.Components.Clouds;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.LoadBalancers;

/// <summary>A load balancer built on a cloud. Whoever is linked to it learns where clients find it; no way is opened to it.</summary>
/// <typeparam name="TGrantee">Who receives grants on the cloud.</typeparam>
/// <param name="placement">Where it stands, by what, and whose it is.</param>
/// <param name="args">Its arguments.</param>
internal abstract class PlacedLoadBalancer<TGrantee>(PlacedComponentArgs placement, LoadBalancerArgs args)
    : PlacedComponent(placement), ILoadBalancer, IEntrance, ILinkTarget<TGrantee>, ICarriedTarget
    where TGrantee : IGrantee
{
    /// <inheritdoc/>
    [Output]
    public Output<string> Address { get; private set; } = null!;

    /// <inheritdoc/>
    public AddressKind AddressKind { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> Url { get; private set; } = null!;

    /// <inheritdoc/>
    public Endpoint? Endpoint => null;

    private string Scheme => args.HasName ? "https" : "http";

    /// <inheritdoc/>
    public void Admit(TGrantee grantee, string role)
    {
    }

    /// <inheritdoc/>
    public Connection Connect(TGrantee grantee, StandingLink link, RelayEndpoint? relay) => Carry(link);

    /// <inheritdoc/>
    public Connection Carry(StandingLink link)
    {
        var host = HostFor(link.Consumer.Component);
        return new(
            Connection.Plain("HOST", host),
            Connection.OneWord("SCHEME", Scheme),
            Connection.Plain("URL", Output.Format($"{Scheme}://{host}")));
    }

    /// <summary>Says where it is reached, which is the last thing that is known of it.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="kind">What the address is.</param>
    protected void Complete(Output<string> address, AddressKind kind)
    {
        (Address, AddressKind) = (address, kind);
        var isFound = args.HasName ? args.HostFor(null) is not null : args.Routes.Count > 0;
        Url = isFound ? Output.Format($"{Scheme}://{HostFor(null)}") : Output.Create("");
        RegisterOutputs();
    }

    private Output<string> HostFor(Component? consumer) => args.HostFor(consumer) is { } host ? Output.Create(host) : Address;
}
