using Infra.Components.Certificates;
using Infra.Components.Certificates.Gcp;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Services;
using Infra.Components.Systems;
using Pulumi;
using CertificateManager = Pulumi.Gcp.CertificateManager;
using Compute = Pulumi.Gcp.Compute;

namespace Infra.Components.LoadBalancers.Gcp;

/// <summary>A global external Application Load Balancer, which leads to services by host and path.</summary>
internal sealed class GcpLoadBalancer : PlacedLoadBalancer<GcpGrantee>
{
    /// <summary>The fewest seconds after which an idle connection may be closed.</summary>
    public const int ShortestIdleSeconds = 5;

    /// <summary>The most seconds after which an idle connection may be closed.</summary>
    public const int LongestIdleSeconds = 1200;

    // Google Cloud documentation, Cloud Armor quotas: blocks per rule.
    private const int SourcesPerRule = 10;
    private const int FirstPriority = 1000;
    private const string Everyone = "*";

    private readonly GcpContext _context;
    private readonly IReadOnlyList<Resource> _apis;

    /// <summary>Builds the load balancer.</summary>
    /// <param name="balancer">The declared load balancer.</param>
    /// <param name="certificates">Its certificates, the first before the others; none in a stack without a domain.</param>
    /// <param name="runtime">What the stack runs on.</param>
    /// <param name="context">The stack's part.</param>
    public GcpLoadBalancer(
        LoadBalancer balancer,
        IReadOnlyList<GcpCertificate> certificates,
        GcpRuntime runtime,
        GcpContext context)
        : base(context.Place(balancer), balancer.Args)
    {
        (_context, _apis) = (context, [.. runtime.Apis(Kind)]);
        var entry = new GcpHttpEntry(Name, _apis, context, Tags, Child);
        var address = entry.Reserve();

        var args = balancer.Args;
        var policies = args.Routes
            .Select(args.SourcesOf)
            .DistinctBy(Written)
            .ToDictionary(Written, sources => Admit(args, sources));
        var backends = args.Routes
            .DistinctBy(Led)
            .ToDictionary(Led, route => Backend(route.Service, route.AllowedSources, policies[Written(args.SourcesOf(route))]));
        var routes = new Compute.URLMap($"{Name}-routes", Routes(balancer.Args, backends), Child());
        entry.Open(
            address,
            routes,
            certificates.Count switch
            {
                0 => null,
                1 => certificates[0].Reference,
                _ => Map(certificates, runtime),
            },
            args.IdleTimeoutSeconds);
        Complete(address.Address, AddressKind.Ip);
    }

    // A load balancer looks into one map.
    private Output<string> Map(IReadOnlyList<GcpCertificate> certificates, GcpRuntime runtime)
    {
        var map = new CertificateManager.CertificateMap(
            $"{Name}-map",
            new() { Project = _context.Project, DeletionPolicy = "DELETE", Labels = Tags.Input() },
            Child(dependsOn: runtime.Apis(CertificateKind.Instance)));
        foreach (var (domain, issued) in certificates.SelectMany(certificate => certificate.Served).DistinctBy(served => served.Domain))
            GcpCertificate.Enter($"{Name}-entry", domain, issued, map, _context, Tags, Child());
        return GcpCertificate.ReferenceOf(
            map,
            certificates.SelectMany(certificate => certificate.Served).Select(served => served.Certificate),
            _context);
    }

    private static string Written(IReadOnlyList<string> sources) => string.Join(' ', sources);

    // A policy guards all of a backend: a service has one for each list of those who may come to it.
    private static (ContainerService Service, string Sources) Led(Route route) => (route.Service, Written(route.AllowedSources));

    // It guards services: what the map answers by itself, a redirect or 404, everyone may hear.
    private Compute.SecurityPolicy? Admit(LoadBalancerArgs args, IReadOnlyList<string> sources)
    {
        var most = args.RequestsPerMinute;
        if (sources.Count == 0 && most is null) return null;
        var admitted = (sources.Count > 0 ? sources : [Everyone]).Chunk(SourcesPerRule);
        var role = Written(sources) == Written(args.AllowedSources) ? "" : $"-{GcpNames.Fingerprint(Written(sources))}";
        return new($"{Name}-sources{role}", new()
        {
            Project = _context.Project,
            Type = "CLOUD_ARMOR",
            DeletionPolicy = "DELETE",
            Labels = Tags.Input(),
            Rules =
            [
                .. admitted.Select((blocks, index) => Rule(FirstPriority + index, blocks, "allow", most)),
                Rule(int.MaxValue, [Everyone], sources.Count > 0 ? "deny(403)" : "allow", null),
            ],
        }, Child(dependsOn: _apis));
    }

    private static Compute.Inputs.SecurityPolicyRuleArgs Rule(int priority, IReadOnlyList<string> blocks, string action, int? most)
    {
        var rule = new Compute.Inputs.SecurityPolicyRuleArgs
        {
            Action = most is null ? action : "throttle",
            Priority = priority,
            Match = new Compute.Inputs.SecurityPolicyRuleMatchArgs
            {
                VersionedExpr = "SRC_IPS_V1",
                Config = new Compute.Inputs.SecurityPolicyRuleMatchConfigArgs { SrcIpRanges = blocks.ToList() },
            },
        };
        if (most is not { } count) return rule;
        rule.RateLimitOptions = new Compute.Inputs.SecurityPolicyRuleRateLimitOptionsArgs
        {
            ConformAction = action,
            ExceedAction = "deny(429)",
            EnforceOnKey = "IP",
            RateLimitThreshold = new Compute.Inputs.SecurityPolicyRuleRateLimitOptionsRateLimitThresholdArgs
            {
                Count = count,
                IntervalSec = 60,
            },
        };
        return rule;
    }

    // The services are built later: the group knows its service by name, and answers 404 until there is one.
    private Compute.BackendService Backend(ContainerService service, IReadOnlyList<string> sources, Compute.SecurityPolicy? admits)
    {
        var role = sources.Count == 0 ? "" : $"-{GcpNames.Fingerprint(Written(sources))}";
        var name = ShortName.Of($"{Name}-{service.Name}{role}", ShortName.OfTwo);
        var group = new Compute.RegionNetworkEndpointGroup($"{name}-group", new()
        {
            Project = _context.Project,
            Region = _context.Region,
            NetworkEndpointType = "SERVERLESS",
            CloudRun = new Compute.Inputs.RegionNetworkEndpointGroupCloudRunArgs
            {
                Service = GcpNames.Service(_context.Stack, service.Name),
            },
        }, Child(dependsOn: _apis));
        var arguments = new Compute.BackendServiceArgs
        {
            Project = _context.Project,
            LoadBalancingScheme = GcpHttpEntry.Scheme,
            Protocol = service.Args.Spoken == ServiceProtocol.Http ? "HTTPS" : "HTTP2",
            Backends = { new Compute.Inputs.BackendServiceBackendArgs { Group = group.Id } },
            LogConfig = new Compute.Inputs.BackendServiceLogConfigArgs { Enable = true, SampleRate = 1 },
        };
        if (admits is not null) arguments.SecurityPolicy = admits.SelfLink;
        return new(name, arguments, Child());
    }

    // A map must have a default: whatever matches no route is answered 404 before it reaches a service. Where redirects are all that there
    // is, no service could be named, and what matches none of them goes where the first leads: no certificate covers it anyway.
    private Compute.URLMapArgs Routes(
        LoadBalancerArgs args,
        Dictionary<(ContainerService Service, string Sources), Compute.BackendService> backends)
    {
        var routes = args.RoutesBySpecificity.GroupBy(route => route.Host).ToDictionary(host => host.Key, host => host.ToList());
        var targets = args.FullRedirects.ToDictionary(redirect => redirect.Host, redirect => redirect.To);
        var hosts = routes.Keys.Union(targets.Keys).ToList();
        var map = new Compute.URLMapArgs
        {
            Project = _context.Project,
            HostRules = hosts
                .Select(host => new Compute.Inputs.URLMapHostRuleArgs { Hosts = { host }, PathMatcher = Matcher(host) })
                .ToList(),
        };
        var fallback = args.Routes.Count == 0 ? null : backends[Led(args.Routes[0])].Id;
        map.PathMatchers = hosts
            .Select(host => Paths(host, routes.GetValueOrDefault(host, []), targets.GetValueOrDefault(host), backends, fallback))
            .ToList();
        if (fallback is null)
        {
            map.DefaultUrlRedirect = new Compute.Inputs.URLMapDefaultUrlRedirectArgs
            {
                HostRedirect = args.FullRedirects[0].To,
                HttpsRedirect = true,
                RedirectResponseCode = GcpHttpEntry.MovedPermanently,
                StripQuery = false,
            };
            return map;
        }

        map.DefaultService = fallback;
        map.DefaultRouteAction = new Compute.Inputs.URLMapDefaultRouteActionArgs
        {
            FaultInjectionPolicy = new Compute.Inputs.URLMapDefaultRouteActionFaultInjectionPolicyArgs
            {
                Abort = new Compute.Inputs.URLMapDefaultRouteActionFaultInjectionPolicyAbortArgs { HttpStatus = 404, Percentage = 100 },
            },
        };
        return map;
    }

    private static Compute.Inputs.URLMapPathMatcherArgs Paths(
        string host,
        IReadOnlyList<Route> routes,
        string? target,
        Dictionary<(ContainerService Service, string Sources), Compute.BackendService> backends,
        Output<string>? fallback)
    {
        var everything = routes.FirstOrDefault(route => route.Path == "/");
        var matcher = new Compute.Inputs.URLMapPathMatcherArgs
        {
            Name = Matcher(host),
            PathRules = routes.Where(route => route.Path != "/").Select(route => new Compute.Inputs.URLMapPathMatcherPathRuleArgs
            {
                Paths = { route.Path, $"{route.Path}/*" },
                Service = backends[Led(route)].Id,
            }).ToList(),
        };
        if (target is not null)
        {
            matcher.DefaultUrlRedirect = new Compute.Inputs.URLMapPathMatcherDefaultUrlRedirectArgs
            {
                HostRedirect = target,
                HttpsRedirect = true,
                RedirectResponseCode = GcpHttpEntry.MovedPermanently,
                StripQuery = false,
            };
            return matcher;
        }

        matcher.DefaultService = everything is null ? fallback! : backends[Led(everything)].Id;
        if (everything is null)
        {
            matcher.DefaultRouteAction = new Compute.Inputs.URLMapPathMatcherDefaultRouteActionArgs
            {
                FaultInjectionPolicy = new Compute.Inputs.URLMapPathMatcherDefaultRouteActionFaultInjectionPolicyArgs
                {
                    Abort = new Compute.Inputs.URLMapPathMatcherDefaultRouteActionFaultInjectionPolicyAbortArgs
                    {
                        HttpStatus = 404,
                        Percentage = 100,
                    },
                },
            };
        }

        return matcher;
    }

    // Names of matchers are labels of at most 63 characters; hosts may be longer and hold stars.
    private static string Matcher(string host) => $"host-{GcpNames.Fingerprint(host)}";
}
