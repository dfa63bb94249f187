using System.Text.Json.Nodes;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Placements;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.LoadBalancers;

/// <summary>What a load balancer promises on every cloud.</summary>
public abstract class LoadBalancerContract(CloudFixture cloud)
{
    protected CloudFixture Cloud => cloud;

    [Fact]
    public void Its_address_is_known() =>
        Assert.NotEmpty(cloud.PlanWithoutErrors(Declare).Component("edge", LoadBalancerKind.Instance).Outputs.At("address")!);

    [Fact]
    public void It_redirects_http_to_https() => Assert.True(cloud.RedirectsToHttps(cloud.PlanWithoutErrors(Declare), "edge"));

    [Fact]
    public void It_tries_the_most_specific_route_first() =>
        Assert.Equal(
            [("www.shop.example", "/api", "stock"), ("www.shop.example", "/", "shop"), ("*.shop.example", "/", "stock")],
            cloud.RoutesOf(cloud.PlanWithoutErrors(Declare), "edge"));

    [Fact]
    public void It_redirects_hosts_to_others_for_good_and_keeps_what_a_route_of_theirs_takes()
    {
        var plan = cloud.PlanWithoutErrors(model => Edge(
            model,
            shop => [new(shop, "www"), new(shop, "@", "/.well-known")],
            [new("@", "www"), new("*", "www.example.com.")]));

        Assert.Equal([("shop.example", "www.shop.example"), ("*.shop.example", "www.example.com")], cloud.RedirectsOf(plan, "edge"));
        Assert.Equal(
            [("shop.example", "/.well-known", "shop"), ("www.shop.example", "/", "shop")],
            cloud.RoutesOf(plan, "edge").Order());
    }

    [Fact]
    public void A_stack_file_sets_redirects()
    {
        var system = TestSystems.Declare(model => Edge(model, shop => [new(shop, "www")]));
        var plan = Rehearsal.Run(system, cloud.SettingsFor(system, EnvironmentKind.Production) with
        {
            Components = new Dictionary<string, JsonObject>
            {
                ["edge"] = new() { ["redirects"] = new JsonArray(new JsonObject { ["host"] = "@", ["to"] = "www" }) },
            },
        }).WithoutErrors();

        Assert.Equal([("shop.example", "www.shop.example")], cloud.RedirectsOf(plan, "edge"));
    }

    [Fact]
    public void A_former_domain_needs_nothing_but_redirects()
    {
        var plan = cloud.PlanWithoutErrors(model => Edge(model, _ => [], [new("@", "example.com."), new("*", "example.com.")]));

        Assert.Equal([("shop.example", "example.com"), ("*.shop.example", "example.com")], cloud.RedirectsOf(plan, "edge"));
        Assert.Empty(cloud.RoutesOf(plan, "edge"));
    }

    [Fact]
    public void An_exact_host_decides_before_a_wildcard_even_on_paths_that_it_has_no_route_for() => Assert.True(cloud.AnswersAlone(
        cloud.PlanWithoutErrors(model => Edge(model, shop => [new(shop, "*"), new(shop, "api", "/v1")])),
        "edge",
        "api.shop.example"));

    [Fact]
    public void Hosts_of_several_zones_lead_to_it_each_with_a_certificate_of_its_own()
    {
        var plan = cloud.PlanWithoutErrors(model =>
            Declare(
                model,
                isFurther: true,
                listeners: shop => cloud.Transports.Contains("tcp") ? [new(shop, 8883, ListenerProtocol.Tls, 1883)] : []));

        Assert.Equal(
            [("shop.example", "/", "stock"), ("www.brand.example", "/", "stock"), ("www.shop.example", "/", "shop")],
            cloud.RoutesOf(plan, "edge").Order());
        Assert.Equal(
            [("brand.example", "www.brand.example"), ("old.brand.example", "www.shop.example")],
            cloud.RedirectsOf(plan, "edge").Order());
        Assert.Equal(["brand", "certificate"], cloud.CertificatesOf(plan, "edge").Order());
    }

    [Fact]
    public void A_stack_file_gives_a_further_zone_its_domain()
    {
        var plan = Rehearse(Brands, EnvironmentKind.Production, settings => settings with
        {
            Domains = new Dictionary<string, string> { ["brands"] = "brand.test" },
        }).WithoutErrors();

        Assert.Contains(("www.brand.test", "/", "stock"), cloud.RoutesOf(plan, "edge"));
        Assert.Contains(("old.brand.test", "www.shop.example"), cloud.RedirectsOf(plan, "edge"));
    }

    [Fact]
    public void A_host_of_a_zone_without_a_certificate_is_refused()
    {
        var plan = cloud.Plan(model => Edge(
            model,
            shop => [new(shop, "www") { Zone = model.Add(new DnsZone("brands", new() { Domain = "brand.example" })) }]));

        Assert.Contains(plan.Findings, finding =>
            finding is { Severity: Severity.Error, Component: "edge" }
            && finding.Message.Contains("Add a certificate of 'brands' to Certificates", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_certificate_comes_without_an_interruption_of_those_that_are_there()
    {
        var replaced = Replacements.Of(cloud.Cloud, First, Brands);

        Assert.Empty(replaced);
    }

    [Theory]
    [InlineData(EnvironmentKind.Staging)]
    [InlineData(EnvironmentKind.Preview)]
    public void A_stack_without_a_domain_is_found_by_what_its_cloud_calls_it_over_plain_HTTP(EnvironmentKind environment)
    {
        var plan = Rehearse(Nameless, environment, settings => settings with { Domain = null }).WithoutErrors();

        Assert.Equal([("*", "/api", "stock"), ("*", "/", "shop")], cloud.RoutesOf(plan, "edge"));
        Assert.Empty(plan.Of("zone").Concat(plan.Of("certificate")).Concat(plan.Of("name")));
        var outputs = plan.Component("edge", LoadBalancerKind.Instance).Outputs;
        Assert.Equal($"http://{outputs.At("address")}", outputs.At("url"));
        Assert.Equal($"http://{outputs.At("address")}/api", plan.Outputs.At("urls.stock[0]"));
        Assert.All(plan.Of("edge"), resource => Assert.DoesNotContain("443", resource.Inputs.ToString(), StringComparison.Ordinal));
        Assert.Equal(["0.0.0.0/0"], cloud.SourcesOf(plan, "edge"));
        var warning = Assert.Single(plan.Findings, finding => finding is { Severity: Severity.Warning, Component: "edge" });
        Assert.Equal("load-balancer-plain", warning.Rule.Id);
    }

    [Fact]
    public void Production_has_a_domain()
    {
        var plan = Rehearse(Nameless, EnvironmentKind.Production, settings => settings with { Domain = null });

        Assert.Equal(
            ["dns-zone-domain", "load-balancer-plain"],
            plan.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Rule.Id).Order());
    }

    [Fact]
    public void Without_a_domain_there_is_one_host_and_nothing_that_needs_a_certificate()
    {
        var plan = Rehearse(
            model => Edge(
                model,
                shop => [new(shop, "www"), new(shop, "api", "/v1")],
                listeners: shop => [new(shop, 8883, ListenerProtocol.Tls, 1883)]),
            EnvironmentKind.Preview,
            settings => settings with { Domain = null });

        Assert.Contains(plan.Findings, finding =>
            finding.Severity == Severity.Error && finding.Message.Contains("Routes.Host is www, api", StringComparison.Ordinal));
        Assert.Contains(plan.Findings, finding =>
            finding.Severity == Severity.Error && finding.Message.Contains("8883 TLS", StringComparison.Ordinal));
    }

    [Fact]
    public void What_redirects_only_is_left_out_of_a_stack_without_a_domain() => Assert.Empty(Rehearse(
        model => Edge(model, _ => [], [new("@", "example.com.")]),
        EnvironmentKind.Preview,
        settings => settings with { Domain = null }).WithoutErrors().Of("edge"));

    [Fact]
    public void Who_is_linked_to_it_learns_where_itself_is_found_or_else_where_the_first_route_leads()
    {
        var plan = cloud.PlanWithoutErrors(Told);

        Assert.Equal(
            ("www.shop.example", "https", "https://www.shop.example"),
            Read(cloud.VariablesOf(plan, "shop")));
        Assert.Equal(
            ("api.shop.example", "https", "https://api.shop.example"),
            Read(cloud.VariablesOf(plan, "stock")));
        Assert.Equal(
            ("www.shop.example", "https", "https://www.shop.example"),
            Read(cloud.VariablesOf(plan, "mailer")));

        static (string? Host, string? Scheme, string? Url) Read(IReadOnlyDictionary<string, Variable> variables) =>
            (variables["EDGE_HOST"].Value, variables["EDGE_SCHEME"].Value, variables["EDGE_URL"].Value);

        static void Told(Model model)
        {
            var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
            Edge(model, shop => [new(stock, "*"), new(shop, "www"), new(stock, "api", "/v1")]);
            var edge = model.Components.OfType<LoadBalancer>().Single();
            stock.Calls(edge);
            model.Add(new ContainerService("mailer")).Calls(edge);
            model.Components.OfType<ContainerService>().Single(service => service.Name == "shop").Calls(edge);
        }
    }

    [Fact]
    public void Without_a_domain_who_is_linked_to_it_learns_its_address()
    {
        var plan = Rehearse(
            model =>
            {
                Nameless(model);
                model.Components.OfType<ContainerService>().First().Calls(model.Components.OfType<LoadBalancer>().Single());
            },
            EnvironmentKind.Preview,
            settings => settings with { Domain = null }).WithoutErrors();

        var address = plan.Component("edge", LoadBalancerKind.Instance).Outputs.At("address");
        var variables = cloud.VariablesOf(plan, "stock");
        Assert.Equal(
            (address, "http", $"http://{address}"),
            (variables["EDGE_HOST"].Value, variables["EDGE_SCHEME"].Value, variables["EDGE_URL"].Value));
    }

    [Fact]
    public void Nobody_asks_where_a_load_balancer_is_found_that_has_no_exact_host()
    {
        var plan = cloud.Plan(model =>
        {
            Edge(model, shop => [new(shop, "*")]);
            model.Components.OfType<ContainerService>().Single().Calls(model.Components.OfType<LoadBalancer>().Single());
        });

        Assert.Contains(
            plan.Findings,
            finding => finding is { Severity: Severity.Error, Rule.Id: "load-balancer-host", Component: "shop" });
    }

    [Theory]
    [InlineData("@")]
    [InlineData("*")]
    public void The_domain_itself_and_every_name_below_it_lead_to_it(string host)
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            Edge(model, shop => [new(shop, host)]);
            var (edge, zone) = (model.Components.OfType<LoadBalancer>().Single(), model.Components.OfType<DnsZone>().Single());
            model.Add(new DnsRecord("name", new() { Zone = zone, Host = host, Targets = [new(edge)] }));
        });

        var record = Assert.Single(plan.Resources, resource => resource.Component == "name");
        Assert.Contains("\"A\"", record.Inputs.ToString(), StringComparison.Ordinal);
        Assert.Contains(record.References, reference => plan.Of("edge").Any(resource => resource.Urn == reference.To));
        var full = host == "@" ? "shop.example" : "*.shop.example";
        Assert.Contains(plan.Of("certificate"), resource => resource.Inputs.ToString().Contains($"\"{full}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_host_that_the_certificate_does_not_cover_is_refused()
    {
        var plan = cloud.Plan(model => Edge(model, shop => [new(shop, "www.other")]));

        Assert.Contains(
            plan.Findings,
            finding => finding is { Severity: Severity.Error, Component: "edge" }
                && finding.Message.Contains("www.other", StringComparison.Ordinal));
    }

    [Fact]
    public void A_worker_cannot_be_routed_to()
    {
        var plan = cloud.Plan(model =>
        {
            var worker = model.Add(new ContainerService("worker"));
            Edge(model, _ => [new(worker, "www")]);
        });

        Assert.Contains(plan.Findings, finding =>
            finding is { Severity: Severity.Error, Component: "edge" } && finding.Message.Contains("worker", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ListenerProtocol.Tcp, "tcp")]
    [InlineData(ListenerProtocol.Tls, "tcp")]
    [InlineData(ListenerProtocol.Udp, "udp")]
    public void A_port_leads_to_a_port_of_a_service_or_of_a_worker_beside_HTTP_or_the_plan_says_why_not(
        ListenerProtocol protocol,
        string transport)
    {
        var plan = cloud.Plan(model =>
        {
            var broker = model.Add(new ContainerService("broker", Listening(1884)));
            Edge(model, shop => [new(shop, "www")], listeners: shop => [new(shop, 8883, protocol, 1883), new(broker, 1884, protocol)]);
        });

        var word = protocol.ToString().ToLowerInvariant();
        if (cloud.Transports.Contains(transport))
        {
            Assert.Equal("", plan.Errors());
            Assert.Equal([(1884, word, "broker", 1884), (8883, word, "shop", 1883)], cloud.ListenersOf(plan, "edge"));
            Assert.Equal([("www.shop.example", "/", "shop")], cloud.RoutesOf(plan, "edge"));
            Assert.True(cloud.RedirectsToHttps(plan, "edge"));
            return;
        }

        Assert.All(plan.Findings.Where(finding => finding.Severity == Severity.Error), finding =>
        {
            Assert.EndsWith("-listeners", finding.Rule.Id, StringComparison.Ordinal);
            Assert.Contains($"8883 {word.ToUpperInvariant()} to shop:1883", finding.Message, StringComparison.Ordinal);
        });
        Assert.True(plan.HasErrors);
    }

    [Fact]
    public void A_load_balancer_may_have_nothing_but_ports_and_nobody_asks_what_listens_there_by_HTTP()
    {
        if (!cloud.Transports.Contains("tcp")) return;
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var broker = model.Add(new ContainerService("broker"));
            Edge(model, _ => [], listeners: _ => [new(broker, 1883), new(broker, 8883, ListenerProtocol.Tls, 1883)]);
        });

        Assert.Equal([(1883, "tcp", "broker", 1883), (8883, "tls", "broker", 1883)], cloud.ListenersOf(plan, "edge"));
        Assert.Null(cloud.CheckOf(plan, "broker"));
        Assert.DoesNotContain(plan.Of("edge").Concat(plan.Of("broker")), resource =>
            resource.Inputs.ToString().Contains("/healthz", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(900)]
    public void A_WebSocket_may_be_silent_and_an_answer_take_as_long_as_connections_may_be_idle(int seconds)
    {
        var plan = cloud.PlanWithoutErrors(model => Edge(model, shop => [new(shop, "www")], idle: seconds));

        Assert.InRange(cloud.ShortestSilence(plan, "edge"), seconds, int.MaxValue);
    }

    [Theory]
    [InlineData(ServiceProtocol.Http, HealthProtocol.Http, false)]
    [InlineData(ServiceProtocol.Http2, HealthProtocol.Tcp, true)]
    [InlineData(ServiceProtocol.Grpc, HealthProtocol.Tcp, true)]
    [InlineData(ServiceProtocol.Http, HealthProtocol.Grpc, true)]
    public void A_service_that_speaks_HTTP_2_or_gRPC_is_spoken_to_so(ServiceProtocol protocol, HealthProtocol health, bool isHttp2)
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var api = model.Add(
                new ContainerService("api", new() { Port = 9090, Protocol = protocol, HealthCheck = new() { Protocol = health } }));
            Edge(model, _ => [new(api, "api")]);
        });

        Assert.Equal(isHttp2, cloud.LeadsByHttp2(plan, "edge", "api"));
    }

    [Fact]
    public void Who_may_come_is_said_and_nobody_else_does()
    {
        string[] sources = ["198.51.100.7/32", .. Enumerable.Range(0, 11).Select(number => $"203.0.{number}.0/24")];
        var plan = cloud.PlanWithoutErrors(model => Edge(
            model,
            shop => [new(shop, "www")],
            listeners: shop => cloud.Transports.Contains("tcp") ? [new(shop, 8883, ListenerProtocol.Tls, 1883)] : [],
            sources: sources));

        Assert.Equal(sources.Order(StringComparer.Ordinal), cloud.SourcesOf(plan, "edge").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Fewer_may_come_to_a_route_than_to_the_others(int blocks)
    {
        string[] sources = [.. Enumerable.Range(0, blocks).Select(number => $"203.0.113.{number}/32")];
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
            Edge(
                model,
                shop =>
                [
                    new(shop, "www"),
                    new(shop, "www", "/admin") { AllowedSources = sources },
                    new(stock, "tool") { AllowedSources = sources },
                ],
                sources: ["203.0.113.0/24", "198.51.100.0/24"]);
        });

        Assert.Equal(sources, cloud.SourcesOf(plan, "edge", "www.shop.example", "/admin"));
        Assert.Equal(sources, cloud.SourcesOf(plan, "edge", "tool.shop.example", "/"));
        Assert.Equal(
            [("tool.shop.example", "/", "stock"), ("www.shop.example", "/", "shop"), ("www.shop.example", "/admin", "shop")],
            cloud.RoutesOf(plan, "edge").Order());
    }

    [Fact]
    public void TLS_passes_as_it_comes_to_the_service_of_the_host_that_clients_name_or_the_plan_says_why_not()
    {
        var plan = cloud.Plan(model =>
        {
            var one = model.Add(new ContainerService("one", Listening(8443)));
            var other = model.Add(new ContainerService("other", Listening(8443)));
            Edge(
                model,
                shop => [new(shop, "www")],
                listeners: _ =>
                [
                    new(one, 9443, ListenerProtocol.TlsPassthrough, 8443) { Host = "one" },
                    new(other, 9443, ListenerProtocol.TlsPassthrough, 8443) { Host = "other" },
                ]);
        });

        if (!cloud.PassesTlsByName)
        {
            var error = plan.Findings.First(finding => finding.Severity == Severity.Error);
            Assert.Contains("9443 TLS for one to one:8443", error.Message, StringComparison.Ordinal);
            return;
        }

        Assert.Equal("", plan.Errors());
        var listener = plan.Of("edge").Single(resource => resource.TypeName == "Gateway").Inputs.GetProperty("spec")
            .GetProperty("listeners").EnumerateArray().Single(listener => listener.At("port") == "9443");
        Assert.Equal(("TLS", "Passthrough"), (listener.At("protocol"), listener.At("tls.mode")));
        Assert.Equal(
            ["one.shop.example", "other.shop.example"],
            plan.Of("edge").Where(resource => resource.TypeName == "TLSRoute").Select(route => route.Input("spec.hostnames[0]")!).Order());
        Assert.Equal(
            [(9443, "tls", "one", 8443), (9443, "tls", "other", 8443)],
            cloud.ListenersOf(plan, "edge").Order());
    }

    [Fact]
    public void Without_a_word_everyone_may_come() =>
        Assert.Equal(["0.0.0.0/0"], cloud.SourcesOf(cloud.PlanWithoutErrors(Declare), "edge"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_client_sends_so_many_requests_a_minute_and_no_more(bool fromSomewhere)
    {
        var plan = cloud.PlanWithoutErrors(model =>
            Edge(model, shop => [new(shop, "www")], sources: fromSomewhere ? ["203.0.113.0/24"] : [], requests: 600));

        Assert.Equal(600, cloud.RequestsPerMinute(plan, "edge"));
        Assert.Equal([fromSomewhere ? "203.0.113.0/24" : "0.0.0.0/0"], cloud.SourcesOf(plan, "edge"));
    }

    [Fact]
    public void A_route_asks_for_a_name_and_a_password_or_the_plan_says_why_not()
    {
        var plan = cloud.Plan(model =>
        {
            var password = model.Add(new Secret("door"));
            Edge(model, shop => [new(shop, "www"), new(shop, "www", "/admin") { Login = new("shop", password) }]);
        });

        if (!cloud.AsksForPasswords)
        {
            var error = Assert.Single(plan.Findings, finding => finding.Severity == Severity.Error);
            Assert.Equal("load-balancer-login", error.Rule.Id);
            Assert.Contains("www.shop.example/admin", error.Message, StringComparison.Ordinal);
            return;
        }

        Assert.Equal("", plan.Errors());
        var policy = Assert.Single(plan.Of("edge"), resource => resource.TypeName == "SecurityPolicy");
        var users = plan.Of("edge").Single(resource => resource.Type == "kubernetes:core/v1:Secret");
        Assert.True(policy.RefersTo(users, "spec.basicAuth.users.name"));
        Assert.True(users.RefersTo(plan.Of("door").First(resource => resource.TypeName == "RandomPassword")));
        Assert.DoesNotContain("{SHA}", users.Inputs.ToString(), StringComparison.Ordinal);
        var route = Assert.Single(plan.Of("edge"), resource => resource.TypeName == "HTTPRoute" && policy.RefersTo(resource));
        var asked = Assert.Single(
            route.Inputs.GetProperty("spec").GetProperty("rules").EnumerateArray(),
            rule => rule.At("name") == policy.Input("spec.targetRefs[0].sectionName"));
        Assert.Equal("/admin", asked.At("matches[0].path.value"));
    }

    private Plan Rehearse(Action<Model> declare, EnvironmentKind environment, Func<StackSettings, StackSettings> change)
    {
        var system = TestSystems.Declare(declare);
        return Rehearsal.Run(system, change(cloud.SettingsFor(system, environment)));
    }

    private static void First(Model model) => Declare(model, isFurther: false);

    private static void Brands(Model model) => Declare(model, isFurther: true);

    private static void Declare(
        Model model,
        bool isFurther,
        Func<ContainerService, IReadOnlyList<Listener>>? listeners = null)
    {
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
        var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["@", "www"], Zone = zone }));
        Route[] routes = [new(shop, "www"), new(stock, "@")];
        if (!isFurther)
        {
            model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = routes }));
            return;
        }

        var brands = model.Add(new DnsZone("brands", new() { Domain = "brand.example" }));
        var brand = model.Add(new Certificate("brand", new() { Hosts = ["@", "www", "old"], Zone = brands }));
        model.Add(new LoadBalancer("edge", new()
        {
            Certificate = certificate,
            Certificates = [brand],
            Routes = [.. routes, new(stock, "www") { Zone = brands }],
            Listeners = listeners?.Invoke(shop) ?? [],
            Redirects = [new("@", "www") { Zone = brands }, new("old", "www") { Zone = brands, ToZone = zone }],
        }));
    }

    private static void Nameless(Model model)
    {
        var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
        Edge(model, shop => [new(shop, "www"), new(stock, "www", "/api")], [new("@", "www")]);
        var (zone, edge) = (model.Components.OfType<DnsZone>().Single(), model.Components.OfType<LoadBalancer>().Single());
        model.Add(new DnsRecord("name", new() { Zone = zone, Host = "www", Targets = [new(edge)] }));
    }

    private static ContainerServiceArgs Listening(int port) => new()
    {
        HealthCheck = new() { Protocol = HealthProtocol.Tcp, Port = port },
    };

    private static void Declare(Model model)
    {
        var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
        Edge(model, shop => [new(stock, "*"), new(shop, "www"), new(stock, "www", "/api")]);
    }

    // A wildcard needs proof by DNS, which plain Kubernetes has only with an issuer of the cluster: the test settings name one.
    private static void Edge(
        Model model,
        Func<ContainerService, IReadOnlyList<Route>> routes,
        IReadOnlyList<Redirect>? redirects = null,
        Func<ContainerService, IReadOnlyList<Listener>>? listeners = null,
        int idle = 60,
        IReadOnlyList<string>? sources = null,
        int? requests = null)
    {
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["@", "*"], Zone = zone }));
        model.Add(new LoadBalancer("edge", new()
        {
            Certificate = certificate,
            Routes = routes(shop),
            Redirects = redirects ?? [],
            Listeners = listeners?.Invoke(shop) ?? [],
            IdleTimeoutSeconds = idle,
            AllowedSources = sources ?? [],
            RequestsPerMinute = requests,
        }));
    }
}
