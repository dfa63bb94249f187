using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Random;
using CacheInputs = Pulumi.Aws.ElastiCache.Inputs;
using Ec2 = Pulumi.Aws.Ec2;
using ElastiCache = Pulumi.Aws.ElastiCache;

namespace Infra.Components.Caches.Aws;

/// <summary>
/// A replication group of Amazon ElastiCache for Valkey. Every consumer has a user of its own; the engine's default user may do nothing.
/// </summary>
internal sealed class AwsCache : PlacedServer, ICache, ILinkTarget<AwsGrantee>
{
    private const int TcpPort = 6379;

    // What 40 characters leave beside Pulumi's digits, and beside those of a user's stack (ElastiCache API: CreateReplicationGroup).
    private const int LongestGroup = 32;
    private const int LongestUser = 33;

    private readonly Ec2.SecurityGroup _group;
    private readonly ElastiCache.UserGroup _users;
    private Resource _lastUseOfUsers;

    /// <summary>Builds the cache.</summary>
    public AwsCache(Cache cache, AwsPrivateNetwork network, AwsContext context)
        : base(context.Place(cache))
    {
        var args = cache.Args;
        var tweak = args.Tweak<AwsCacheTweak>() ?? new();
        _group = new Ec2.SecurityGroup(
            Name,
            new() { VpcId = network.NetworkId, Description = $"Cache {Name}", Tags = Tags.Named(Name) },
            Child());
        var subnets = new ElastiCache.SubnetGroup(
            Name,
            new() { SubnetIds = network.DataSubnets, Description = $"Cache {Name}", Tags = Tags.AsInput() },
            Child());
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
        options.CustomTimeouts = new CustomTimeouts
        {
            Create = TimeSpan.FromMinutes(60),
            Update = TimeSpan.FromMinutes(60),
            Delete = TimeSpan.FromMinutes(45),
        };
        var night = AwsNight.In(context.Region);
        var group = new ElastiCache.ReplicationGroup(
            ShortName.Of(Name, LongestGroup),
            new()
            {
                Description = $"Cache {Name} of {context.Stack}",
                Engine = "valkey",
                EngineVersion = "8.0",
                NodeType = tweak.NodeType ?? AwsCacheProducts.NodeTypeOf(args.Size, context.Region),
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
                // AWS would raise the version behind the program's back, and going back to the one stated here replaces the cache.
                AutoMinorVersionUpgrade = false,
                SnapshotRetentionLimit = context.IsProduction ? 7 : 0,
                SnapshotWindow = night.Backup,
                MaintenanceWindow = night.Maintenance,
                // AWS refuses to take the last replica away while turning failover off still waits for the maintenance window.
                ApplyImmediately = tweak.ApplyImmediately ?? (!context.IsProduction || !args.HighAvailability),
                Tags = Tags.AsInput(),
            },
            options);

        _lastUseOfUsers = group;
        Host = group.PrimaryEndpointAddress;
        Port = Output.Create(TcpPort.ToString(CultureInfo.InvariantCulture));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Endpoint? Endpoint => new(Host, Port, SpeaksTls: true);

    /// <inheritdoc/>
    public void Admit(AwsGrantee grantee, string role) => grantee.Reach(role, Name, _group, TcpPort);

    /// <inheritdoc/>
    public Connection Connect(AwsGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var password = grantee.Password(link);
        var (host, port) = EntranceFor(relay, SetUp(grantee, link, password));
        return CacheConnection.To(
            host,
            port,
            Output.Create(LoginOf(grantee)),
            password.Result,
            certificateAuthority: null,
            relay is null ? CacheConnection.VerifyFull : CacheConnection.VerifyAuthority);
    }

    private static string LoginOf(AwsGrantee grantee) => $"{grantee.Name}-login";

    private ElastiCache.UserGroupAssociation SetUp(AwsGrantee grantee, StandingLink link, RandomPassword password)
    {
        var user = new ElastiCache.User(
            grantee.NameOf(link, "login"),
            User(UserIdOf(link, grantee.Context.Stack), LoginOf(grantee), Access(link.Intent), password.Result, grantee.Tags),
            grantee.Child(deleteBeforeReplace: true));
        // ElastiCache changes a group of users for one caller at a time, and wants it at rest when the cache is created.
        var association = new ElastiCache.UserGroupAssociation(
            grantee.NameOf(link, "login"),
            new() { UserGroupId = _users.UserGroupId, UserId = user.UserId },
            grantee.Child(dependsOn: [_lastUseOfUsers], deleteBeforeReplace: true));
        _lastUseOfUsers = association;
        grantee.Grants.Add(association);
        return association;
    }

    // Nobody may empty the cache or change its settings. INFO is among the dangerous commands, but client libraries ask for the version
    // with it.
    private static string Access(Intent intent) => intent == Intent.Write
        ? "on ~* &* +@all -@admin -@dangerous +info"
        : "on ~* resetchannels -@all +@connection +@read -@dangerous +info";

    private static ElastiCache.UserArgs User(
        string id,
        string name,
        string access,
        Output<string> password,
        IReadOnlyDictionary<string, string> tags) => new()
        {
            Engine = "valkey",
            UserId = id,
            UserName = name,
            AccessString = access,
            AuthenticationMode = new CacheInputs.UserAuthenticationModeArgs { Type = "password", Passwords = [password] },
            Tags = tags.AsInput(),
        };

    // There is no room for the letters of a consumer's cloud: its digits stand for the cloud, too.
    private string UserIdOf(StandingLink link, string stack) =>
        UserId($"{link.Consumer.Name}-{Name}", link.CrossesClouds ? $"{stack}/{link.Consumer.Cloud.Code()}" : stack);

    // Unique in the account and region, and at most 40 characters long: two names, and six digits that stand for the stack.
    private static string UserId(string name, string stack) =>
        $"{ShortName.Of(name, LongestUser)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stack)))[..6]}";
}
