using Infra.Components.Buckets.Gcp;
using Infra.Components.Certificates.Gcp;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Gcp.ServiceAccount;
using Compute = Pulumi.Gcp.Compute;
using Storage = Pulumi.Gcp.Storage;

namespace Infra.Components.ContentDelivery.Gcp;

/// <summary>
/// Cloud CDN, which is a global external Application Load Balancer with a cache. A backend bucket would need objects that everyone may
/// read; so the bucket is asked as any host on the internet is, by requests that are signed with the key of a service account which may
/// read its objects and do nothing else (Google Cloud documentation: private origin authentication).
/// </summary>
internal sealed class GcpCdn : PlacedCdn<GcpGrantee>
{
    // A free text, which Cloud Storage does not look at.
    private const string SignedFor = "auto";

    // Whoever may list a bucket's objects would show the list at its root.
    private const string ReadsObjects = "roles/storage.legacyObjectReader";

    // What CloudFront's managed policy of security headers says.
    private static readonly string[] SecurityHeaders =
    [
        "Strict-Transport-Security: max-age=31536000",
        "X-Content-Type-Options: nosniff",
        "X-Frame-Options: SAMEORIGIN",
        "Referrer-Policy: strict-origin-when-cross-origin",
    ];

    private readonly GcpContext _context;

    /// <summary>Builds it.</summary>
    /// <param name="cdn">The declared network.</param>
    /// <param name="zone">The zone that proves its host; null in a stack without a domain.</param>
    /// <param name="runtime">What the stack runs on.</param>
    /// <param name="context">The stack's part.</param>
    public GcpCdn(Cdn cdn, ServedZone? zone, GcpRuntime runtime, GcpContext context)
        : base(context.Place(cdn), cdn.Args)
    {
        _context = context;
        var apis = runtime.Apis(Kind).ToList();
        var entry = new GcpHttpEntry(Name, apis, context, Tags, Child);
        var address = entry.Reserve();
        var backend = Args.Origin.Bucket is { } bucket
            ? Objects(context.Of<GcpBucket>(bucket).BucketName, bucket.Args.CorsOrigins.Count > 0, apis)
            : Balancer(apis);
        var routes = new Compute.URLMap($"{Name}-routes", Routes(backend), Child());
        var certificates = zone is null
            ? null
            : GcpCertificate.Serve(
                Name,
                GcpCertificate.Issue(Name, Args.NamesToProve, zone, apis, context, Tags, this, Child),
                apis,
                context,
                Tags,
                Child);
        entry.Open(address, routes, certificates, idleSeconds: null);
        Complete(address.Address, AddressKind.Ip);
    }

    private Compute.BackendService Objects(Output<string> bucketName, bool acrossOrigins, IReadOnlyList<Resource> apis)
    {
        var reader = new Account(ShortName.Of($"{Name}-reader", GcpNames.LongestAccount), new()
        {
            Project = _context.Project,
            DisplayName = $"Reads objects for {Name} of {_context.Stack}",
            DeletionPolicy = "DELETE",
        }, Child(dependsOn: apis));
        var access = new Storage.BucketIAMMember($"{Name}-access", new()
        {
            Bucket = bucketName,
            Role = ReadsObjects,
            Member = Output.Format($"serviceAccount:{reader.Email}"),
        }, Child());
        var key = new Storage.HmacKey($"{Name}-key", new()
        {
            Project = _context.Project,
            ServiceAccountEmail = reader.Email,
            State = "ACTIVE",
            DeletionPolicy = "DELETE",
        }, Child());

        // Cloud Storage says of private objects that nobody may keep them, whatever their metadata does not say.
        var policy = new Compute.Inputs.BackendServiceCdnPolicyArgs
        {
            CacheMode = "FORCE_CACHE_ALL",
            DefaultTtl = Args.TtlSeconds,
            ClientTtl = Args.TtlSeconds,
            CacheKeyPolicy = TellingApart(byQuery: false, acrossOrigins),
        };
        var host = Output.Format($"{bucketName}.storage.googleapis.com");
        return Backend(host, AddressKind.HostName, isEncrypted: true, policy, apis, [access], arguments =>
        {
            arguments.CustomResponseHeaders = SecurityHeaders.ToList();
            arguments.SecuritySettings = new Compute.Inputs.BackendServiceSecuritySettingsArgs
            {
                AwsV4Authentication = new Compute.Inputs.BackendServiceSecuritySettingsAwsV4AuthenticationArgs
                {
                    AccessKeyId = key.AccessId,
                    AccessKey = key.Secret,
                    OriginRegion = SignedFor,
                },
            };
        });
    }

    // An answer without a word of how long it may be kept may be somebody's own.
    private Compute.BackendService Balancer(IReadOnlyList<Resource> apis)
    {
        var policy = new Compute.Inputs.BackendServiceCdnPolicyArgs
        {
            CacheMode = "USE_ORIGIN_HEADERS",
            CacheKeyPolicy = TellingApart(byQuery: true, acrossOrigins: true),
        };
        if (Args.Origin.FullHost is { } host)
            return Backend(Output.Create(host), AddressKind.HostName, isEncrypted: true, policy, apis, [], _ => { });
        var entrance = _context.Nearest<IEntrance>(Args.Origin.LoadBalancer!);
        return Backend(entrance.Address, entrance.AddressKind, isEncrypted: false, policy, apis, [], _ => { });
    }

    private Compute.BackendService Backend(
        Output<string> host,
        AddressKind kind,
        bool isEncrypted,
        Compute.Inputs.BackendServiceCdnPolicyArgs policy,
        IReadOnlyList<Resource> apis,
        IReadOnlyList<Resource> awaited,
        Action<Compute.BackendServiceArgs> complete)
    {
        var port = isEncrypted ? 443 : 80;
        var group = new Compute.GlobalNetworkEndpointGroup($"{Name}-group", new()
        {
            Project = _context.Project,
            NetworkEndpointType = kind == AddressKind.Ip ? "INTERNET_IP_PORT" : "INTERNET_FQDN_PORT",
            DefaultPort = port,
            DeletionPolicy = "DELETE",
        }, Child(dependsOn: apis));
        var end = new Compute.GlobalNetworkEndpointArgs
        {
            Project = _context.Project,
            GlobalNetworkEndpointGroup = group.Name,
            Port = port,
            DeletionPolicy = "DELETE",
        };
        if (kind == AddressKind.Ip) end.IpAddress = host;
        else end.Fqdn = host;

        // A group on the internet has one endpoint.
        var endpoint = new Compute.GlobalNetworkEndpoint($"{Name}-origin", end, Child(deleteBeforeReplace: true));
        var arguments = new Compute.BackendServiceArgs
        {
            Project = _context.Project,
            LoadBalancingScheme = GcpHttpEntry.Scheme,
            Protocol = isEncrypted ? "HTTPS" : "HTTP",
            Backends = { new Compute.Inputs.BackendServiceBackendArgs { Group = group.Id } },
            EnableCdn = true,
            CdnPolicy = policy,
            CompressionMode = "AUTOMATIC",
            CustomRequestHeaders = { Output.Format($"Host: {host}") },
        };
        complete(arguments);
        return new($"{Name}-origin", arguments, Child(dependsOn: [endpoint, .. awaited]));
    }

    private static Compute.Inputs.BackendServiceCdnPolicyCacheKeyPolicyArgs TellingApart(bool byQuery, bool acrossOrigins)
    {
        var policy = new Compute.Inputs.BackendServiceCdnPolicyCacheKeyPolicyArgs
        {
            IncludeHost = true,
            IncludeProtocol = false,
            IncludeQueryString = byQuery,
        };
        if (acrossOrigins) policy.IncludeHttpHeaders.Add("Origin");
        return policy;
    }

    private Compute.URLMapArgs Routes(Compute.BackendService backend)
    {
        var map = new Compute.URLMapArgs { Project = _context.Project, DefaultService = backend.Id };
        if (Args.DefaultDocument.Length == 0) return map;
        const string Matcher = "documents";
        map.HostRules = [new Compute.Inputs.URLMapHostRuleArgs { Hosts = { "*" }, PathMatcher = Matcher }];
        map.PathMatchers =
        [
            new Compute.Inputs.URLMapPathMatcherArgs
            {
                Name = Matcher,
                DefaultService = backend.Id,
                PathRules =
                [
                    new Compute.Inputs.URLMapPathMatcherPathRuleArgs
                    {
                        Paths = { "/" },
                        Service = backend.Id,
                        RouteAction = new Compute.Inputs.URLMapPathMatcherPathRuleRouteActionArgs
                        {
                            UrlRewrite = new Compute.Inputs.URLMapPathMatcherPathRuleRouteActionUrlRewriteArgs
                            {
                                PathPrefixRewrite = $"/{Args.DefaultDocument}",
                            },
                        },
                    },
                ],
            },
        ];
        return map;
    }
}
