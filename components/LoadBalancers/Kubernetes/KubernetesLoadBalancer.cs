using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Certificates.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Secrets.Kubernetes;
using Infra.Components.Services.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Components.LoadBalancers.Kubernetes;

/// <summary>
/// A gateway of the Gateway API: HTTPS with the certificates' secrets, HTTP redirected to it, a route per host, and one per port of what is
/// no HTTP. The address is what the cluster gives to services of type LoadBalancer; the update waits until there is one.
/// </summary>
internal sealed class KubernetesLoadBalancer : PlacedLoadBalancer<KubernetesGrantee>
{
    private const string Group = "gateway.networking.k8s.io";
    private const string Api = $"{Group}/v1";
    private const string EnvoyGroup = "gateway.envoyproxy.io";
    private const string EnvoyApi = $"{EnvoyGroup}/v1alpha1";

    private const string Plain = "http";

    // The limit of the Gateway API (its definition of HTTPRoute: spec.rules).
    private const int RulesPerRoute = 16;

    // Clouds take minutes to make a load balancer, and the proxies may need new nodes before that.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Creates the gateway and its routes.</summary>
    /// <param name="balancer">The declared load balancer.</param>
    /// <param name="certificates">
    /// The secrets that hold the certificates, the first before the others; none in a stack without a domain.
    /// </param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesLoadBalancer(LoadBalancer balancer, IReadOnlyList<CertificateSecret> certificates, KubernetesContext context)
        : base(context.PlaceInCluster(balancer), balancer.Args)
    {
        var (name, args, cluster, tags) = (Name, balancer.Args, context.Running, Tags);
        var tweak = cluster.Tweak<KubernetesLoadBalancerTweak>(args) ?? new();
        var installed = cluster.Of(Addon.GatewayController).ToList();
        var gatewayClass = tweak.GatewayClass ?? cluster.Traits.GatewayClass;
        var entrance = args.HasName ? "https" : Plain;
        var isEnvoy = gatewayClass == ClusterContext.EnvoyGatewayClass;

        // Names outside the stack point at the address.
        var reserved = cluster.Reserve?.Invoke(name, args, tags, Child(protect: cluster.Profile.Protect));
        var annotations = Fields.Of(cluster.Traits.BalancerAnnotations(args.IdleTimeoutSeconds, args));
        foreach (var (key, value) in reserved?.Annotations ?? new Dictionary<string, Input<string>>()) annotations[key] = value;
        foreach (var (key, value) in tweak.ServiceAnnotations) annotations[key] = value;
        var proxies = isEnvoy && cluster.Profile.HighAvailability
            ? Proxies(name, cluster, tags, installed)
            : null;
        var gateway = new Gateway(name, new CustomObjectArgs(
            Api,
            "Gateway",
            cluster.Named(name, name, tags, CustomObject.WaitFor("jsonpath={.status.addresses[0].value}")),
            new Fields
            {
                ["gatewayClassName"] = gatewayClass,
                ["infrastructure"] = annotations.Count == 0 && proxies is null
                    ? null
                    : new Fields
                    {
                        ["annotations"] = annotations.Count == 0 ? null : annotations,
                        ["parametersRef"] = proxies is null
                            ? null
                            : new Fields { ["group"] = EnvoyGroup, ["kind"] = "EnvoyProxy", ["name"] = name },
                    },
                ["listeners"] = new[] { Listener(Plain, 80, "HTTP", []) }
                    .Concat(args.HasName ? [Listener(entrance, 443, "HTTPS", certificates)] : [])
                    .Concat(args.Listeners
                        .DistinctBy(NameOf)
                        .OrderBy(NameOf, StringComparer.Ordinal)
                        .Select(listener => listener.IsNamed
                            ? PassingOn(NameOf(listener), listener.Port)
                            : Listener(
                                NameOf(listener),
                                listener.Port,
                                listener.Protocol.ToString().ToUpperInvariant(),
                                listener.Protocol == ListenerProtocol.Tls ? certificates : [])))
                    .ToArray(),
            }), Child(dependsOn: proxies is null ? installed : [.. installed, proxies]).Within(Patience));

        if (args.HasName) Route($"{name}-redirect", Plain, null, [Redirect(null)]);
        foreach (var group in args.RoutesBySpecificity.GroupBy(route => route.Host))
        {
            var rules = group.Select(route => new Fields
            {
                ["name"] = IsGuarded(route) ? RuleOf(route) : null,
                ["sessionPersistence"] = isEnvoy && route.Service.Args.StickySessions ? new Fields { ["type"] = "Cookie" } : null,
                ["matches"] = new[] { new Fields { ["path"] = new Fields { ["type"] = "PathPrefix", ["value"] = route.Path } } },
                ["backendRefs"] = new[] { new Fields { ["name"] = route.Service.Name, ["port"] = KubernetesServiceTarget.EntryPort } },

                // Envoy would end every answer after 15 seconds, streams among them. What is idle ends by itself.
                ["timeouts"] = isEnvoy ? new Fields { ["request"] = "0s" } : null,
            });

            // Which route a request takes follows from hosts and paths alone, whatever the number of objects.
            foreach (var (index, part) in rules.Chunk(RulesPerRoute).Index())
            {
                var number = index == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{index + 1}");
                var made = Route($"{name}-{Slug(group.Key)}{number}", entrance, args.HasName ? group.Key : null, part);
                foreach (var route in group.Skip(index * RulesPerRoute).Take(RulesPerRoute).Where(IsGuarded))
                    Guard(route, made);
            }
        }

        foreach (var (host, target) in args.FullRedirects) Route($"{name}-{Slug(host)}-redirect", entrance, host, [Redirect(target)]);
        foreach (var service in args.Services)
        {
            var entered = args.Listeners.Where(listener => listener.Service == service).ToList();
            var ports = entered.Select(listener => (listener.Target, listener.IsUdp)).Distinct().Order()
                .Select(port => port.IsUdp ? NetworkAccess.Udp(port.Target) : NetworkAccess.Tcp(port.Target));
            var routed = args.Routes.Any(route => route.Service == service);
            _ = NetworkAccess.Ingress(
                $"{name}-{service.Name}-ingress",
                cluster.Metadata(name, tags),
                ClusterContext.Selector(service.Name),
                [NetworkAccess.Namespace(cluster.Traits.GatewayNamespace)],
                routed ? ports.Prepend(NetworkAccess.Tcp(KubernetesServiceTarget.PodPortName)) : ports,
                Child());
            if (entered.Count > 0) Enter(service.Name, entered);
        }

        // Idle connections are no part of the Gateway API; Envoy Gateway has a policy of its own for them.
        if (isEnvoy)
        {
            var idle = string.Create(CultureInfo.InvariantCulture, $"{args.IdleTimeoutSeconds}s");
            _ = new CustomObject($"{name}-connections", new CustomObjectArgs(
                EnvoyApi,
                "ClientTrafficPolicy",
                cluster.Metadata(name, tags),
                new Fields
                {
                    ["targetRefs"] = new[] { new Fields { ["group"] = Group, ["kind"] = "Gateway", ["name"] = name } },
                    ["timeout"] = new Fields
                    {
                        ["http"] = new Fields
                        {
                            ["idleTimeout"] = idle,

                            // Of requests under way, WebSockets among them.
                            ["streamIdleTimeout"] = idle,
                        },
                        ["tcp"] = args.Listeners.Count == 0 ? null : new Fields { ["idleTimeout"] = idle },
                    },
                    ["tls"] = args.HasName ? new Fields { ["minVersion"] = "1.2" } : null,

                    // Pods that call the public address reach the gateway without passing the load balancer, and so without a header.
                    ["proxyProtocol"] = cluster.BalancerSources is null ? null : new Fields { ["optional"] = true },
                }), Child(dependsOn: [.. installed, gateway]));
        }

        // Beside HTTPS, plain HTTP stays open: it redirects, and by it certificates are validated.
        if (args.AllowedSources.Count > 0)
        {
            _ = new CustomObject($"{name}-sources", new CustomObjectArgs(
                EnvoyApi,
                "SecurityPolicy",
                cluster.Metadata(name, tags),
                new Fields
                {
                    ["targetRefs"] = args.Listeners
                        .Select(NameOf)
                        .Distinct()
                        .Order(StringComparer.Ordinal)
                        .Prepend(entrance)
                        .Select(listener => new Fields
                        {
                            ["group"] = Group,
                            ["kind"] = "Gateway",
                            ["name"] = name,
                            ["sectionName"] = listener,
                        })
                        .ToArray(),
                    ["authorization"] = Allow(args.AllowedSources),
                }), Child(dependsOn: [.. installed, gateway]));
        }

        if (args.RequestsPerMinute is { } most && gatewayClass == ClusterContext.EnvoyGatewayClass)
        {
            _ = new CustomObject($"{name}-limit", new CustomObjectArgs(
                EnvoyApi,
                "BackendTrafficPolicy",
                cluster.Metadata(name, tags),
                new Fields
                {
                    ["targetRefs"] = new[]
                    {
                        new Fields { ["group"] = Group, ["kind"] = "Gateway", ["name"] = name, ["sectionName"] = entrance },
                    },
                    ["rateLimit"] = new Fields
                    {
                        ["type"] = "Local",
                        ["local"] = new Fields
                        {
                            ["rules"] = new[]
                            {
                                new Fields
                                {
                                    ["clientSelectors"] = new[]
                                    {
                                        new Fields { ["sourceCIDR"] = new Fields { ["type"] = "Distinct", ["value"] = "0.0.0.0/0" } },
                                    },
                                    ["limit"] = new Fields { ["requests"] = most, ["unit"] = "Minute" },
                                },
                            },
                        },
                    },
                }), Child(dependsOn: [.. installed, gateway]));
        }

        Complete(
            reserved?.Address
                ?? gateway.Status.Apply(status => status is { Addresses.IsDefaultOrEmpty: false } ? status.Addresses[0].Value : ""),
            tweak.HostNameAddress ? AddressKind.HostName : AddressKind.Ip);

        CustomObject Route(string role, string listener, string? host, Fields[] rules) => new(role, new CustomObjectArgs(
            Api,
            "HTTPRoute",
            cluster.Metadata(name, tags),
            new Fields
            {
                ["parentRefs"] = new[] { new Fields { ["name"] = name, ["sectionName"] = listener } },
                ["hostnames"] = host is null ? null : new[] { host },
                ["rules"] = rules,
            }), Child(dependsOn: [gateway]));

        // The most specific policy holds alone: it says who may come, whether they log in or not.
        void Guard(Route route, CustomObject made)
        {
            var role = $"{name}-{Slug(route.Host)}{route.Path.TrimEnd('/').Replace('/', '-')}-{GuardOf(route)}";
            var users = route.Login is { } login ? Users(role, login) : null;
            var sources = args.SourcesOf(route);
            var spec = new Fields
            {
                ["targetRefs"] = new[]
                {
                    new Fields
                    {
                        ["group"] = Group,
                        ["kind"] = "HTTPRoute",
                        ["name"] = made.Metadata.Apply(metadata => metadata.Name),
                        ["sectionName"] = RuleOf(route),
                    },
                },
                ["basicAuth"] = users is null
                    ? null
                    : new Fields { ["users"] = new Fields { ["name"] = ClusterContext.NameOf(users) } },
                ["authorization"] = sources.Count == 0 ? null : Allow(sources),
            };
            _ = new CustomObject(
                role,
                new CustomObjectArgs(EnvoyApi, "SecurityPolicy", cluster.Metadata(name, tags), spec),
                Child(dependsOn: installed));
        }

        // Envoy knows no other hash than SHA-1.
        Secret Users(string role, BasicLogin login) => new(role, new SecretArgs
        {
            Metadata = cluster.Metadata(name, tags),
            StringData =
            {
                [".htpasswd"] = context.Of<KubernetesKeptSecret>(login.Password).Value!.Apply(value => Hashed(login.User, value)),
            },
        }, Child());

        // Its own service has the port of HTTP alone, which whoever calls it may enter by.
        void Enter(string service, IReadOnlyList<Listener> listeners)
        {
            var spec = new ServiceSpecArgs { Type = "ClusterIP" };
            foreach (var (key, value) in ClusterContext.Selector(service)) spec.Selector.Add(key, value);
            foreach (var (target, transport) in listeners.Select(listener => (listener.Target, listener.Transport)).Distinct().Order())
            {
                spec.Ports.Add(new ServicePortArgs
                {
                    Name = string.Create(CultureInfo.InvariantCulture, $"{transport}-{target}"),
                    Port = target,
                    TargetPort = target,
                    Protocol = transport.ToUpperInvariant(),
                });
            }

            var entry = new Service(
                $"{name}-{service}-ports",
                new ServiceArgs { Metadata = cluster.Metadata(name, tags), Spec = spec },
                Child());
            foreach (var listener in listeners)
            {
                var host = args.NameOf(listener);
                var role = host is null ? "" : $"-{Slug(host)}";
                var kind = listener.IsUdp ? "UDPRoute" : host is null ? "TCPRoute" : "TLSRoute";
                var route = new CustomObject($"{name}-{NameOf(listener)}{role}", new CustomObjectArgs(
                    Api,
                    kind,
                    cluster.Metadata(name, tags),
                    new Fields
                    {
                        ["parentRefs"] = new[] { new Fields { ["name"] = name, ["sectionName"] = NameOf(listener) } },
                        ["hostnames"] = host is null ? null : new[] { host },
                        ["rules"] = new[]
                        {
                            new Fields
                            {
                                ["backendRefs"] = new[]
                                {
                                    new Fields { ["name"] = entry.Metadata.Apply(metadata => metadata.Name), ["port"] = listener.Target },
                                },
                            },
                        },
                    }), Child(dependsOn: [gateway]));
                if (isEnvoy && listener.Connections is { } most) LetThrough($"{name}-{NameOf(listener)}{role}-room", kind, route, most);
            }
        }

        // Of what is not said, Envoy lets 1024 through: of connections, and of those that are just being opened, as all are when devices
        // come back at once (its documentation: circuit breaking).
        void LetThrough(string role, string kind, CustomObject route, int most) => _ = new CustomObject(role, new CustomObjectArgs(
            EnvoyApi,
            "BackendTrafficPolicy",
            cluster.Metadata(name, tags),
            new Fields
            {
                ["targetRefs"] = new[]
                {
                    new Fields
                    {
                        ["group"] = Group,
                        ["kind"] = kind,
                        ["name"] = route.Metadata.Apply(metadata => metadata.Name),
                    },
                },
                ["circuitBreaker"] = new Fields { ["maxConnections"] = most, ["maxPendingRequests"] = most },
            }), Child(dependsOn: installed));
    }

    // One proxy, the controller's default, would take every route down with its node. Spread, two survive a node, and a drain never takes
    // both.
    private CustomObject Proxies(
        string name,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        IReadOnlyList<Resource> installed)
    {
        var pods = new Fields
        {
            [$"{EnvoyGroup}/owning-gateway-name"] = name,
            [$"{EnvoyGroup}/owning-gateway-namespace"] = cluster.NamespaceName,
        };
        return new CustomObject($"{name}-proxies", new CustomObjectArgs(
            EnvoyApi,
            "EnvoyProxy",
            cluster.Named(name, name, tags),
            new Fields
            {
                ["provider"] = new Fields
                {
                    ["type"] = "Kubernetes",
                    ["kubernetes"] = new Fields
                    {
                        ["envoyDeployment"] = new Fields
                        {
                            ["replicas"] = 2,
                            ["pod"] = new Fields
                            {
                                ["topologySpreadConstraints"] = ContainerPod.Domains.Select(key => new Fields
                                {
                                    ["maxSkew"] = 1,
                                    ["topologyKey"] = key,
                                    ["whenUnsatisfiable"] = "ScheduleAnyway",
                                    ["labelSelector"] = new Fields { ["matchLabels"] = pods },
                                }).ToArray(),
                            },
                        },
                        ["envoyPDB"] = new Fields { ["minAvailable"] = 1 },
                    },
                },
            }), Child(dependsOn: installed));
    }

    // Where nothing is said of it, the host stays, and path and query always do.
    private static Fields Redirect(string? host) => new()
    {
        ["filters"] = new[]
        {
            new Fields
            {
                ["type"] = "RequestRedirect",
                ["requestRedirect"] = new Fields { ["scheme"] = "https", ["hostname"] = host, ["statusCode"] = 301 },
            },
        },
    };

    private static Fields Listener(string name, int port, string protocol, IReadOnlyList<CertificateSecret> certificates) => new()
    {
        ["name"] = name,
        ["port"] = port,
        ["protocol"] = protocol,
        ["allowedRoutes"] = new Fields { ["namespaces"] = new Fields { ["from"] = "Same" } },
        ["tls"] = certificates.Count == 0
            ? null
            : new Fields
            {
                ["mode"] = "Terminate",
                ["certificateRefs"] = certificates.Select(secret => secret.Reference).ToArray(),
            },
    };

    private static Fields PassingOn(string name, int port)
    {
        var listener = Listener(name, port, "TLS", []);
        listener["tls"] = new Fields { ["mode"] = "Passthrough" };
        return listener;
    }

    private static string GuardOf(Route route) => route.Login is null ? "sources" : "login";

    private static bool IsGuarded(Route route) => route.Login is not null || route.AllowedSources.Count > 0;

    private static Fields Allow(IReadOnlyList<string> sources) => new()
    {
        ["defaultAction"] = "Deny",
        ["rules"] = new[]
        {
            new Fields { ["action"] = "Allow", ["principal"] = new Fields { ["clientCIDRs"] = sources } },
        },
    };

    // Of a path, which may be longer than a name and hold other characters.
    private static string RuleOf(Route route) =>
        $"{GuardOf(route)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(route.Path)))[..12]}";

#pragma warning disable CA5350
    private static string Hashed(string user, string password) =>
        $"{user}:{{SHA}}{Convert.ToBase64String(SHA1.HashData(Encoding.UTF8.GetBytes(password)))}";
#pragma warning restore CA5350

    private static string NameOf(Listener listener) =>
        string.Create(CultureInfo.InvariantCulture, $"{listener.Transport}-{listener.Port}");

    private static string Slug(string host) => host.Replace("*", "any", StringComparison.Ordinal).Replace('.', '-');

    /// <summary>A gateway with the part of its status that says where it is reached.</summary>
    private sealed class Gateway(string name, CustomObjectArgs args, CustomResourceOptions options) : CustomObject(name, args, options)
    {
        /// <summary>Its status.</summary>
        [Output("status")]
        public Output<GatewayStatus> Status { get; private set; } = null!;
    }
}

/// <summary>The status of a gateway.</summary>
/// <param name="addresses">Its addresses.</param>
[OutputType]
[method: OutputConstructor]
internal sealed class GatewayStatus(ImmutableArray<GatewayAddress> addresses)
{
    /// <summary>Its addresses.</summary>
    public ImmutableArray<GatewayAddress> Addresses { get; } = addresses;
}

/// <summary>An address of a gateway.</summary>
/// <param name="type">Its kind, in the Gateway API's words.</param>
/// <param name="value">The address or host name.</param>
[OutputType]
[method: OutputConstructor]
internal sealed class GatewayAddress(string type, string value)
{
    /// <summary>Its kind, in the Gateway API's words.</summary>
    public string Type { get; } = type;

    /// <summary>The address or host name.</summary>
    public string Value { get; } = value;
}
