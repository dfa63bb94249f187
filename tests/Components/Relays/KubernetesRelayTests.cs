using System.Globalization;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Placements;
using Infra.Components.Relays;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Relays;

public sealed class KubernetesRelayTests
{
    [Fact]
    public void It_exists_only_while_a_consumer_stands_elsewhere()
    {
        Assert.Single(Abroad().Components, component => component.Kind == RelayKind.Instance && component.Cloud == Cloud.Kubernetes);
        Assert.DoesNotContain(KubernetesPlans.Good(Declare).Components, component => component.Kind == RelayKind.Instance);
    }

    [Fact]
    public void It_admits_the_consumers_addresses_and_nobody_else()
    {
        var service = Abroad().Only("kubernetes:core/v1:Service", "relay");

        Assert.Equal("LoadBalancer", service.Input("spec.type"));
        Assert.Equal("Local", service.Input("spec.externalTrafficPolicy"));
        Assert.NotEqual("[]", service.Input("spec.loadBalancerSourceRanges"));
        Assert.DoesNotContain("0.0.0.0/0", service.Input("spec.loadBalancerSourceRanges"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_target_has_a_port_and_a_door_of_its_own()
    {
        var plan = Abroad();
        var configuration = plan.Only("kubernetes:core/v1:ConfigMap").Inputs.GetProperty("data").GetProperty("haproxy.cfg").GetString()!;
        var service = plan.Only("kubernetes:core/v1:Service", "relay");

        Assert.Equal(
            [$"orders {Port("orders")}", $"sessions {Port("sessions")}", $"stock {Port("stock")}"],
            service.JsonInput("spec.ports")!.Value
                .EnumerateArray()
                .Select(port => $"{port.At("name")} {port.At("port")}")
                .Order(StringComparer.Ordinal));
        Assert.All(
            ["orders", "sessions", "stock"],
            target => Assert.Contains($"listen to-{target}\n  bind :{Port(target)}", configuration, StringComparison.Ordinal));
        Assert.Contains("orders-rw.sample-production.svc.cluster.local:5432", configuration, StringComparison.Ordinal);
        Assert.Contains("sessions.sample-production.svc.cluster.local:6379", configuration, StringComparison.Ordinal);
        Assert.Equal(3, configuration.Split("tcp-request connection reject\n").Length - 1);
        Assert.Equal(1, configuration.Split("ssl crt").Length - 1);
    }

    [Fact]
    public void In_production_it_survives_the_loss_and_the_draining_of_a_node()
    {
        var proxy = Abroad().Only("kubernetes:apps/v1:Deployment", "relay-proxy");

        Assert.Equal("2", proxy.Input("spec.replicas"));
        Assert.Contains("kubernetes.io/hostname", proxy.Input("spec.template.spec.topologySpreadConstraints"), StringComparison.Ordinal);
        Assert.Equal("/", proxy.Input("spec.template.spec.containers[0].readinessProbe.httpGet.path"));
        Assert.Equal("8404", proxy.Input("spec.template.spec.containers[0].readinessProbe.httpGet.port"));
        Assert.Equal("1", Abroad().Only("kubernetes:policy/v1:PodDisruptionBudget", "relay-budget").Input("spec.maxUnavailable"));
    }

    [Fact]
    public void The_stores_do_not_change()
    {
        var used = Abroad();
        var alone = KubernetesPlans.Good(Declare);

        foreach (var store in new[] { "orders", "sessions" })
        {
            Assert.Equal(
                alone.Of(store).Select(resource => $"{resource.Urn} {resource.Inputs}"),
                used.Of(store).Select(resource => $"{resource.Urn} {resource.Inputs}"));
        }
    }

    [Fact]
    public void Buckets_are_served_with_the_certificate_of_the_relay_which_encrypts_anew()
    {
        var plan = KubernetesPlans.Plan(
            model => model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new Bucket("photos"))),
            settings: ShopOnAws);

        Assert.Equal("", plan.Errors());
        var data = plan.Only("kubernetes:core/v1:ConfigMap", "relay-configuration").Inputs.GetProperty("data");
        var lines = data.GetProperty("haproxy.cfg").GetString()!.Split('\n');
        Assert.Contains(lines, line => line.EndsWith(" ssl crt /etc/relay/tls.crt", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("  server photos photos-gateway.", StringComparison.Ordinal)
            && line.Contains(" ssl verify required verifyhost photos-gateway.", StringComparison.Ordinal)
            && line.EndsWith(" ca-file /usr/local/etc/haproxy/photos.pem", StringComparison.Ordinal));
        Assert.True(data.TryGetProperty("photos.pem", out _));
    }

    [Fact]
    public void A_cluster_that_gives_no_addresses_is_refused_instead_of_waited_for()
    {
        var plan = KubernetesPlans.Plan(
            Declare,
            settings: ShopOnAws,
            cluster: account => account with { LoadBalancers = false });

        Assert.Equal(
            ["orders", "sessions", "stock"],
            plan.Findings
                .Where(finding => finding is { Rule.Id: "load-balancer-address", Severity: Severity.Error })
                .Select(finding => finding.Component)
                .Order());
    }

    [Fact]
    public void A_load_balancer_and_its_services_stand_together()
    {
        var plan = KubernetesPlans.Plan(
            Clouds.KubernetesCloudTests.Everything,
            settings: ShopOnAws);

        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "reference-cloud", Component: "edge" });
    }

    private static string Port(string target) =>
        RelayPorts.Of(TestSettings.For(Cloud.Kubernetes), target).ToString(CultureInfo.InvariantCulture);

    private static StackSettings ShopOnAws(StackSettings settings) =>
        settings with { Placement = new Dictionary<string, Cloud> { ["shop"] = Cloud.Aws } };

    private static Plan Abroad()
    {
        var plan = KubernetesPlans.Plan(Declare, settings: ShopOnAws);
        Assert.Equal("", plan.Errors());
        return plan;
    }

    private static void Declare(Model model)
    {
        var orders = model.Add(new ManagedDatabase("orders"));
        var sessions = model.Add(new Cache("sessions"));
        var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders).Writes(sessions).Calls(stock);
    }
}
