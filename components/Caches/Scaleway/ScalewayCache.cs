using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Networks.Scaleway;
using Infra.Components.Placements;
using Pulumi;
using Redis = Pulumiverse.Scaleway.Redis;
using RedisInputs = Pulumiverse.Scaleway.Redis.Inputs;

namespace Infra.Components.Caches.Scaleway;

/// <summary>
/// Redis with TLS on the private network only: one node, or two with a standby that takes over. More would be a cluster, which not every
/// client speaks. Redis on Scaleway has one login and can have no other, so consumers share it; network policies keep all others out.
/// </summary>
internal sealed class ScalewayCache : PlacedServer, ICache, ILinkTarget<KubernetesGrantee>
{
    // It can be raised, never lowered.
    private const string Version = "7.2.11";
    private const string Login = "app";

    private readonly Output<string> _password;
    private readonly Output<string> _certificate;
    private readonly IReadOnlyList<Resource> _ways;
    private readonly Redis.Cluster _cluster;

    /// <summary>Builds the cache.</summary>
    public ScalewayCache(Cache cache, ScalewayPrivateNetwork network, ScalewayContext context)
        : base(context.Place(cache))
    {
        var args = cache.Args;
        _password = ScalewayPassword.Create($"{Name}-password", context, Child()).Result;
        var options = Child(protect: context.Protect);
        options.CustomTimeouts = new CustomTimeouts
        {
            Create = TimeSpan.FromMinutes(30),
            Update = TimeSpan.FromMinutes(60),
            Delete = TimeSpan.FromMinutes(30),
        };
        _cluster = new Redis.Cluster(
            Name,
            new()
            {
                Zone = context.Zones[0],
                Version = Version,
                NodeType = args.Tweak<ScalewayCacheTweak>()?.NodeType ?? ScalewayCacheProducts.NodeTypeOf(args.Size)!,
                ClusterSize = args.HighAvailability ? 2 : 1,
                TlsEnabled = true,
                UserName = Login,
                Password = _password,

                // Without a private network it would have a public endpoint.
                PrivateNetworks = { new RedisInputs.ClusterPrivateNetworkArgs { Id = network.NetworkId } },
                Settings = { ["maxmemory-policy"] = args.EvictionPolicy },
                Tags = Tags.AsTexts(),
            },
            options);
        _certificate = _cluster.Certificate;
        var port = _cluster.PrivateNetworks.Apply(networks => networks[0].Port!.Value);
        Host = _cluster.PrivateNetworks.Apply(networks => networks[0].Ips[0]);
        Port = port.Apply(number => number.ToString(CultureInfo.InvariantCulture));
        _ways = NetworkAccess.LeaveTo(
            cache, context, Tags, NetworkAccess.Addresses(Output.Format($"{Host}/32")), port);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Endpoint Endpoint => new(Host, Port, SpeaksTls: true);

    /// <inheritdoc/>
    public void Admit(KubernetesGrantee grantee, string role) => grantee.Reach(Name, _ways);

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        grantee.Grants.Add(_cluster);
        var (host, port) = EntranceFor(relay);
        return CacheConnection.To(
            host,
            port,
            Output.Create(Login),
            _password,
            _certificate,
            CacheConnection.VerifyAuthority);
    }
}
