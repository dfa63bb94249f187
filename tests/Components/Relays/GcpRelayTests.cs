using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Databases;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Relays;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Relays;

public sealed class GcpRelayTests
{
    [Fact]
    public void It_exists_only_while_a_consumer_stands_elsewhere()
    {
        Assert.Single(Abroad().Components, component => component.Kind == RelayKind.Instance && component.Cloud == Cloud.Gcp);
        Assert.DoesNotContain(GcpPlans.Good(Declare).Components, component => component.Kind == RelayKind.Instance);
    }

    [Fact]
    public void It_admits_the_consumers_addresses_the_health_checks_and_nobody_else()
    {
        var doors = Abroad().OfType("gcp:compute/firewall:Firewall").Where(rule => rule.Input("direction") == "INGRESS").ToList();

        Assert.Equal(
            ["relay-orders-ingress", "relay-probes", "relay-sessions-ingress", "relay-stock-ingress"],
            doors.Select(door => door.Name).Order());
        Assert.All(doors, door => Assert.DoesNotContain("0.0.0.0/0", door.Input("sourceRanges"), StringComparison.Ordinal));
        var orders = doors.Single(door => door.Name == "relay-orders-ingress");
        Assert.Contains("network-", orders.Input("sourceRanges[0]"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_reaches_its_targets_and_nothing_else()
    {
        var ways = Abroad()
            .OfType("gcp:compute/firewall:Firewall")
            .Where(rule => rule.Input("targetTags[0]") == "relay--machines" && rule.Input("direction") == "EGRESS");

        Assert.Equal(
            ["{orders.privateIpAddress}/32", "{sessions.host}/32", "{stock-address.address}/32"],
            ways.Select(way => way.Input("destinationRanges[0]")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("relay-grants")]
    [InlineData("orders-grants")]
    public void A_consumer_of_whatever_name_has_no_way_but_that_of_its_links(string name)
    {
        var plan = GcpPlans.Good(
            model =>
            {
                Declare(model);
                model.Add(new ContainerService(name, new() { Port = 8080 }));
            },
            settings: GcpPlans.Placing("shop", Cloud.Aws));

        var tag = plan.Only("gcp:cloudrunv2/service:Service", name).Input("template.vpcAccess.networkInterfaces[0].tags[0]");
        Assert.DoesNotContain(plan.OfType("gcp:compute/firewall:Firewall"), rule => rule.Input("targetTags[0]") == tag);
    }

    [Fact]
    public void Stores_encrypt_by_themselves_and_services_are_encrypted_for()
    {
        var configuration = Abroad().Only("gcp:compute/instanceTemplate:InstanceTemplate").Input("metadata")!;

        Assert.Contains("server orders {orders.privateIpAddress}:5432 ", configuration, StringComparison.Ordinal);
        Assert.Contains($"bind :{Port("stock")} ssl crt", configuration, StringComparison.Ordinal);
        Assert.Equal(1, configuration.Split("ssl crt").Length - 1);
    }

    [Fact]
    public void Health_checks_open_no_connections_to_the_targets()
    {
        var plan = Abroad();

        Assert.Equal("8404", plan.Only("gcp:compute/regionHealthCheck:RegionHealthCheck").Input("httpHealthCheck.port"));
        Assert.DoesNotMatch(@"server orders [^\n]* check\b", plan.Only("gcp:compute/instanceTemplate:InstanceTemplate").Input("metadata"));
    }

    [Fact]
    public void A_target_that_comes_or_goes_does_not_replace_the_entry()
    {
        var few = GcpPlans.Good(
            model =>
            {
                model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new Cache("sessions")));
            },
            settings: GcpPlans.Placing("shop", Cloud.Aws));

        Assert.Equal(
            few.Only("gcp:compute/forwardingRule:ForwardingRule", "relay-entry").Inputs.ToString(),
            Abroad().Only("gcp:compute/forwardingRule:ForwardingRule", "relay-entry").Inputs.ToString());
    }

    [Fact]
    public void The_key_of_its_certificate_is_in_no_metadata()
    {
        var plan = Abroad();

        Assert.DoesNotContain(
            "PRIVATE KEY",
            plan.Only("gcp:compute/instanceTemplate:InstanceTemplate").Input("metadata"),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "[secret",
            plan.Only("gcp:secretmanager/secretVersion:SecretVersion", "relay-certificate-value").Input("secretData"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_stores_do_not_change()
    {
        var used = Abroad();
        var alone = GcpPlans.Good(Declare);

        foreach (var store in new[] { "orders", "sessions" }) Assert.Equal(alone.Of(store).Select(Spelled), used.Of(store).Select(Spelled));

        // A plan names the type in a reference where a name stands on two clouds, as the network's then does.
        static string Spelled(PlannedResource resource) =>
            $"{resource.Urn} {Regex.Replace(resource.Inputs.ToString(), @"\{([a-z-]+):\w+\.", "{$1.")}";
    }

    [Fact]
    public void A_consumer_on_another_cloud_gets_a_login_of_its_own()
    {
        var grant = Abroad().Only("gcp:cloudrunv2/job:Job", "shop-aws-orders-grant");

        Assert.Contains("infra:gcp:ServiceIdentity", grant.Urn, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bucket_needs_a_key_only()
    {
        var plan = GcpPlans.Good(
            model => model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new Bucket("photos"))),
            settings: GcpPlans.Placing("shop", Cloud.Aws));

        Assert.DoesNotContain(plan.Components, component => component.Kind == RelayKind.Instance && component.Cloud == Cloud.Gcp);
        Assert.Single(plan.OfType("gcp:storage/hmacKey:HmacKey"));
        Assert.Equal("roles/storage.objectUser", plan.Only("gcp:storage/bucketIAMMember:BucketIAMMember").Input("role"));
    }

    [Fact]
    public void A_consumer_has_one_key_for_all_of_its_buckets()
    {
        var plan = GcpPlans.Good(
            model => model.Add(new ContainerService("shop", new() { Port = 8080 }))
                .Writes(model.Add(new Bucket("photos")))
                .Reads(model.Add(new Bucket("invoices"))),
            settings: GcpPlans.Placing("shop", Cloud.Aws));

        Assert.Equal("shop-aws-s3", plan.Only("gcp:storage/hmacKey:HmacKey").Name);
    }

    [Fact]
    public void A_machine_opens_the_ports_of_any_number_of_targets_with_as_many_words_as_its_filter_takes()
    {
        var plan = GcpPlans.Good(
            model =>
            {
                var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
                for (var number = 10; number < 40; number++)
                    shop.Calls(model.Add(new ContainerService($"stock-{number}", new() { Port = 9090 })));
            },
            settings: GcpPlans.Placing("shop", Cloud.Aws));

        // A line of its extension takes 15 ports, of which a range is two (iptables-extensions(8), multiport).
        var line = Regex.Match(plan.Only("gcp:compute/instanceTemplate:InstanceTemplate").Input("metadata")!, "--dports ([0-9,:]+)");
        var ports = line.Groups[1].Value.Split(',').Select(part => part.Split(':').Select(int.Parse).ToList()).ToList();
        Assert.InRange(ports.Sum(range => range.Count), 1, 15);
        Assert.All(
            Enumerable.Range(10, 30).Select(number => int.Parse(Port($"stock-{number}"), CultureInfo.InvariantCulture)),
            port => Assert.Contains(ports, range => range[0] <= port && port <= range[^1]));
    }

    [Fact]
    public void Without_a_way_out_its_machines_could_not_start() => Assert.Equal("gcp-relay", Assert.Single(
        GcpPlans.Plan(
            model =>
            {
                model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
                model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new Cache("sessions")));
            },
            settings: GcpPlans.Placing("shop", Cloud.Kubernetes)).Findings,
        finding => finding.Rule.Id.StartsWith("gcp-", StringComparison.Ordinal)).Rule.Id);

    private static string Port(string target) =>
        RelayPorts.Of(TestSettings.For(Cloud.Gcp), target).ToString(CultureInfo.InvariantCulture);

    private static Plan Abroad() => GcpPlans.Good(Declare, settings: GcpPlans.Placing("shop", Cloud.Aws));

    private static void Declare(Model model)
    {
        var orders = model.Add(new ManagedDatabase("orders", new() { BackupDays = 7 }));
        var sessions = model.Add(new Cache("sessions"));
        var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders).Writes(sessions).Calls(stock);
    }
}
