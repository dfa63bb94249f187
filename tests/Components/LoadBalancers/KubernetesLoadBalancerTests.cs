using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Kubernetes;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.LoadBalancers;

public sealed class KubernetesLoadBalancerTests
{
    private const string Gateway = "kubernetes:gateway.networking.k8s.io/v1:Gateway";
    private const string Proxies = "kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy";
    private const string Certificates = "kubernetes:cert-manager.io/v1:Certificate";
    private const string Connections = "kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy";
    private const string HttpRoute = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";

    [Fact]
    public void The_update_waits_for_an_address_that_is_the_components()
    {
        var plan = Edge();

        Assert.Equal(
            "jsonpath={.status.addresses[0].value}",
            plan.Only(Gateway).Inputs.GetProperty("metadata").GetProperty("annotations").GetProperty("pulumi.com/waitFor").GetString());
        Assert.Contains("edge", plan.Component("edge").Outputs.At("address"), StringComparison.Ordinal);
        Assert.Contains(
            plan.Component("edge").Outputs.At("address")!,
            plan.Only("kubernetes:externaldns.k8s.io/v1alpha1:DNSEndpoint").Input("spec.endpoints[0].targets"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Http_answers_with_a_redirect_only()
    {
        var redirect = Edge().Only(HttpRoute, "edge-redirect");

        Assert.Equal("http", redirect.Input("spec.parentRefs[0].sectionName"));
        Assert.Equal("https", redirect.Input("spec.rules[0].filters[0].requestRedirect.scheme"));
        Assert.Null(redirect.Input("spec.rules[0].backendRefs"));
    }

    [Fact]
    public void The_gateway_and_nobody_else_may_reach_the_services_it_routes_to()
    {
        var policy = Edge().Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "edge-shop-ingress");

        Assert.Contains("envoy-gateway-system", policy.Input("spec.ingress[0].from"), StringComparison.Ordinal);
        Assert.Equal("http", policy.Input("spec.ingress[0].ports[0].port"));
    }

    [Fact]
    public void Many_paths_are_spread_over_routes_that_the_gateway_api_accepts()
    {
        var paths = Enumerable.Range(0, 100).Select(number => $"/path-{number:000}").ToList();
        var plan = KubernetesPlans.Good(model => Declare(model, paths: paths));

        var routes = plan.OfType(HttpRoute).Where(route => route.Name != "edge-redirect").ToList();
        Assert.Equal(7, routes.Count);
        var rules = routes.Select(route => route.Inputs.GetProperty("spec").GetProperty("rules").EnumerateArray().ToList()).ToList();
        Assert.All(rules, part => Assert.InRange(part.Count, 1, 16));
        Assert.Equal(paths, rules.SelectMany(part => part).Select(rule => rule.At("matches[0].path.value")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Another_certificate_takes_over_the_secret_that_the_gateway_serves()
    {
        var before = Edge();
        var after = KubernetesPlans.Good(model => Declare(model, certificate: "successor"));

        Assert.Equal(before.Only(Gateway).Inputs.ToString(), after.Only(Gateway).Inputs.ToString());
        Assert.Equal("edge-tls", before.Only(Gateway).Input("spec.listeners[1].tls.certificateRefs[0].name"));
        Assert.Equal("edge-tls", before.Only(Certificates).Input("spec.secretName"));
        Assert.Equal("edge-tls", after.Only(Certificates).Input("spec.secretName"));
        Assert.NotEqual(before.Only(Certificates).Urn, after.Only(Certificates).Urn);
    }

    [Fact]
    public void The_update_waits_longer_for_an_address_than_clouds_take() => Assert.Equal(
        TimeSpan.FromMinutes(20),
        RegisteredOptions.Of(Cloud.Kubernetes, Gateway, model => Declare(model))["edge"].CustomTimeouts?.Create);

    [Fact]
    public void In_production_no_single_node_carries_all_traffic()
    {
        var proxies = Edge().Only(Proxies);

        Assert.Equal("2", proxies.Input("spec.provider.kubernetes.envoyDeployment.replicas"));
        Assert.Equal("1", proxies.Input("spec.provider.kubernetes.envoyPDB.minAvailable"));
        Assert.Contains(
            "kubernetes.io/hostname",
            proxies.Input("spec.provider.kubernetes.envoyDeployment.pod.topologySpreadConstraints"),
            StringComparison.Ordinal);
        Assert.Equal(
            """{"group":"gateway.envoyproxy.io","kind":"EnvoyProxy","name":"edge"}""",
            Edge().Only(Gateway).Input("spec.infrastructure.parametersRef"));
        Assert.Contains(proxies.Urn, Edge().Only(Gateway).DependsOn);
    }

    [Fact]
    public void Elsewhere_and_with_another_controller_the_proxies_are_as_it_makes_them()
    {
        Assert.Empty(KubernetesPlans.Good(model => Declare(model), EnvironmentKind.Preview).OfType(Proxies));
        Assert.Empty(Edge(new KubernetesLoadBalancerTweak { GatewayClass = "cilium" }).OfType(Proxies));
    }

    [Fact]
    public void Ports_share_the_certificate_and_the_idle_time()
    {
        var plan = KubernetesPlans.Good(model => Declare(model, listeners: shop => [new(shop, 8883, ListenerProtocol.Tls, 1883)]));

        Assert.Equal(
            """{"certificateRefs":[{"kind":"Secret","name":"edge-tls"}],"mode":"Terminate"}""",
            plan.Only(Gateway).Input("spec.listeners[2].tls"));
        Assert.Equal("60s", plan.Only(Connections).Input("spec.timeout.tcp.idleTimeout"));
        Assert.Contains(plan.Only(Gateway).Urn, plan.Only("kubernetes:gateway.networking.k8s.io/v1:TCPRoute").DependsOn);
    }

    [Fact]
    public void Pods_that_listen_on_a_low_port_may() => Assert.Equal(
        """[{"name":"net.ipv4.ip_unprivileged_port_start","value":"0"}]""",
        KubernetesPlans.Good(model => Declare(model, listeners: shop => [new(shop, 2525, TargetPort: 25)]))
            .Only("kubernetes:apps/v1:Deployment")
            .Input("spec.template.spec.securityContext.sysctls"));

    [Theory]
    [InlineData(19001)]
    [InlineData(10443)]
    [InlineData(10025)]
    public void A_port_at_which_the_proxy_listens_already_is_refused(int port)
    {
        var plan = KubernetesPlans.Plan(model => Declare(model, listeners: shop => [new(shop, 25), new(shop, port)]));

        var finding = Assert.Single(plan.Findings, finding => finding.Severity == Severity.Error);
        Assert.Equal("load-balancer-ports", finding.Rule.Id);
        Assert.Contains($"Listeners.Port is {port}", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whether_another_controller_knows_ports_is_not_known_here() => Assert.Contains(
        KubernetesPlans.Plan(model => Declare(
            model,
            new KubernetesLoadBalancerTweak { GatewayClass = "cilium" },
            listeners: shop => [new(shop, 1883)])).Findings,
        finding => finding is { Rule.Id: "load-balancer-listeners", Severity: Severity.Warning });

    [Fact]
    public void Whether_another_controller_chooses_among_certificates_is_not_known_here() => Assert.Contains(
        KubernetesPlans.Plan(model =>
        {
            Declare(model, new KubernetesLoadBalancerTweak { GatewayClass = "cilium" });
            var zone = model.Components.OfType<DnsZone>().Single();
            var further = model.Add(new Certificate("further", new() { Hosts = ["api"], Zone = zone }));
            var edge = model.Components.OfType<LoadBalancer>().Single();
            model.Add(new LoadBalancer("brands", edge.Args with { Certificates = [further] }));
        }).Findings,
        finding => finding is { Rule.Id: "load-balancer-certificates", Component: "brands", Severity: Severity.Warning });

    [Fact]
    public void Where_nobody_can_be_turned_away_the_plan_is_refused()
    {
        string[] sources = ["203.0.113.0/24"];

        Assert.All(
            [
                KubernetesPlans.Plan(model => Declare(
                    model, new KubernetesLoadBalancerTweak { GatewayClass = "cilium" }, sources: sources)),
                KubernetesPlans.Plan(model => Declare(
                    model, listeners: shop => [new(shop, 3478, ListenerProtocol.Udp)], sources: sources)),
            ],
            plan => Assert.Equal("load-balancer-sources", Assert.Single(
                plan.Findings, finding => finding.Severity == Severity.Error).Rule.Id));
    }

    [Fact]
    public void A_route_with_a_login_turns_away_who_comes_from_elsewhere_as_others_do()
    {
        var plan = KubernetesPlans.Good(model => Declare(model, sources: ["203.0.113.0/24"], password: model.Add(new Secret("door"))));

        var policies = plan.OfType("kubernetes:gateway.envoyproxy.io/v1alpha1:SecurityPolicy").ToList();
        Assert.Equal(2, policies.Count);
        Assert.Equal(policies[0].Input("spec.authorization"), policies[1].Input("spec.authorization"));
    }

    [Fact]
    public void A_host_name_becomes_a_cname()
    {
        var record = Edge(new KubernetesLoadBalancerTweak { HostNameAddress = true }).Only(
            "kubernetes:externaldns.k8s.io/v1alpha1:DNSEndpoint");

        Assert.Equal("CNAME", record.Input("spec.endpoints[0].recordType"));
    }

    [Fact]
    public void The_tweak_chooses_class_and_annotations()
    {
        var plan = Edge(new KubernetesLoadBalancerTweak
        {
            GatewayClass = "cilium",
            ServiceAnnotations = new Dictionary<string, string> { ["example.org/type"] = "small" },
        });

        Assert.Equal("cilium", plan.Only(Gateway).Input("spec.gatewayClassName"));
        Assert.Contains("small", plan.Only(Gateway).Input("spec.infrastructure.annotations"), StringComparison.Ordinal);
        Assert.Empty(plan.OfType(Connections));
    }

    [Theory]
    [InlineData(EnvironmentKind.Production, "https://acme-v02.api.letsencrypt.org/directory")]
    [InlineData(EnvironmentKind.Preview, "https://acme-staging-v02.api.letsencrypt.org/directory")]
    public void Certificates_are_trusted_in_production_and_staged_elsewhere(EnvironmentKind environment, string directory)
    {
        var issuer = KubernetesPlans.Good(model => Declare(model), environment).Only("kubernetes:cert-manager.io/v1:Issuer");

        Assert.Equal(directory, issuer.Input("spec.acme.server"));
        Assert.Equal("edge", issuer.Input("spec.acme.solvers[0].http01.gatewayHTTPRoute.parentRefs[0].name"));
    }

    [Fact]
    public void A_renewed_certificate_has_a_new_key_and_old_protocols_are_refused()
    {
        var plan = Edge();

        Assert.Equal(
            """{"algorithm":"ECDSA","rotationPolicy":"Always","size":256}""",
            plan.Only("kubernetes:cert-manager.io/v1:Certificate").Input("spec.privateKey"));
        Assert.Equal("1.2", plan.Only(Connections).Input("spec.tls.minVersion"));
    }

    [Fact]
    public void A_cluster_that_gives_no_addresses_is_refused_instead_of_waited_for()
    {
        var plan = KubernetesPlans.Plan(model => Declare(model), cluster: account => account with { LoadBalancers = false });

        var finding = Assert.Single(plan.Findings, finding => finding.Severity == Severity.Error);
        Assert.Equal(("load-balancer-address", "edge"), (finding.Rule.Id, finding.Component));
        Assert.Contains("MetalLB", finding.Message, StringComparison.Ordinal);
        KubernetesPlans.Good(
            model => model.Add(new ContainerService("shop", new() { Port = 8080 })),
            cluster: account => account with { LoadBalancers = false });
    }

    [Fact]
    public void A_given_issuer_replaces_the_stacks_own()
    {
        var plan = KubernetesPlans.Good(model => Declare(model), cluster: account => account with { ClusterIssuer = "dns" });

        Assert.Empty(plan.OfType("kubernetes:cert-manager.io/v1:Issuer"));
        Assert.Equal(
            """{"kind":"ClusterIssuer","name":"dns"}""",
            plan.Only("kubernetes:cert-manager.io/v1:Certificate").Input("spec.issuerRef"));
    }

    [Fact]
    public void A_wildcard_is_refused_where_validation_goes_over_http()
    {
        static void Wildcard(Model model) => Declare(model, host: "*");

        Assert.Contains(
            KubernetesPlans.Plan(Wildcard).Findings,
            finding => finding is { Rule.Id: "certificate-wildcard", Severity: Severity.Error });
        Assert.Equal("", KubernetesPlans.Plan(Wildcard, cluster: account => account with { ClusterIssuer = "dns" }).Errors());
    }

    [Fact]
    public void Weights_are_refused_and_a_single_target_above_zero_is_not()
    {
        static void Weighted(Model model, int weight) => model.Add(new DnsRecord("name", new()
        {
            Zone = model.Add(new DnsZone("zone", new() { Domain = "shop.example" })),
            Host = "name",
            Targets = [new("A", ["192.0.2.1"]), new("A", ["192.0.2.2"], weight)],
        }));

        Assert.Contains(
            KubernetesPlans.Plan(model => Weighted(model, 10)).Findings,
            finding => finding is { Rule.Id: "dns-record-weight", Severity: Severity.Error });
        Assert.Equal(
            """["192.0.2.1"]""",
            KubernetesPlans.Good(model => Weighted(model, 0))
                .Only("kubernetes:externaldns.k8s.io/v1alpha1:DNSEndpoint")
                .Input("spec.endpoints[0].targets"));
    }

    private static Plan Edge(KubernetesLoadBalancerTweak? tweak = null) => KubernetesPlans.Good(model => Declare(model, tweak));

    private static void Declare(
        Model model,
        KubernetesLoadBalancerTweak? tweak = null,
        string host = "www",
        IEnumerable<string>? paths = null,
        string certificate = "certificate",
        Func<ContainerService, IReadOnlyList<Listener>>? listeners = null,
        IReadOnlyList<string>? sources = null,
        Secret? password = null)
    {
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
        var zone = model.Add(new DnsZone("zone", new() { Domain = "shop.example" }));
        var edge = model.Add(new LoadBalancer("edge", new()
        {
            Certificate = model.Add(new Certificate(certificate, new() { Hosts = [host], Zone = zone })),
            Routes =
            [
                .. (paths ?? ["/"]).Select(path => new Route(shop, "www", path)
                {
                    Login = password is null ? null : new("shop", password),
                }),
            ],
            Listeners = listeners?.Invoke(shop) ?? [],
            AllowedSources = sources ?? [],
            Tweaks = tweak is null ? [] : [tweak],
        }));
        model.Add(new DnsRecord("www", new() { Zone = zone, Host = "www", Targets = [new(edge)] }));
    }
}
