using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Aws;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.LoadBalancers;

public sealed class AwsLoadBalancerTests
{
    [Fact]
    public void The_world_reaches_it_on_two_ports_and_services_only_through_it()
    {
        var plan = Plan();
        var balancer = plan.Only("aws:ec2/securityGroup:SecurityGroup", "edge");
        var shop = plan.Only("aws:ec2/securityGroup:SecurityGroup", "shop");

        var open = plan
            .OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
            .Where(rule => rule.Input("cidrIpv4") is not null)
            .ToList();
        Assert.Equal(["443", "80"], open.Select(rule => rule.Input("fromPort")).Order());
        Assert.All(open, rule => Assert.True(rule.RefersTo(balancer, "securityGroupId")));
        Assert.True(
            plan.Only("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "edge-shop-8080").RefersTo(shop, "securityGroupId"));
        Assert.Equal("8080", plan.Only("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "edge-shop-8080").Input("toPort"));
    }

    [Fact]
    public void It_speaks_TLS_1_2_and_above_and_answers_404_to_what_has_no_route()
    {
        var listener = Plan().Only("aws:lb/listener:Listener", "edge-https");

        Assert.Equal("ELBSecurityPolicy-TLS13-1-2-2021-06", listener.Input("sslPolicy"));
        Assert.Equal("404", listener.Input("defaultActions[0].fixedResponse.statusCode"));
    }

    [Fact]
    public void A_path_covers_itself_and_everything_below_it() => Assert.Equal(
        """["/api","/api/*"]""",
        Plan().Only("aws:lb/listenerRule:ListenerRule", "edge-www.shop.example-api").Input("conditions[1].pathPattern.values"));

    [Fact]
    public void A_service_joins_its_target_group_only_once_a_rule_leads_there()
    {
        var plan = Plan();

        var service = plan.Only("aws:ecs/service:Service", "shop");
        Assert.True(service.RefersTo(plan.Only("aws:lb/targetGroup:TargetGroup", "edge-shop"), "loadBalancers[0].targetGroupArn"));
        Assert.All(plan.OfType("aws:lb/listenerRule:ListenerRule"), rule => Assert.Contains(rule.Urn, service.DependsOn));
    }

    [Fact]
    public void A_target_group_has_no_fixed_name_because_two_of_them_must_be_able_to_stand() =>
        Assert.Equal(
            (null, "shop-"),
            (
                Plan().Only("aws:lb/targetGroup:TargetGroup").Input("name"),
                Plan().Only("aws:lb/targetGroup:TargetGroup").Input("namePrefix")));

    [Fact]
    public void Requests_are_logged_in_production_and_where_a_tweak_says_so()
    {
        Assert.Equal("True", Plan().Only("aws:lb/loadBalancer:LoadBalancer").Input("accessLogs.enabled"));
        Assert.Null(Plan(EnvironmentKind.Staging).Only("aws:lb/loadBalancer:LoadBalancer").Input("accessLogs"));
        Assert.Equal(
            "True",
            Plan(EnvironmentKind.Staging, new AwsLoadBalancerTweak { AccessLogDays = 3 })
                .Only("aws:lb/loadBalancer:LoadBalancer")
                .Input("accessLogs.enabled"));
    }

    [Fact]
    public void It_speaks_modern_TLS_drops_malformed_headers_and_cannot_be_deleted_by_mistake()
    {
        var plan = Plan();

        Assert.Equal("ELBSecurityPolicy-TLS13-1-2-2021-06", plan.Only("aws:lb/listener:Listener", "edge-https").Input("sslPolicy"));
        var balancer = plan.Only("aws:lb/loadBalancer:LoadBalancer");
        Assert.Equal(
            ("True", "True", true),
            (balancer.Input("dropInvalidHeaderFields"), balancer.Input("enableDeletionProtection"), balancer.Protect));
        Assert.Equal("False", Plan(EnvironmentKind.Preview).Only("aws:lb/loadBalancer:LoadBalancer").Input("enableDeletionProtection"));
    }

    [Fact]
    public void Another_port_of_a_service_is_let_through_beside_the_old_one_to_a_group_that_stays()
    {
        const string Rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
        const string Group = "aws:lb/targetGroup:TargetGroup";

        // A rule of another name is made before the old one is deleted.
        Assert.Equal(["edge-shop-8080"], Rules(8080));
        Assert.Equal(["edge-shop-9090"], Rules(9090));
        Assert.Equal(
            ["port"],
            RegisteredOptions.Of(Cloud.Aws, Group, model => Declare(model, null))["edge-shop"].IgnoreChanges);

        static IEnumerable<string> Rules(int port) => AwsPlans.Of(model => Declare(model, null, port))
            .OfType(Rule)
            .Where(rule => rule.Input("fromPort") == $"{port}")
            .Select(rule => rule.Name);
    }

    [Theory]
    [InlineData(HealthProtocol.Http, "9000", true)]
    [InlineData(HealthProtocol.Tcp, "traffic-port", false)]
    public void It_asks_where_the_service_says_if_it_can(HealthProtocol protocol, string asked, bool isOpened)
    {
        var plan = AwsPlans.Of(model => Declare(model, null, health: new() { Port = 9000, Path = "/ready", Protocol = protocol }));

        Assert.Equal(asked, plan.Only("aws:lb/targetGroup:TargetGroup", "edge-shop").Input("healthCheck.port"));
        Assert.All(
            ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"],
            type => Assert.Equal(
                isOpened,
                plan.OfType(type).Any(rule => rule.Name == "edge-shop-health" && rule.Input("fromPort") == "9000")));
    }

    [Fact]
    public void It_waits_for_the_way_to_the_internet() => Assert.Contains(
        Plan().Only("aws:ec2/route:Route", "network-public-internet").Urn,
        Plan().Only("aws:lb/loadBalancer:LoadBalancer").DependsOn);

    [Fact]
    public void A_policy_that_AWS_does_not_know_is_refused() => Assert.Contains(
        "ELBSecurityPolicy-TLS13-1-2-2021-06",
        AwsPlans.OnlyError(model => Declare(model, new AwsLoadBalancerTweak { TlsPolicy = "MODERN" })),
        StringComparison.Ordinal);

    [Fact]
    public void Where_ports_are_open_everything_enters_at_one_address_and_HTTP_goes_on_as_it_is()
    {
        var plan = Plan(listeners: shop => [new(shop, 8883, ListenerProtocol.Tls, 1883)]);

        var balancers = plan.OfType("aws:lb/loadBalancer:LoadBalancer").ToDictionary(balancer => balancer.Input("loadBalancerType")!);
        Assert.True(plan.Only("aws:route53/record:Record", "www").RefersTo(balancers["network"]));
        Assert.Equal((true, "True"), (balancers["network"].Protect, balancers["network"].Input("enableDeletionProtection")));
        foreach (var (port, listener) in new[] { (80, "edge-http"), (443, "edge-https") })
        {
            var way = plan.Only("aws:lb/targetGroupAttachment:TargetGroupAttachment", $"edge-ports-{port}");
            Assert.True(way.RefersTo(balancers["application"], "targetId"));
            Assert.Contains(plan.Only("aws:lb/listener:Listener", listener).Urn, way.DependsOn);
            var front = plan.Only("aws:lb/listener:Listener", $"edge-ports-{port}");
            Assert.Contains(way.Urn, front.DependsOn);
            Assert.Equal(("TCP", $"{port}"), (front.Input("protocol"), front.Input("port")));
            Assert.Equal("alb", plan.Only("aws:lb/targetGroup:TargetGroup", $"edge-ports-{port}").Input("targetType"));
        }
    }

    [Fact]
    public void What_passes_HTTP_on_is_let_in_whatever_sources_are_allowed()
    {
        var plan = Plan(listeners: shop => [new(shop, 1883)]);

        var groups = plan.OfType("aws:ec2/securityGroup:SecurityGroup").ToDictionary(group => group.Name);
        foreach (var port in new[] { "80", "443" })
        {
            Assert.Contains(
                plan.OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
                rule => rule.Input("fromPort") == port
                    && rule.RefersTo(groups["edge"], "securityGroupId")
                    && rule.RefersTo(groups["edge-ports"], "referencedSecurityGroupId"));
        }
    }

    [Fact]
    public void Without_HTTP_there_is_nothing_for_it() => Assert.Equal(
        ["network"],
        AwsPlans.Of(model => Declare(model, null, routes: _ => [], listeners: shop => [new(shop, 1883)]))
            .OfType("aws:lb/loadBalancer:LoadBalancer")
            .Select(balancer => balancer.Input("loadBalancerType")));

    [Fact]
    public void Target_groups_have_room_for_names_of_any_length() => Assert.All(
        Plan(listeners: shop => [new(shop, 1883)]).OfType("aws:lb/targetGroup:TargetGroup"),
        group => Assert.InRange(group.Input("namePrefix")!.Length, 2, 6));

    [Fact]
    public void Services_see_who_comes_by_a_port_and_are_asked_on_one_that_answers()
    {
        var plan = Plan(listeners: shop => [new(shop, 1883), new(shop, 3478, ListenerProtocol.Udp)]);

        var tcp = plan.Only("aws:lb/targetGroup:TargetGroup", "edge-shop-tcp-1883");
        var udp = plan.Only("aws:lb/targetGroup:TargetGroup", "edge-shop-udp-3478");
        Assert.Equal(("true", "TCP", "traffic-port"), Asked(tcp));
        Assert.Equal((null, "TCP", "8080"), Asked(udp));
        Assert.Contains(
            plan.OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
            rule => rule.Name == "edge-shop-udp-3478-health" && rule.Input("fromPort") == "8080" && rule.Input("ipProtocol") == "tcp");

        static (string?, string?, string?) Asked(PlannedResource group) =>
            (group.Input("preserveClientIp"), group.Input("healthCheck.protocol"), group.Input("healthCheck.port"));
    }

    [Theory]
    [InlineData(30, "60")]
    [InlineData(900, "900")]
    public void Idle_connections_of_TCP_live_as_long_as_promised(int seconds, string idle)
    {
        var plan = AwsPlans.Of(model => Declare(model, null, listeners: shop => [new(shop, 1883)], idle: seconds));

        Assert.All(
            plan.OfType("aws:lb/listener:Listener").Where(listener => listener.Input("protocol") == "TCP"),
            listener => Assert.Equal(idle, listener.Input("tcpIdleTimeoutSeconds")));
    }

    [Theory]
    [InlineData(ListenerProtocol.Tls, 350)]
    [InlineData(ListenerProtocol.Udp, 120)]
    public void Where_AWS_closes_connections_earlier_it_is_said(ListenerProtocol protocol, int longest)
    {
        Assert.Empty(Told(longest));
        Assert.Contains($"allowed: up to {longest}", Assert.Single(Told(longest + 1)).Message, StringComparison.Ordinal);

        IEnumerable<Finding> Told(int idle) => AwsPlans
            .Of(model => Declare(model, null, listeners: shop => [new(shop, 8883, protocol)], idle: idle))
            .Findings.Where(finding => finding.Rule.Id == "aws-listener-idle-timeout");
    }

    [Fact]
    public void What_AWS_would_refuse_of_listeners_is_refused_before()
    {
        Assert.Contains("3478 for TCP and for UDP", OnlyError(shop =>
            [new(shop, 3478), new(shop, 3478, ListenerProtocol.Udp)]), StringComparison.Ordinal);
        Assert.Contains("nobody can ask", OnlyError(_ =>
            [new(new("turn"), 3478, ListenerProtocol.Udp)]), StringComparison.Ordinal);
        Assert.Contains("5 of both together at most", OnlyError(shop =>
            [.. Enumerable.Range(1, 5).Select(number => new Listener(shop, 9000 + number))]), StringComparison.Ordinal);

        static string OnlyError(Func<ContainerService, IReadOnlyList<Listener>> listeners) => AwsPlans.OnlyError(model =>
            Declare(model, null, listeners: shop =>
            {
                var wanted = listeners(shop);
                foreach (var service in wanted.Select(listener => listener.Service).Where(service => service != shop).Distinct())
                    model.Add(service);
                return wanted;
            }));
    }

    private static Plan Plan(
        EnvironmentKind environment = EnvironmentKind.Production,
        AwsLoadBalancerTweak? tweak = null,
        Func<ContainerService, IReadOnlyList<Listener>>? listeners = null) =>
        AwsPlans.Of(model => Declare(model, tweak, listeners: listeners), environment);

    private static void Declare(
        Model model,
        AwsLoadBalancerTweak? tweak,
        int port = 8080,
        Func<ContainerService, IReadOnlyList<Route>>? routes = null,
        Func<ContainerService, IReadOnlyList<Listener>>? listeners = null,
        int idle = 60,
        HealthCheck? health = null)
    {
        var shop = model.Add(new ContainerService("shop", new() { Port = port, HealthCheck = health ?? new() }));
        var zone = model.Add(new DnsZone("zone", new() { Domain = "shop.example" }));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["www"], Zone = zone }));
        var edge = model.Add(new LoadBalancer("edge", new()
        {
            Certificate = certificate,
            Routes = routes?.Invoke(shop) ?? [new(shop, "www"), new(shop, "www", "/api")],
            Listeners = listeners?.Invoke(shop) ?? [],
            IdleTimeoutSeconds = idle,
            Tweaks = tweak is null ? [] : [tweak],
        }));
        model.Add(new DnsRecord("www", new() { Zone = zone, Host = "www", Targets = [new(edge)] }));
    }
}
