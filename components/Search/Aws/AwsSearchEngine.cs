using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Jobs.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Random;
using Ec2 = Pulumi.Aws.Ec2;
using Lambda = Pulumi.Aws.Lambda;
using OpenSearch = Pulumi.Aws.OpenSearch;
using Rules = Pulumi.Aws.Vpc;
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

    private readonly AwsRuntime? _runtime;
    private readonly AwsContext _context;
    private readonly string _image;
    private readonly Ec2.SecurityGroup _group;
    private readonly Ec2.SecurityGroup _setup;
    private readonly IReadOnlyList<Resource> _ways;
    private readonly AwsSecret _administration;
    private readonly OpenSearch.Domain _domain;
    private readonly OpenSearch.DomainPolicy _policy;
    private readonly List<(AwsGrantee Grantee, StandingLink Link)> _consumers = [];

    /// <summary>Builds the search engine.</summary>
    public AwsSearchEngine(SearchEngine engine, AwsPrivateNetwork network, AwsRuntime? runtime, AwsContext context)
        : base(context.Place(engine))
    {
        (_runtime, _context) = (runtime, context);
        var args = engine.Args;
        _image = ClientImage(args);
        _group = new Ec2.SecurityGroup(
            Name,
            new() { VpcId = network.NetworkId, Description = $"Search engine {Name}", Tags = Tags.Named(Name) },
            Child());
        _setup = new Ec2.SecurityGroup(
            $"{Name}-setup",
            new() { VpcId = network.NetworkId, Description = $"Sets up logins of {Name}", Tags = Tags.Named($"{Name}-setup") },
            Child());
        _ways = Ways();
        var password = LoginPassword.CreateMixed($"{Name}-administrator", context.Values, Child());
        _administration = AwsSecret.Create(
            $"{Name}-administrator",
            $"The administrator of {Name}",
            password.Result.Apply(value => AwsJson.Text(AwsJson.Map(["PASSWORD"], [value]))),
            Tags,
            context,
            Child);
        _domain = Serve(args, network, password);

        // Whom the network lets in and the login, its address, decide: requests that are not signed for IAM reach the security plugin only
        // where the domain's own policy lets everybody pass.
        _policy = new OpenSearch.DomainPolicy(
            Name,
            new()
            {
                DomainName = _domain.DomainName,
                AccessPolicies = Statement.Document(new Statement
                {
                    AllowEveryone = true,
                    Actions = ["es:ESHttp*"],
                    Resources = [Output.Format($"{_domain.Arn}/*")],
                }),
            },
            Child());
        Host = _domain.Endpoint;
        Port = Output.Create(HttpsPort.ToString(CultureInfo.InvariantCulture));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Endpoint? Endpoint => new(Host, Port, SpeaksTls: true);

    // Only a consumer needs it, and then it stands.
    private AwsRuntime Runtime => _runtime!;

    /// <summary>The image that sets up logins.</summary>
    public static string ClientImage(SearchEngineArgs args) =>
        args.Tweak<AwsSearchEngineTweak>()?.ClientImage ?? PinnedImage.Curl.OnDockerHub;

    /// <inheritdoc/>
    public void Admit(AwsGrantee grantee, string role) => grantee.Reach(role, Name, _group, HttpsPort);

    /// <inheritdoc/>
    public Connection Connect(AwsGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var password = grantee.Password(link, mixed: true);
        if (relay is null)
        {
            _consumers.Add((grantee, link));
            grantee.Keep(link, "PASSWORD", password.Result);
            return At(relay, granted: null, grantee, password);
        }

        // Its own cloud keeps what the consumer must know.
        var kept = grantee.Keep(link, password);
        var run = SetUp(
            grantee.NameOf(link, "grant"),
            [new(LoginOf(grantee), link.Intent, kept, kept.Value("PASSWORD"))],
            grantee.Tags,
            grantee.Child);
        return At(relay, run, grantee, password);
    }

    /// <inheritdoc/>
    public void CompleteGrants()
    {
        foreach (var (ending, consumers) in LoginGroups.Of(_consumers, consumer => consumer.Grantee.Name))
        {
            var run = SetUp(
                $"{Name}-grants{ending}",
                [.. consumers.Select(consumer => new Login(
                    LoginOf(consumer.Grantee),
                    consumer.Link.Intent,
                    consumer.Grantee.Secret!,
                    consumer.Grantee.SecretOf(consumer.Link, "PASSWORD")))],
                Tags,
                Runtime.Children);
            foreach (var (grantee, _) in consumers) grantee.Grants.Add(run);
        }
    }

    // The ending keeps it apart from the administrator, and from the roles that OpenSearch has.
    private static string LoginOf(AwsGrantee grantee) => $"{grantee.Name}-login";

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

    private OpenSearch.Domain Serve(SearchEngineArgs args, AwsPrivateNetwork network, RandomPassword password)
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
                    SecurityGroupIds = [_group.Id],
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
                        MasterUserPassword = password.Result,
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

    // Whoever sets up logins fetches an image and secrets, and calls the REST API; all of it answers on one port.
    private IReadOnlyList<Resource> Ways() =>
    [
        new Rules.SecurityGroupEgressRule(
            $"{Name}-setup-out-https",
            new()
            {
                SecurityGroupId = _setup.Id,
                CidrIpv4 = "0.0.0.0/0",
                IpProtocol = "tcp",
                FromPort = HttpsPort,
                ToPort = HttpsPort,
                Description = "The REST API, the image, secrets and logs",
                Tags = Tags.AsInput(),
            },
            Child()),
        AwsGroupRules.In($"{Name}-setup", _group.Id, _setup.Id, HttpsPort, HttpsPort, "The REST API", Tags.AsInput(), Child()),
    ];

    private Connection At(RelayEndpoint? relay, CustomResource? granted, AwsGrantee grantee, RandomPassword password) =>
        ConnectionAt(relay, granted, Output.Create(LoginOf(grantee)), password.Result, certificateAuthority: null);

    private Lambda.Invocation SetUp(
        string name,
        IReadOnlyList<Login> logins,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        var secrets = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal)
        {
            [SearchScript.Rest.Password] = _administration.Value("PASSWORD"),
        };
        foreach (var login in logins) secrets.Add(RestScript.PasswordOf(login.Name), login.Password);
        var triggers = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal);
        foreach (var login in logins) triggers.Add(login.Name, login.Kept.Version.VersionId);
        return new AwsSetup
        {
            Name = name,
            Store = Name,
            Image = _image,
            Command = SearchScript.Rest.OfPublic(logins.SelectMany(login =>
                SearchScript.Grant(login.Name, RestScript.PasswordOf(login.Name), login.Intent))),
            Environment = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal)
            {
                [SearchScript.Rest.Url] = Output.Format($"https://{Host}{SearchScript.Path}"),
                [SearchScript.Rest.Username] = Output.Create(SearchScript.Administrator),
            },
            Secrets = secrets,
            Reads = [_administration.Secret.Arn, .. logins.Select(login => login.Kept.Secret.Arn)],
            Triggers = triggers,
            Group = _setup,
            Server = _policy,
            After = [_administration.Version, .. _ways, .. logins.Select(login => login.Kept.Version)],
        }.Run(Runtime, _context, tags, child);
    }

    // A login that is to be set up: whose it is, what for, and where its password is kept.
    private sealed record Login(string Name, Intent Intent, AwsSecret Kept, Output<string> Password);
}
