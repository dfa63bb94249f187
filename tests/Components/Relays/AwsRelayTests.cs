using System.Globalization;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Relays;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Relays;

public sealed class AwsRelayTests
{
    private const string Ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    private const string Egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

    [Fact]
    public void A_consumer_on_another_cloud_gets_a_key_that_opens_its_bucket_for_its_intent()
    {
        var plan = AwsPlans.Of(
            model =>
            {
                var photos = model.Add(new Bucket("photos"));
                model.Add(new ContainerService("shop", new() { Port = 8080 })).Reads(photos);
            },
            settings: ShopOnKubernetes);

        Assert.Equal(
            ["Allow s3:ListBucket on {photos.arn}", "Allow s3:GetObject on {photos.arn}/*"],
            plan.Only("aws:iam/userPolicy:UserPolicy", "shop-k8s-photos").Statements());
        var key = plan.Only("aws:iam/accessKey:AccessKey", "shop-k8s-photos");
        Assert.True(key.RefersTo(plan.Only("aws:iam/user:User", "shop-k8s-photos"), "user"));
        Assert.Empty(plan.OfType("aws:lb/loadBalancer:LoadBalancer"));
    }

    [Fact]
    public void It_exists_only_while_a_consumer_stands_elsewhere()
    {
        Assert.Single(Abroad().Components, component => component.Kind == RelayKind.Instance && component.Cloud == Cloud.Aws);
        Assert.DoesNotContain(AwsPlans.Of(Declare).Components, component => component.Kind == RelayKind.Instance);
    }

    [Fact]
    public void It_faces_the_internet_at_reserved_addresses_and_behind_a_security_group()
    {
        var plan = Abroad();
        var balancer = plan.Only("aws:lb/loadBalancer:LoadBalancer", "relay");

        Assert.Equal("network", balancer.Input("loadBalancerType"));
        Assert.Equal("False", balancer.Input("internal"));
        Assert.True(balancer.RefersTo(plan.Only("aws:ec2/eip:Eip", "relay"), "subnetMappings[0].allocationId"));
        Assert.True(balancer.RefersTo(plan.Only("aws:ec2/securityGroup:SecurityGroup", "relay-entry"), "securityGroups[0]"));
    }

    [Fact]
    public void Its_reserved_addresses_are_free_before_another_load_balancer_takes_them()
    {
        var options = RegisteredOptions.Of(Cloud.Aws, "aws:lb/loadBalancer:LoadBalancer", Declare, ConsumersOnKubernetes);

        Assert.True(options["relay"].DeleteBeforeReplace);
    }

    [Fact]
    public void In_production_it_outlives_the_loss_of_a_zone()
    {
        var plan = Abroad();
        var balancer = plan.Only("aws:lb/loadBalancer:LoadBalancer", "relay");

        Assert.Equal(
            [
                "{relay:Eip.id} in {network-public-1:Subnet.id}",
                "{relay-2.id} in {network-public-2:Subnet.id}",
                "{relay-3.id} in {network-public-3:Subnet.id}",
            ],
            Mappings(balancer));
        Assert.Equal("True", balancer.Input("enableCrossZoneLoadBalancing"));
        Assert.All(["orders", "sessions", "stock"], target =>
        {
            var proxies = plan.Only("aws:ecs/service:Service", $"relay-{target}");
            Assert.Equal(
                """["{network-private-1:Subnet.id}","{network-private-2:Subnet.id}","{network-private-3:Subnet.id}"]""",
                proxies.Input("networkConfiguration.subnets"));
            Assert.Equal("ENABLED", proxies.Input("availabilityZoneRebalancing"));
            Assert.Equal("2", proxies.Input("desiredCount"));
        });
    }

    [Fact]
    public void It_stands_in_as_many_zones_as_the_network() =>
        Assert.Equal(2, Mappings(AwsPlans.Of(
            model =>
            {
                model.Add(new PrivateNetwork("network", new() { Zones = 2 }));
                Declare(model);
            },
            settings: ConsumersOnKubernetes).Only("aws:lb/loadBalancer:LoadBalancer", "relay")).Count());

    [Theory]
    [InlineData(EnvironmentKind.Staging)]
    [InlineData(EnvironmentKind.Preview)]
    public void Outside_production_it_stands_in_one_zone(EnvironmentKind environment)
    {
        var plan = AwsPlans.Of(Declare, environment, ConsumersOnKubernetes);

        Assert.Equal(["{relay:Eip.id} in {network-public-1:Subnet.id}"], Mappings(plan.Only("aws:lb/loadBalancer:LoadBalancer", "relay")));
        Assert.All(["orders", "sessions", "stock"], target =>
        {
            var proxies = plan.Only("aws:ecs/service:Service", $"relay-{target}");
            Assert.Equal("""["{network-private-1:Subnet.id}"]""", proxies.Input("networkConfiguration.subnets"));
            Assert.Equal("1", proxies.Input("desiredCount"));
        });
    }

    [Fact]
    public void One_rule_admits_a_block_of_addresses_however_many_targets_there_are()
    {
        var doors = Abroad().OfType(Ingress).Where(rule => rule.Input("securityGroupId") == "{relay-entry.id}");
        var ports = new[] { Port("orders"), Port("sessions"), Port("stock") }.Order(StringComparer.Ordinal).ToList();

        Assert.Equal(
            [$"relay-from-kubernetes-1: 203.0.113.0/28 to {ports[0]}-{ports[^1]}"],
            doors.Select(door => $"{door.Name}: {door.Input("cidrIpv4")} to {door.Input("fromPort")}-{door.Input("toPort")}"));
    }

    [Fact]
    public void Every_port_is_open_to_the_consumers_of_its_own_target_only()
    {
        var plan = AwsPlans.Of(
            model =>
            {
                var orders = model.Add(new ManagedDatabase("orders"));
                var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
                model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders);
                model.Add(new ContainerService("app", new() { Port = 8080 })).Writes(orders).Calls(stock);
            },
            settings: settings => settings with
            {
                Placement = new Dictionary<string, Cloud> { ["shop"] = Cloud.Kubernetes, ["app"] = Cloud.Scaleway },
            });
        var app = plan.OfType(Ingress).Single(rule => rule.Name == "relay-from-scaleway-1").Input("cidrIpv4")!;

        Assert.Equal(["203.0.113.0/28", app], Admitted(plan, "orders").Order(StringComparer.Ordinal));
        Assert.Equal([app], Admitted(plan, "stock"));
        Assert.All(plan.OfType("aws:lb/targetGroup:TargetGroup"), group => Assert.Equal("true", group.Input("preserveClientIp")));
    }

    [Fact]
    public void Health_checks_open_no_connections_to_the_targets()
    {
        var plan = Abroad();

        Assert.All(
            plan.OfType("aws:lb/targetGroup:TargetGroup"),
            group => Assert.Equal(("HTTP", "8404"), (group.Input("healthCheck.protocol"), group.Input("healthCheck.port"))));
        Assert.All(["orders", "sessions", "stock"], target => Assert.Contains(
            "frontend health\n  mode http\n  http-request set-log-level silent\n  bind :8404\n  http-request return status 200\n",
            Configuration(plan, target),
            StringComparison.Ordinal));
        var door = plan.OfType(Ingress).Single(rule => rule.Name == "relay-health");
        Assert.Equal("{relay-entry.id}", door.Input("referencedSecurityGroupId"));
        Assert.Equal("{relay-entry.id}", plan.OfType(Egress).Single(rule => rule.Name == "relay-health").Input("securityGroupId"));
    }

    [Fact]
    public void More_addresses_than_a_security_group_has_rules_for_are_refused()
    {
        Assert.DoesNotContain("aws-relay", From(50).Errors(), StringComparison.Ordinal);
        Assert.Contains(
            "infra:accounts.kubernetes.egressAddresses lists 51 blocks, from which it uses 'orders' on aws; allowed: 50 at most",
            From(51).Errors(),
            StringComparison.Ordinal);

        Assert.Equal(50, From(50).OfType(Ingress).Count(rule => rule.Input("securityGroupId") == "{relay-entry.id}"));
    }

    [Fact]
    public void No_line_of_the_proxies_configuration_is_longer_than_HAProxy_reads()
    {
        var plan = From(50);

        Assert.All(
            new[] { "orders", "sessions", "stock" }.SelectMany(target => Configuration(plan, target).Split('\n')),
            line => Assert.InRange(line.Split(' ').Length, 1, 64));
    }

    [Fact]
    public void More_targets_than_a_load_balancer_has_listeners_are_refused()
    {
        Assert.Equal("", Using(50).Errors());
        Assert.Contains("51 components are used from other clouds; allowed: 50 at most", Using(51).Errors(), StringComparison.Ordinal);

        static Plan Using(int targets) => AwsPlans.Try(
            model =>
            {
                var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
                foreach (var number in Enumerable.Range(1, targets)) shop.Calls(Numbered(model, number));
            },
            settings: ShopOnKubernetes);
    }

    [Fact]
    public void Who_needs_more_Elastic_IP_addresses_than_AWS_grants_by_default_is_warned()
    {
        Assert.Contains("gateways need 3 Elastic IP addresses and the relay 3", Warnings(Abroad()), StringComparison.Ordinal);
        Assert.Equal("", Warnings(AwsPlans.Of(Declare)));
        Assert.Equal("", Warnings(AwsPlans.Of(Declare, EnvironmentKind.Staging, ConsumersOnKubernetes)));

        static string Warnings(Plan plan) => string.Join(
            '\n',
            plan.Findings.Where(finding => finding.Rule.Id == "aws-relay-elastic-addresses").Select(finding => finding.Message));
    }

    [Fact]
    public void Single_addresses_of_a_cloud_that_reserves_its_own_are_admitted_too()
    {
        var plan = AwsPlans.Of(Declare, settings: settings => settings with { Placement = On(Cloud.Gcp, "shop", "tidy") });
        var doors = plan.OfType(Ingress).Where(rule => rule.Input("securityGroupId") == "{relay-entry.id}").ToList();

        Assert.NotEmpty(doors);
        Assert.All(doors, door => Assert.Matches(@"^\{network-[a-z0-9-]+\.address\}/32$", door.Input("cidrIpv4")));
    }

    [Fact]
    public void Nobody_else_can_reach_anything()
    {
        var rules = Abroad().Of("relay").Where(resource => resource.Type == Ingress).ToList();

        Assert.NotEmpty(rules);
        Assert.All(rules, rule => Assert.DoesNotContain("0.0.0.0/0", rule.Inputs.ToString(), StringComparison.Ordinal));
        Assert.All(rules, rule => Assert.True(rule.Input("cidrIpv4") is null or "203.0.113.0/28"));
    }

    [Fact]
    public void The_proxies_reach_the_targets_and_nothing_else_of_the_network()
    {
        var ways = Abroad().OfType(Egress).Where(rule => rule.Input("securityGroupId") == "{relay:SecurityGroup.id}");

        Assert.Equal(
            [
                "0.0.0.0/0 on 443",
                "{orders:SecurityGroup.id} on 5432",
                "{sessions:SecurityGroup.id} on 6379",
                "{stock:SecurityGroup.id} on 9090",
            ],
            ways
                .Select(way => $"{way.Input("cidrIpv4") ?? way.Input("referencedSecurityGroupId")} on {way.Input("toPort")}")
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Ports_stay_whoever_uses_them_and_whatever_else_is_declared()
    {
        var few = AwsPlans.Of(Declare, settings: settings => settings with { Placement = On(Cloud.Kubernetes, "tidy") });
        var more = AwsPlans.Of(
            model =>
            {
                var first = Numbered(model, 1);
                Declare(model);
                model.Add(new ContainerService("app", new() { Port = 8080 })).Calls(first);
            },
            settings: settings => settings with { Placement = On(Cloud.Kubernetes, "shop", "tidy", "app") });

        Assert.Equal([$"relay-orders: {Port("orders")}"], Listeners(few));
        Assert.Equal(
            [$"relay-orders: {Port("orders")}", $"relay-sessions: {Port("sessions")}", $"relay-stock: {Port("stock")}"],
            Listeners(Abroad()));
        Assert.Equal([.. Listeners(Abroad()), $"relay-service-1: {Port("service-1")}"], Listeners(more).OrderBy(IsNumbered));

        static IEnumerable<string> Listeners(Plan plan) => plan.OfType("aws:lb/listener:Listener")
            .Select(listener => $"{listener.Name}: {listener.Input("port")}")
            .Order(StringComparer.Ordinal);

        static bool IsNumbered(string listener) => listener.StartsWith("relay-service-", StringComparison.Ordinal);
    }

    [Fact]
    public void The_stack_file_may_give_a_target_another_port()
    {
        var plan = AwsPlans.Of(Declare, settings: settings => ConsumersOnKubernetes(settings) with
        {
            RelayPorts = new Dictionary<string, int> { ["orders"] = 20001 },
        });

        Assert.Equal("20001", plan.Only("aws:lb/listener:Listener", "relay-orders").Input("port"));
        Assert.Equal("20001", plan.Only("aws:ecs/service:Service", "relay-orders").Input("loadBalancers[0].containerPort"));
        Assert.Contains("bind :20001\n", Configuration(plan, "orders"), StringComparison.Ordinal);
        Assert.Equal("20001", plan.Only("kubernetes:apps/v1:Deployment", "shop").VariablesOf()["ORDERS_PORT"]);
    }

    [Fact]
    public void Every_target_is_served_by_a_service_of_its_own_however_many_there_are()
    {
        var plan = AwsPlans.Of(
            model =>
            {
                var shop = new ContainerService("shop", new() { Port = 8080 });
                for (var number = 1; number <= 7; number++) shop.Calls(Numbered(model, number));
                model.Add(shop);
            },
            settings: ShopOnKubernetes);

        Assert.Equal(
            Enumerable.Range(1, 7).Select(number => $"relay-service-{number}: {Port($"service-{number}")}"),
            plan.OfType("aws:ecs/service:Service")
                .Where(service => service.Component == "relay")
                .Select(service => $"{service.Name}: {string.Join(' ', Served(service))}")
                .Order(StringComparer.Ordinal));

        static IEnumerable<string> Served(PlannedResource service) => Enumerable.Range(0, 8)
            .Select(index => service.Input($"loadBalancers[{index}].containerPort"))
            .OfType<string>();
    }

    [Fact]
    public void A_target_that_comes_or_goes_moves_no_other_targets_proxies()
    {
        string[] own = ["Service", "TaskDefinition", "TargetGroup", "Listener"];
        var few = AwsPlans.Of(Declare, settings: settings => settings with { Placement = On(Cloud.Kubernetes, "tidy") });

        var alone = Proxies(few);
        Assert.Equal(own.Order(StringComparer.Ordinal), alone.Select(resource => resource.TypeName).Order(StringComparer.Ordinal));
        Assert.Equal(alone.Select(Spelled), Proxies(Abroad()).Select(Spelled));

        List<PlannedResource> Proxies(Plan plan) =>
            [.. plan.Of("relay").Where(resource => resource.Name == "relay-orders" && own.Contains(resource.TypeName))];

        static string Spelled(PlannedResource resource) =>
            $"{resource.Urn} {resource.Inputs} {string.Join(' ', resource.DependsOn.Order(StringComparer.Ordinal))}";
    }

    [Fact]
    public void A_consumer_waits_for_the_proxies_of_its_own_targets_only()
    {
        var plan = Abroad();
        var tidy = plan.Only("kubernetes:batch/v1:Job", "tidy");

        Assert.True(Waits(tidy, "orders"));
        Assert.False(Waits(tidy, "sessions"));
        Assert.False(Waits(tidy, "stock"));
        var shop = plan.Only("kubernetes:apps/v1:Deployment", "shop");
        Assert.All(["orders", "sessions", "stock"], target => Assert.True(Waits(shop, target)));

        bool Waits(PlannedResource consumer, string target) => consumer.RefersTo(plan.Only("aws:ecs/service:Service", $"relay-{target}"));
    }

    [Fact]
    public void Databases_and_caches_encrypt_by_themselves_and_services_are_encrypted_for()
    {
        var plan = Abroad();

        Assert.All(["orders", "sessions", "stock"], target => Assert.StartsWith(
            PinnedImage.HaProxy.OnAmazon,
            plan.Container($"relay-{target}").At("image"),
            StringComparison.Ordinal));
        AssertForwards("orders", "", "server orders {orders:Instance.address}:5432 ");
        AssertForwards("sessions", "", "server sessions {sessions:ReplicationGroup.primaryEndpointAddress}:6379 ");
        AssertForwards("stock", " ssl crt /tmp/certificate.pem", "server-template stock- 8 stock.sample-production.internal:9090 ");

        void AssertForwards(string target, string certificate, string server)
        {
            var configuration = Configuration(plan, target);
            Assert.Contains($"listen to-{target}\n  bind :{Port(target)}{certificate}\n", configuration, StringComparison.Ordinal);
            Assert.Contains($"\n  {server}", configuration, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Its_certificate_is_for_the_name_that_consumers_connect_to()
    {
        var plan = Abroad();
        var request = plan.Only("tls:index/certRequest:CertRequest");

        Assert.Equal("""["{relay:LoadBalancer.dnsName}"]""", request.Input("dnsNames"));
        Assert.Null(request.Input("ipAddresses"));
        Assert.StartsWith(
            $"https://{request.Input("dnsNames[0]")}:",
            plan.Only("kubernetes:apps/v1:Deployment", "shop").VariablesOf()["STOCK_URL"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Consumers_whose_ways_out_name_addresses_may_reach_it_in_every_zone()
    {
        var way = Abroad().Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "shop-orders-egress");

        Assert.Equal(
            ["{relay:Eip.publicIp}/32", "{relay-2.publicIp}/32", "{relay-3.publicIp}/32"],
            Enumerable.Range(0, 3).Select(zone => way.Input($"spec.egress[0].to[{zone}].ipBlock.cidr")));
        Assert.Null(way.Input("spec.egress[0].to[3]"));
        Assert.Equal(Port("orders"), way.Input("spec.egress[0].ports[0].port"));
    }

    [Fact]
    public void The_key_of_its_certificate_travels_by_reference()
    {
        var plan = Abroad();
        var proxy = plan.Container("relay-stock");

        Assert.Equal("CERTIFICATE", proxy.At("secrets[0].name"));
        Assert.Equal("{relay-certificate:Secret.arn}:CERTIFICATE::", proxy.At("secrets[0].valueFrom"));
        Assert.DoesNotContain("CERTIFICATE", proxy.At("environment"), StringComparison.Ordinal);
        Assert.Equal(
            [
                "Allow logs:CreateLogStream logs:PutLogEvents on {relay:LogGroup.arn}:*",
                "Allow secretsmanager:GetSecretValue on {relay-certificate:Secret.arn}",
            ],
            plan.Only("aws:iam/rolePolicy:RolePolicy", "relay-execution").Statements());
        Assert.All(
            ["orders", "sessions", "stock"],
            target => Assert.Null(plan.Only("aws:ecs/taskDefinition:TaskDefinition", $"relay-{target}").Input("taskRoleArn")));
    }

    [Fact]
    public void Proxies_that_encrypt_nothing_do_not_hold_the_key()
    {
        var plan = Abroad();

        Assert.All(["orders", "sessions"], target => Assert.Equal("[]", plan.Container($"relay-{target}").At("secrets")));
    }

    [Fact]
    public void Without_a_service_to_encrypt_for_there_is_no_certificate()
    {
        var plan = AwsPlans.Of(Declare, settings: settings => settings with { Placement = On(Cloud.Kubernetes, "tidy") });

        Assert.DoesNotContain(plan.Resources, resource => resource.Package == "tls" && resource.Component == "relay");
        Assert.Equal("[]", plan.Container("relay-orders").At("secrets"));
    }

    [Fact]
    public void Stores_and_services_do_not_change()
    {
        var used = Abroad();
        var alone = AwsPlans.Of(model =>
        {
            model.Add(new ManagedDatabase("orders"));
            model.Add(new Cache("sessions"));
            // A service has a private name while somebody calls it.
            var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
            model.Add(new ContainerService("neighbour")).Calls(stock);
        });

        foreach (var target in new[] { "orders", "sessions", "stock" })
        {
            Assert.NotEmpty(alone.Of(target));
            Assert.Equal(
                alone.Of(target).Select(resource => $"{resource.Urn} {resource.Inputs}"),
                used.Of(target).Select(resource => $"{resource.Urn} {resource.Inputs}"));
        }
    }

    [Fact]
    public void Every_consumer_has_a_login_of_its_own_that_belongs_to_the_relay()
    {
        var plan = Abroad();
        var relay = plan.Of("relay");

        Assert.Equal(
            ["shop-k8s-orders-grant", "tidy-k8s-orders-grant"],
            relay
                .Where(resource => resource.Type == "aws:lambda/invocation:Invocation")
                .Select(grant => grant.Name)
                .Order(StringComparer.Ordinal));
        Assert.Equal("shop-k8s-login", relay.Single(resource => resource.Type == "aws:elasticache/user:User").Input("userName"));
        Assert.Equal(
            "{relay:SecurityGroup.id}",
            plan.Only("aws:lambda/invocation:Invocation", "shop-k8s-orders-grant").JsonInput("input")!.Value.At("securityGroups[0]"));
        Assert.Contains("GRANT app_readers", plan.Container("tidy-k8s-orders-grant").At("command[0]"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_relay_needs_no_consumer_on_its_own_cloud()
    {
        var plan = AwsPlans.Of(
            model => model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new ManagedDatabase("orders"))),
            settings: ShopOnKubernetes);

        Assert.Single(plan.OfType("aws:ecs/service:Service"));
        Assert.Single(plan.OfType("aws:lambda/invocation:Invocation"));
    }

    [Fact]
    public void Consumers_are_told_the_relays_name_and_do_not_expect_the_servers_name()
    {
        var plan = Abroad();
        var variables = plan.Only("kubernetes:apps/v1:Deployment", "shop").VariablesOf();

        Assert.Equal(
            ("{relay:LoadBalancer.dnsName}", Port("orders"), "require"),
            (variables["ORDERS_HOST"], variables["ORDERS_PORT"], variables["ORDERS_TLS_MODE"]));
        Assert.Equal(("{relay:LoadBalancer.dnsName}", Port("sessions")), (variables["SESSIONS_HOST"], variables["SESSIONS_PORT"]));
        Assert.Equal($"https://{{relay:LoadBalancer.dnsName}}:{Port("stock")}", variables["STOCK_URL"]);
        Assert.Equal("{relay-ca.certPem}", variables["STOCK_CA"]);
        Assert.StartsWith("secret ", variables["ORDERS_PASSWORD"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_preview_registers_the_same_resources_as_an_update()
    {
        var system = TestSystems.Declare(Declare);
        var settings = ConsumersOnKubernetes(TestSettings.For(Cloud.Aws, EnvironmentKind.Production, system));
        var plan = Rehearsal.Run(system, settings);
        var unknown = Rehearsal.RunUnknown(system, settings);

        Assert.Equal("", unknown.Findings.Errors());
        var urns = plan.Resources.Select(resource => resource.Urn).ToList();
        Assert.Equal(urns, unknown.Urns.Intersect(urns));
    }

    [Fact]
    public void A_network_without_a_way_out_has_no_relay() => Assert.Contains(
        "'shop' on kubernetes uses 'orders' through a relay",
        AwsPlans.Try(
            model =>
            {
                model.Add(new PrivateNetwork("network", new() { Egress = Components.Networks.Egress.None }));
                model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new ManagedDatabase("orders")));
            },
            settings: ShopOnKubernetes).Errors(),
        StringComparison.Ordinal);

    [Fact]
    public void A_service_on_AWS_uses_what_stands_elsewhere()
    {
        var plan = AwsPlans.Of(Declare, settings: TargetsOnKubernetes);
        var shop = plan.Container("shop");
        var variables = Enumerable.Range(0, 50)
            .Where(index => shop.At($"environment[{index}].name") is not null)
            .ToDictionary(index => shop.At($"environment[{index}].name")!, index => shop.At($"environment[{index}].value"));
        var secrets = Enumerable.Range(0, 10).Select(index => shop.At($"secrets[{index}].name")).OfType<string>();

        Assert.Equal(Port("orders"), variables["ORDERS_PORT"]);
        Assert.Equal(Port("sessions"), variables["SESSIONS_PORT"]);
        Assert.StartsWith("https://", variables["STOCK_URL"], StringComparison.Ordinal);
        Assert.NotEqual("", variables["STOCK_CA"]);
        Assert.Equal(["ORDERS_PASSWORD", "ORDERS_URL", "SESSIONS_PASSWORD", "SESSIONS_URL"], secrets.Order(StringComparer.Ordinal));
        Assert.Equal("{shop:Secret.arn}:orders.PASSWORD::", shop.At("secrets[0].valueFrom"));
        Assert.Contains(
            "{shop:Secret.arn}",
            plan.Only("aws:iam/rolePolicy:RolePolicy", "shop-execution").Input("policy"),
            StringComparison.Ordinal);
        Assert.Empty(plan.OfType("aws:rds/instance:Instance"));
    }

    [Fact]
    public void A_job_on_AWS_uses_what_stands_elsewhere()
    {
        var plan = AwsPlans.Of(Declare, settings: TargetsOnKubernetes);

        Assert.Equal("{shop:Secret.arn}:orders.PASSWORD::", plan.Container("shop").At("secrets[0].valueFrom"));
        Assert.Equal("{tidy:Secret.arn}:orders.PASSWORD::", plan.Container("tidy").At("secrets[0].valueFrom"));
        Assert.Single(plan.OfType("aws:lambda/invocation:Invocation"), run => run.Name == "tidy");
    }

    private static Plan From(int blocks) => AwsPlans.Try(Declare, settings: settings => ConsumersOnKubernetes(settings) with
    {
        Accounts = settings.Accounts with
        {
            Kubernetes = settings.Accounts.Kubernetes! with
            {
                EgressAddresses =
                [
                    .. Enumerable.Range(0, blocks).Select(block => string.Create(CultureInfo.InvariantCulture, $"203.0.113.{block}/32")),
                ],
            },
        },
    });

    private static string Port(string target) =>
        RelayPorts.Of(TestSettings.For(Cloud.Aws), target).ToString(CultureInfo.InvariantCulture);

    private static string Configuration(Plan plan, string target) => plan.Container($"relay-{target}").At("environment[0].value")!;

    private static IEnumerable<string> Admitted(Plan plan, string target) => Configuration(plan, target)
        .Split($"listen to-{target}\n")[1]
        .Split("listen ")[0]
        .Split('\n')
        .Where(line => line.Contains(" accept if ", StringComparison.Ordinal))
        .Select(line => line.Split(' ')[^2]);

    private static IEnumerable<string> Mappings(PlannedResource balancer) => Enumerable.Range(0, 4)
        .Where(zone => balancer.Input($"subnetMappings[{zone}]") is not null)
        .Select(zone => (
            Address: balancer.Input($"subnetMappings[{zone}].allocationId"),
            Subnet: balancer.Input($"subnetMappings[{zone}].subnetId")))
        .Select(mapping => $"{mapping.Address} in {mapping.Subnet}");

    private static Plan Abroad() => AwsPlans.Of(Declare, settings: ConsumersOnKubernetes);

    private static StackSettings ShopOnKubernetes(StackSettings settings) => settings with { Placement = On(Cloud.Kubernetes, "shop") };

    private static StackSettings ConsumersOnKubernetes(StackSettings settings) =>
        settings with { Placement = On(Cloud.Kubernetes, "shop", "tidy") };

    private static StackSettings TargetsOnKubernetes(StackSettings settings) =>
        settings with { Placement = On(Cloud.Kubernetes, "orders", "sessions", "stock") };

    private static Dictionary<string, Cloud> On(Cloud cloud, params IEnumerable<string> components) =>
        components.ToDictionary(component => component, _ => cloud);

    private static ContainerService Numbered(Model model, int number) =>
        model.Add(new ContainerService(string.Create(CultureInfo.InvariantCulture, $"service-{number}"), new() { Port = 8080 }));

    private static void Declare(Model model)
    {
        var orders = model.Add(new ManagedDatabase("orders"));
        var sessions = model.Add(new Cache("sessions"));
        var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders).Writes(sessions).Calls(stock);
        model.Add(new Job("tidy")).Reads(orders);
    }
}
