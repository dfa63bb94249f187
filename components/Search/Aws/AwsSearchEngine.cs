using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Jobs.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;
using Pulumi;
using OpenSearch = Pulumi.Aws.OpenSearch;
using SearchInputs = Pulumi.Aws.OpenSearch.Inputs;

namespace Infra.Components.Search.Aws;

/// <summary>
/// A domain of Amazon OpenSearch Service in the data subnets: one server, or three in as many zones. AWS makes one login, the
/// administrator's; a task inside the network makes those of consumers through the REST API. A public authority signs its certificate.
/// </summary>
internal sealed class AwsSearchEngine : PlacedSearchEngine, ILinkTarget<AwsGrantee>, ISharedGrants
{
    private const int HttpsPort = 443;

    // What 28 characters leave beside Pulumi's digits (Amazon OpenSearch Service API: CreateDomain).
    private const int LongestDomain = 20;

    // Tls 1.2 and newer, with keys that a stolen certificate does not give away.
    private const string TlsPolicy = "Policy-Min-TLS-1-2-PFS-2023-10";

    private readonly AwsContext _context;
    private readonly AwsRestAdministration _administration;
    private readonly AwsRestLogins _logins;

    /// <summary>Builds the search engine.</summary>
    public AwsSearchEngine(SearchEngine engine, AwsPrivateNetwork network, AwsRuntime? runtime, AwsContext context)
        : base(context.Place(engine))
    {
        _context = context;
        var args = engine.Args;
        _administration = new(
            new()
            {
                Name = Name,
                What = "Search engine",
                Api = "REST API",
                MixedPasswords = true,
                Tags = Tags,
                Child = Child,
            },
            network,
            context);
        var domain = Serve(args, network);

        // Whom the network lets in and the login, its address, decide: requests that are not signed for IAM reach the security plugin only
        // where the domain's own policy lets everybody pass.
        var policy = new OpenSearch.DomainPolicy(
            Name,
            new()
            {
                DomainName = domain.DomainName,
                AccessPolicies = Statement.Document(new Statement
                {
                    AllowEveryone = true,
                    Actions = ["es:ESHttp*"],
                    Resources = [Output.Format($"{domain.Arn}/*")],
                }),
            },
            Child());
        Host = domain.Endpoint;
        Port = Output.Create(HttpsPort.ToString(CultureInfo.InvariantCulture));
        _logins = new(
            _administration,
            SearchScript.Logins,
            Output.Format($"https://{Host}{SearchScript.Logins.Path}"),
            policy,
            AwsRestAdministration.ImageOf(args.Tweak<AwsSearchEngineTweak>()?.ClientImage),
            runtime,
            context);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Endpoint? Endpoint => new(Host, Port, SpeaksTls: true);

    /// <inheritdoc/>
    public void Admit(AwsGrantee grantee, string role) => grantee.Reach(role, Name, _administration.Group, HttpsPort);

    /// <inheritdoc/>
    public Connection Connect(AwsGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var (username, password, granted) = _logins.Connect(grantee, link, isRelayed: relay is not null);
        return ConnectionAt(relay, granted, username, password, certificateAuthority: null);
    }

    /// <inheritdoc/>
    public void CompleteGrants() => _logins.Complete();

    private static SearchInputs.DomainClusterConfigArgs Servers(SearchEngineArgs args)
    {
        var servers = new SearchInputs.DomainClusterConfigArgs
        {
            InstanceType = args.Tweak<AwsSearchEngineTweak>()?.InstanceType ?? AwsSearchEngineProducts.TypeOf(args)!,
            InstanceCount = args.HighAvailability ? 3 : 1,
            ZoneAwarenessEnabled = args.HighAvailability,
        };
        if (args.HighAvailability)
            servers.ZoneAwarenessConfig = new SearchInputs.DomainClusterConfigZoneAwarenessConfigArgs { AvailabilityZoneCount = 3 };
        return servers;
    }

    private OpenSearch.Domain Serve(SearchEngineArgs args, AwsPrivateNetwork network)
    {
        var options = Child(protect: _context.Protect);

        // Another size is another set of servers, onto which every index is copied first.
        options.CustomTimeouts = new CustomTimeouts
        {
            Create = TimeSpan.FromMinutes(60),
            Update = TimeSpan.FromMinutes(180),
            Delete = TimeSpan.FromMinutes(90),
        };
        return new(
            ShortName.Of(Name, LongestDomain),
            new()
            {
                EngineVersion = AwsSearchEngineProducts.VersionOf(args.Version),
                ClusterConfig = Servers(args),
                EbsOptions = new SearchInputs.DomainEbsOptionsArgs
                {
                    EbsEnabled = true,
                    VolumeType = "gp3",
                    VolumeSize = args.StorageGiB,
                },
                VpcOptions = new SearchInputs.DomainVpcOptionsArgs
                {
                    SubnetIds = args.HighAvailability ? network.DataSubnets : [network.DataSubnets[0]],
                    SecurityGroupIds = [_administration.Group.Id],
                },
                EncryptAtRest = new SearchInputs.DomainEncryptAtRestArgs { Enabled = true },
                NodeToNodeEncryption = new SearchInputs.DomainNodeToNodeEncryptionArgs { Enabled = true },
                DomainEndpointOptions = new SearchInputs.DomainDomainEndpointOptionsArgs
                {
                    EnforceHttps = true,
                    TlsSecurityPolicy = TlsPolicy,
                },
                AdvancedSecurityOptions = new SearchInputs.DomainAdvancedSecurityOptionsArgs
                {
                    Enabled = true,
                    InternalUserDatabaseEnabled = true,
                    MasterUserOptions = new SearchInputs.DomainAdvancedSecurityOptionsMasterUserOptionsArgs
                    {
                        MasterUserName = SearchScript.Administrator,
                        MasterUserPassword = _administration.Password.Result,
                    },
                },
                OffPeakWindowOptions = new SearchInputs.DomainOffPeakWindowOptionsArgs
                {
                    Enabled = true,
                    OffPeakWindow = new SearchInputs.DomainOffPeakWindowOptionsOffPeakWindowArgs
                    {
                        WindowStartTime = Night(AwsNight.In(_context.Region).Backup),
                    },
                },
                Tags = Tags.AsInput(),
            },
            options);
    }

    // Of a window such as 02:00-03:00.
    private static SearchInputs.DomainOffPeakWindowOptionsOffPeakWindowWindowStartTimeArgs Night(string night) => new()
    {
        Hours = int.Parse(night[..2], CultureInfo.InvariantCulture),
        Minutes = int.Parse(night[3..5], CultureInfo.InvariantCulture),
    };
}
