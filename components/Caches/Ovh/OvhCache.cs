using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Databases.Ovh;
using Infra.Components.Networks.Ovh;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Ovh;

namespace Infra.Components.Caches.Ovh;

/// <summary>Valkey, run by OVHcloud. Every consumer has a user of its own, with the commands of its intent. It speaks TLS only.</summary>
internal sealed class OvhCache : PlacedServer, ICache, ILinkTarget<KubernetesGrantee>
{
    private static readonly string[] ReadCategories = ["+@read", "+@connection"];
    private static readonly string[] WriteCategories = ["+@all", "-@admin", "-@dangerous"];

    private readonly OvhContext _context;
    private readonly OvhCluster _cluster;
    private readonly IReadOnlyList<Resource> _ways;

    /// <summary>Builds the cache.</summary>
    public OvhCache(Cache cache, OvhPrivateNetwork network, OvhContext context)
        : base(context.Place(cache))
    {
        _context = context;
        var plan = OvhCacheProducts.PlanOf(cache.Args, context.Region);
        _cluster = new OvhCluster(
            Name,
            new()
            {
                Engine = "valkey",
                Version = OvhCacheProducts.Version,
                Plan = plan,
                Flavor = OvhCacheProducts.FlavorOf(cache.Args, plan)!,
                Protect = IsProtected,
            },
            network,
            context,
            Child(protect: context.Protect));
        Host = _cluster.Host;
        Port = _cluster.Port.Apply(port => port.ToString(CultureInfo.InvariantCulture));
        _ways = NetworkAccess.LeaveTo(cache, context, Tags, NetworkAccess.Addresses(network.Subnet), _cluster.Port);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Endpoint Endpoint => new(Host, Port, SpeaksTls: true);

    /// <inheritdoc/>
    public void Admit(KubernetesGrantee grantee, string role) => grantee.Reach(Name, _ways);

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var name = grantee.GrantName(link);
        var user = new CloudProjectDatabaseValkeyUser(
            $"{name}-user",
            new()
            {
                ServiceName = _context.Project,
                ClusterId = _cluster.Database.Id,
                Name = name.Replace('-', '_'),
                Keys = ["*"],
                Channels = ["*"],
                Categories = (link.Intent == Intent.Write ? WriteCategories : ReadCategories).ToList(),
                Commands = ["+info"],
            },
            grantee.Child().On(_context.Provider));
        grantee.Grants.Add(user);
        var (host, port) = EntranceFor(relay);
        return CacheConnection.To(
            host,
            port,
            user.Name,
            user.Password,
            // A public authority signs it: OVHcloud's guides connect by "tls://" of phpredis, and by redis-py, without naming one
            // (ovh/docs, "Connect using PHP" and "Connect using Python" for Valkey, read 2026-11-27), and both verify.
            certificateAuthority: null,
            relay is null ? CacheConnection.VerifyFull : CacheConnection.VerifyAuthority);
    }
}
