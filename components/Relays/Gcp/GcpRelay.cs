using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Gcp;
using Pulumi;

namespace Infra.Components.Relays.Gcp;

/// <summary>
/// Leads links of consumers on other clouds to their targets here. Each consumer is held by one identity, whatever it uses; proxies exist
/// only where one of its targets listens in the network.
/// </summary>
/// <param name="ports">The targets that it leads to, each with a port.</param>
/// <param name="context">What every component needs.</param>
internal sealed class GcpRelay(IReadOnlyList<RelayPort<GcpGrantee>> ports, GcpContext context) : IRelay<GcpGrantee>
{
    private readonly Dictionary<Standing, GcpGrantee> _grantees = [];
    private readonly GcpRelayProxies? _proxies =
        ports.Count == 0 ? null : new(ports, context.Get<GcpPrivateNetwork>(), context.Get<GcpRuntime>(), context);

    /// <inheritdoc/>
    public PlacedComponent? Component => _proxies;

    /// <inheritdoc/>
    public IReadOnlyList<Output<string>> Addresses => _proxies is null ? [] : [_proxies.Address];

    /// <inheritdoc/>
    public void Admit(RelayPort<GcpGrantee> port) => _proxies!.Admit(port);

    /// <inheritdoc/>
    public GcpGrantee GranteeOf(StandingLink link)
    {
        if (!_grantees.TryGetValue(link.Consumer, out var grantee))
        {
            var identity = GcpServiceIdentity.OfCrossCloud(link.Consumer, context.Get<GcpRuntime>(), context);
            _grantees.Add(link.Consumer, grantee = identity.GranteeOf(identity));
        }

        return grantee;
    }

    /// <inheritdoc/>
    public RelayEndpoint EntranceOf(RelayPort<GcpGrantee> port) => new(_proxies!.Address, port.Number, _proxies.CertificateAuthority);

    /// <inheritdoc/>
    public void Complete() => _proxies?.Complete();
}
