using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;
using Redis = Pulumi.Gcp.Redis;

namespace Infra.Components.Caches.Gcp;

/// <summary>
/// A Memorystore for Redis instance with TLS. It has one login that all consumers share; Memorystore for Valkey has one per consumer,
/// but issues tokens of an hour instead of passwords, which ordinary clients cannot renew.
/// </summary>
internal sealed class GcpCache : PlacedServer, ICache, ILinkTarget<GcpGrantee>
{
    // What a name of 40 characters leaves beside Pulumi's digits (Memorystore API: instance id).
    private const int LongestName = 32;

    private readonly Output<string> _password;
    private readonly Output<string> _certificateAuthority;

    /// <summary>Builds the cache.</summary>
    public GcpCache(Cache cache, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
        : base(context.Place(cache))
    {
        var args = cache.Args;
        var tweak = args.Tweak<GcpCacheTweak>() ?? new();
        var arguments = new Redis.InstanceArgs
        {
            Project = context.Project,
            Region = context.Region,
            Tier = args.HighAvailability ? "STANDARD_HA" : "BASIC",
            MemorySizeGb = tweak.MemoryGiB ?? GcpCacheProducts.MemoryGiB(args.Size),
            RedisVersion = GcpCacheProducts.Version,
            ConnectMode = "PRIVATE_SERVICE_ACCESS",
            AuthorizedNetwork = network.Network.Id,
            AuthEnabled = true,
            TransitEncryptionMode = "SERVER_AUTHENTICATION",
            RedisConfigs = { ["maxmemory-policy"] = args.EvictionPolicy },
            MaintenancePolicy = Maintenance(GcpNight.In(context.Region).Maintenance),
            DeletionProtection = IsProtected,
            DeletionPolicy = context.DeletionPolicy,
            Labels = Tags.Input(),
        };
        // A snapshot brings it back after both machines were lost; the tier without a standby takes none.
        if (context.IsProduction && args.HighAvailability)
        {
            arguments.PersistenceConfig = new Redis.Inputs.InstancePersistenceConfigArgs
            {
                PersistenceMode = "RDB",
                RdbSnapshotPeriod = "TWENTY_FOUR_HOURS",
            };
        }

        var options = Child(protect: context.Protect, dependsOn: [network.ManagedServices, .. runtime.Apis(Kind)]);
        // A large one takes longer to grow or to move to another version than the provider waits.
        options.CustomTimeouts = new()
        {
            Create = TimeSpan.FromMinutes(60),
            Update = TimeSpan.FromMinutes(60),
            Delete = TimeSpan.FromMinutes(45),
        };
        var instance = new Redis.Instance(ShortName.Of(cache.Name, LongestName), arguments, options);

        Host = instance.Host;
        Port = instance.Port.Apply(port => port.ToString(CultureInfo.InvariantCulture));
        _password = instance.AuthString;
        _certificateAuthority = instance.ServerCaCerts
            .Apply(certificates => string.Join('\n', certificates.Select(certificate => certificate.Cert)));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Endpoint Endpoint => new(Host, Port, SpeaksTls: true);

    /// <inheritdoc/>
    public void Admit(GcpGrantee grantee, string role) => grantee.Reach(role, Name, Host, Port);

    /// <inheritdoc/>
    public Connection Connect(GcpGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var (host, port) = EntranceFor(relay);
        return CacheConnection.To(
            host,
            port,
            Output.Create("default"),
            _password,
            _certificateAuthority,
            CacheConnection.VerifyAuthority);
    }

    // As the database's.
    private static Redis.Inputs.InstanceMaintenancePolicyArgs Maintenance(DateTime night) => new()
    {
        WeeklyMaintenanceWindows =
        {
            new Redis.Inputs.InstanceMaintenancePolicyWeeklyMaintenanceWindowArgs
            {
                Day = night.DayOfWeek.ToString().ToUpperInvariant(),
                StartTime = new Redis.Inputs.InstanceMaintenancePolicyWeeklyMaintenanceWindowStartTimeArgs
                {
                    Hours = night.Hour,
                    Minutes = night.Minute,
                    Seconds = 0,
                    Nanos = 0,
                },
            },
        },
    };
}
