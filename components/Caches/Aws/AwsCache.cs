using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Connections;
using Infra.Components.Identities.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Relays;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Random;
using Ec2 = Pulumi.Aws.Ec2;
using ElastiCache = Pulumi.Aws.ElastiCache;
using CacheInputs = Pulumi.Aws.ElastiCache.Inputs;

namespace Infra.Components.Caches.Aws;

/// <summary>A replication group of Amazon ElastiCache for Valkey. Every consumer has a user of its own; the engine's default user may do nothing.</summary>
internal sealed class AwsCache : PlacedServer, ICache, IAwsRelayedTarget
{
    private const int TcpPort = 6379;

    private readonly Ec2.SecurityGroup _group;
    private readonly ElastiCache.UserGroup _users;
    private Resource _lastUseOfUsers;

    /// <summary>Builds the cache.</summary>
    public AwsCache(Cache cache, AwsPrivateNetwork network, AwsContext context)
        : base(context.Place(cache))
    {
        var args = cache.Args;
        _group = new Ec2.SecurityGroup(Name, new() { VpcId = network.NetworkId, Description = $"Cache {Name}", Tags = Tags.Named(Name) }, Child());
        var subnets = new ElastiCache.SubnetGroup(Name, new() { SubnetIds = network.DataSubnets, Description = $"Cache {Name}", Tags = Tags.AsInput() }, Child());
        var parameters = new ElastiCache.ParameterGroup(
            Name,
            new()
            {
                Family = "valkey8",
                Description = $"Cache {Name}",
                Parameters = [new CacheInputs.ParameterGroupParameterArgs { Name = "maxmemory-policy", Value = args.EvictionPolicy }],
                Tags = Tags.AsInput(),
            },
            Child());
        var password = LoginPassword.Create($"{Name}-default", context.Values, Child());
        var nobody = new ElastiCache.User(
            $"{Name}-default",
            User(UserId($"{Name}-default", context.Stack), "default", "off resetchannels -@all", password.Result, Tags),
            Child(deleteBeforeReplace: true));
        _users = new ElastiCache.UserGroup(
            Name,
            new() { Engine = "valkey", UserGroupId = UserId(Name, context.Stack), UserIds = [nobody.UserId], Tags = Tags.AsInput() },
            // Consumers join the group by associations of their own.
            Child(ignoreChanges: ["userIds"], deleteBeforeReplace: true));

        var options = Child(protect: context.Protect);
        options.CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromMinutes(60), Update = TimeSpan.FromMinutes(60), Delete = TimeSpan.FromMinutes(45) };
        var group = new ElastiCache.ReplicationGroup(
            Name,
            new()
            {
                Description = $"Cache {Name} of {context.Stack}",
                Engine = "valkey",
                EngineVersion = "8.0",
                NodeType = args.Tweak<AwsCacheTweak>()?.NodeType ?? AwsCacheProducts.NodeTypeOf(args.Size),
                NumCacheClusters = args.HighAvailability ? 2 : 1,
                AutomaticFailoverEnabled = args.HighAvailability,
                MultiAzEnabled = args.HighAvailability,
                AtRestEncryptionEnabled = true,
                TransitEncryptionEnabled = true,
                TransitEncryptionMode = "required",
                UserGroupIds = [_users.UserGroupId],
                SubnetGroupName = subnets.Name,
                SecurityGroupIds = [_group.Id],
                ParameterGroupName = parameters.Name,
                Port = TcpPort,
                AutoMinorVersionUpgrade = true,
                SnapshotRetentionLimit = context.IsProduction ? 7 : 0,
                SnapshotWindow = "02:00-03:00",
                MaintenanceWindow = "sun:03:30-sun:04:30",
                ApplyImmediately = !context.IsProduction,
                Tags = Tags.AsInput(),
            },
            options);

        _lastUseOfUsers = group;
        Host = group.PrimaryEndpointAddress;
        Port = Output.Create(TcpPort.ToString(CultureInfo.InvariantCulture));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public AwsEndpoint Endpoint => new(Host, TcpPort, _group, SpeaksTls: true, Addresses: 1);

    /// <inheritdoc/>
    public Connection Connect(AwsConsumer consumer, Link link)
    {
        var password = consumer.Password(link);
        consumer.Reach(link, _group.Id, TcpPort);
        _ = SetUp(consumer, link, password);
        return At(EntranceFor(relay: null), consumer, password);
    }

    /// <inheritdoc/>
    public Connection Connect(AwsGrantee foreign, Link link, RelayEndpoint relay)
    {
        var password = foreign.Password(link);
        return At(EntranceFor(relay, SetUp(foreign, link, password)), foreign, password);
    }

    private static Connection At((Output<string> Host, Output<string> Port) entrance, AwsGrantee consumer, RandomPassword password) =>
        Connection.ToCache(entrance.Host, entrance.Port, Output.Create(LoginOf(consumer)), password.Result, Output.Create(""));

    private static string LoginOf(AwsGrantee consumer) => $"{consumer.Name}-login";

    private ElastiCache.UserGroupAssociation SetUp(AwsGrantee consumer, Link link, RandomPassword password)
    {
        var user = new ElastiCache.User(
            consumer.Role(link, "login"),
            User(UserId($"{consumer.Name}-{Name}", consumer.Context.Stack), LoginOf(consumer), Access(link.Intent), password.Result, consumer.Tags),
            consumer.Child(deleteBeforeReplace: true));
        // ElastiCache changes a group of users for one caller at a time, and wants it at rest when the cache is created.
        var association = new ElastiCache.UserGroupAssociation(
            consumer.Role(link, "login"),
            new() { UserGroupId = _users.UserGroupId, UserId = user.UserId },
            consumer.Child(dependsOn: [_lastUseOfUsers], deleteBeforeReplace: true));
        _lastUseOfUsers = association;
        consumer.Grants.Add(association);
        return association;
    }

    // Nobody may empty the cache or change its settings. INFO is among the dangerous commands, but client libraries ask for the version with it.
    private static string Access(Intent intent) => intent == Intent.Write
        ? "on ~* &* +@all -@admin -@dangerous +info"
        : "on ~* resetchannels -@all +@connection +@read -@dangerous +info";

    private static ElastiCache.UserArgs User(string id, string name, string access, Output<string> password, IReadOnlyDictionary<string, string> tags) => new()
    {
        Engine = "valkey",
        UserId = id,
        UserName = name,
        AccessString = access,
        AuthenticationMode = new CacheInputs.UserAuthenticationModeArgs { Type = "password", Passwords = [password] },
        Tags = tags.AsInput(),
    };

    // Unique in the account and region, and at most 40 characters long: two names of 16, and six digits that stand for the stack.
    private static string UserId(string name, string stack) => $"{name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stack)))[..6]}";
}
