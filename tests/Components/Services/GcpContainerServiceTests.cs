using Infra.Components.Checks;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Registries.Gcp;
using Infra.Components.Services;
using Infra.Components.Services.Gcp;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

public sealed class GcpContainerServiceTests
{
    private const string Service = "gcp:cloudrunv2/service:Service";
    private const string Entry = "gcp:compute/forwardingRule:ForwardingRule";

    [Theory]
    [InlineData(HealthProtocol.Http, "http1", true)]
    [InlineData(HealthProtocol.Tcp, "http1", false)]
    [InlineData(HealthProtocol.Grpc, "h2c", true)]
    public void What_is_not_asked_by_TCP_is_asked_as_long_as_it_lives(HealthProtocol protocol, string speaks, bool lives)
    {
        var plan = GcpPlans.Good(model =>
        {
            model.Add(new ContainerService("shop", new() { Port = 8080, HealthCheck = new() { Protocol = protocol } }));
            model.Add(new ContainerService("worker", new() { HealthCheck = new() { Protocol = protocol, Port = 7433 } }));
        });

        var service = plan.Only("gcp:cloudrunv2/service:Service");
        Assert.Equal(speaks, service.Input("template.containers[0].ports.name"));
        Assert.Equal(lives, service.Input("template.containers[0].livenessProbe") is not null);
        var worker = plan.Only("gcp:cloudrunv2/workerPool:WorkerPool");
        Assert.Equal(lives, worker.Input("template.containers[0].livenessProbe") is not null);
        Assert.Equal(lives ? 0 : 2, plan.Findings.Count(finding => finding is { Rule.Id: "gcp-health-check", Severity: Severity.Info }));
    }

    [Fact]
    public void A_gRPC_service_is_called_by_TLS_through_a_proxy_beside_its_caller()
    {
        var plan = GcpPlans.Good(model => Grpc(model, "worker"));

        var proxy = plan.Only("gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy");
        Assert.True(proxy.RefersTo(plan.Only("gcp:compute/regionSslCertificate:RegionSslCertificate"), "sslCertificates[0]"));
        Assert.Equal("HTTP2", plan.Only("gcp:compute/regionBackendService:RegionBackendService").Input("protocol"));
        var entry = plan.Only(Entry);
        Assert.True(entry.RefersTo(proxy, "target"));
        Assert.Equal("8080", entry.Input("portRange"));

        var containers = plan.Only("gcp:cloudrunv2/workerPool:WorkerPool").Inputs.GetProperty("template").GetProperty("containers");
        var variables = VariablesOf(containers[0]);
        Assert.Equal("127.0.0.1", variables["SHOP_HOST"]);
        Assert.Equal("grpc--proxy", containers[0].At("dependsOns[0]"));
        Assert.Equal("grpc--proxy", containers[1].At("name"));
        var configuration = VariablesOf(containers[1])["CONFIGURATION"]!;
        Assert.Contains($"bind 127.0.0.1:{variables["SHOP_PORT"]} proto h2", configuration, StringComparison.Ordinal);
        Assert.Matches(@"http-request set-uri https://shop\.\S+%\[pathq\]", configuration);
        Assert.Matches(@"server shop shop\.\S+:8080 ssl verify required ca-file \S+ sni str\(shop\.\S+\) alpn h2", configuration);
    }

    [Fact]
    public void A_service_that_speaks_HTTP_is_called_without_a_proxy()
    {
        var plan = GcpPlans.Good(model => model.Add(new ContainerService("worker")).Calls(model.Add(Http("shop"))));

        Assert.Single(plan.Only("gcp:cloudrunv2/workerPool:WorkerPool").Inputs.GetProperty("template").GetProperty("containers")
            .EnumerateArray());
        Assert.Empty(plan.OfType("gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy"));
    }

    [Fact]
    public void Who_cannot_call_a_gRPC_service_is_told() => Assert.Contains(
        GcpPlans.Good(model =>
        {
            var check = new HealthCheck { Protocol = HealthProtocol.Grpc };
            model.Add(new Job("report")).Calls(model.Add(new ContainerService("shop", new() { Port = 8080, HealthCheck = check })));
        }).Findings,
        finding => finding is { Rule.Id: "gcp-grpc-calls", Component: "shop" }
            && finding.Message.Contains("called by report", StringComparison.Ordinal));

    [Theory]
    [InlineData(20001, 20001, 9000)]
    [InlineData(20001, 20002, 20002)]
    public void Every_gRPC_service_has_a_port_of_its_callers_proxy_to_itself(int shop, int stock, int own) => Assert.Equal(
        "gcp-grpc-ports",
        GcpPlans.Refusal(
            model =>
            {
                var caller = model.Add(new ContainerService("caller", new() { Port = own }));
                foreach (var name in (string[])["shop", "stock"])
                {
                    caller.Calls(model.Add(new ContainerService(
                        name, new() { Port = 8080, HealthCheck = new() { Protocol = HealthProtocol.Grpc } })));
                }
            },
            settings => settings with { RelayPorts = new Dictionary<string, int> { ["shop"] = shop, ["stock"] = stock } }).Rule.Id);

    private static Dictionary<string, string?> VariablesOf(System.Text.Json.JsonElement container) => container.GetProperty("envs")
        .EnumerateArray()
        .ToDictionary(variable => variable.At("name")!, variable => variable.At("value"));

    private static void Grpc(Model model, string caller) => model.Add(new ContainerService(caller)).Calls(model.Add(
        new ContainerService("shop", new() { Port = 8080, HealthCheck = new() { Protocol = HealthProtocol.Grpc } })));

    [Fact]
    public void Its_own_url_is_off_and_the_internet_cannot_reach_it()
    {
        var service = GcpPlans.Good(model => model.Add(Http("shop"))).Only(Service);

        Assert.Equal("INGRESS_TRAFFIC_INTERNAL_ONLY", service.Input("ingress"));
        Assert.Equal("True", service.Input("defaultUriDisabled"));
        Assert.Equal("True", service.Input("invokerIamDisabled"));
        Assert.Equal("ALL_TRAFFIC", service.Input("template.vpcAccess.egress"));
    }

    [Fact]
    public void A_replica_has_its_processor_and_a_whole_kernel_unless_a_tweak_says_otherwise()
    {
        var service = GcpPlans.Good(model => model.Add(Http("shop"))).Only(Service);

        Assert.Equal(
            ("False", "True"),
            (service.Input("template.containers[0].resources.cpuIdle"), service.Input("template.containers[0].resources.startupCpuBoost")));
        Assert.Equal("EXECUTION_ENVIRONMENT_GEN2", service.Input("template.executionEnvironment"));
    }

    [Fact]
    public void Its_secrets_are_pinned_to_the_version_that_it_was_deployed_with()
    {
        var plan = GcpPlans.Good(model => model.Add(Http("shop")).Writes(model.Add(new ManagedDatabase("orders"))));

        Assert.Contains(
            "\"version\":\"{shop-orders-password-value.version}\"",
            plan.Only(Service).Inputs.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_called_service_has_an_address_and_a_name_inside_the_network_and_others_pay_for_none()
    {
        var plan = GcpPlans.Good(model => model.Add(Http("shop")).Calls(model.Add(Http("stock"))));

        var entry = plan.Only(Entry);
        Assert.Equal("INTERNAL_MANAGED", entry.Input("loadBalancingScheme"));
        Assert.Equal("8080", entry.Input("portRange"));
        Assert.Equal("{stock-address.selfLink}", entry.Input("ipAddress"));
        Assert.Equal("stock.sample-production.internal.", plan.Only("gcp:dns/recordSet:RecordSet").Input("name"));
        Assert.Equal(
            "{stock-address.address}/32",
            plan.Only("gcp:compute/firewall:Firewall", "shop-stock-8080-egress").Input("destinationRanges[0]"));
    }

    [Fact]
    public void Another_port_has_an_entry_and_a_way_there_of_its_own_beside_those_of_the_former_one()
    {
        var (before, after) = (Calling(8080), Calling(9090));

        Assert.Equal("stock-entry-8080", before.Only(Entry).Name);
        Assert.Equal("stock-entry-9090", after.Only(Entry).Name);
        Assert.Equal("9090", after.Only("gcp:compute/firewall:Firewall", "shop-stock-9090-egress").Input("allows[0].ports[0]"));
        Assert.Equal("SHARED_LOADBALANCER_VIP", after.Only("gcp:compute/address:Address", "stock-address").Input("purpose"));
        Assert.Empty(Replacements.Of(Cloud.Gcp, Declare(8080), Declare(9090)));

        static Plan Calling(int port) => GcpPlans.Good(Declare(port));

        static Action<Model> Declare(int port) => model =>
            model.Add(Http("shop")).Calls(model.Add(new ContainerService("stock", new() { Port = port })));
    }

    [Fact]
    public void Services_may_call_each_other()
    {
        var plan = GcpPlans.Good(model =>
        {
            var (shop, stock) = (model.Add(Http("shop")), model.Add(Http("stock")));
            shop.Calls(stock);
            stock.Calls(shop);
        });

        Assert.Equal(2, plan.OfType("gcp:compute/forwardingRule:ForwardingRule").Count);
    }

    [Fact]
    public void A_job_that_prepares_its_database_has_succeeded_before_it_starts()
    {
        var plan = GcpPlans.Good(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new Job("schema")).Writes(orders);
            model.Add(Http("shop")).Reads(orders);
        });

        Assert.Contains(plan.Only("gcp:cloudrunv2/job:Job", "schema").Urn, plan.Only(Service).DependsOn);
    }

    [Fact]
    public void A_tweak_sets_what_only_Cloud_Run_has()
    {
        var tweak = new GcpServiceTweak
        {
            Concurrency = 5,
            CpuAlwaysOn = false,
            RequestTimeoutSeconds = 900,
            ExecutionEnvironment = GcpExecutionEnvironment.FirstGeneration,
        };
        var service = GcpPlans.Good(model => model.Add(new ContainerService("shop", new() { Port = 8080, Tweaks = [tweak] })))
            .Only(Service);

        Assert.Equal("5", service.Input("template.maxInstanceRequestConcurrency"));
        Assert.Equal("True", service.Input("template.containers[0].resources.cpuIdle"));
        Assert.Equal("900s", service.Input("template.timeout"));
        Assert.Equal("EXECUTION_ENVIRONMENT_GEN1", service.Input("template.executionEnvironment"));
    }

    [Fact]
    public void A_connection_is_not_cut_before_its_load_balancer_says_so() =>
        Assert.Equal("3600s", GcpPlans.Good(model => model.Add(Http("shop"))).Only(Service).Input("template.timeout"));

    [Fact]
    public void An_image_for_other_processors_is_refused_with_every_cloud_that_has_them() =>
        Assert.Contains(
            "place 'shop' on aws, scaleway, kubernetes",
            GcpPlans.Refusal(model =>
                model.Add(new ContainerService("shop", new() { Port = 8080, Architecture = CpuArchitecture.Arm64 }))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void An_image_of_a_registry_that_Cloud_Run_cannot_reach_is_fetched_for_it()
    {
        var plan = GcpPlans.Good(model => model.Add(Http("shop")));

        var mirror = plan.Only("gcp:artifactregistry/repository:Repository");
        Assert.Equal("https://registry.example.org", mirror.Input("remoteRepositoryConfig.dockerRepository.customRepository.uri"));
        Assert.Equal(
            $"europe-west9-docker.pkg.dev/{TestSettings.Project}/{mirror.Input("repositoryId")}/test/shop@{TestSettings.Digest}",
            plan.Only(Service).Input("template.containers[0].image"));
    }

    [Theory]
    [InlineData("docker.io/library/nginx:1")]
    [InlineData("europe-west9-docker.pkg.dev/sample/images/shop:1")]
    [InlineData("eu.gcr.io/sample/shop:1")]
    [InlineData("shop:1")]
    public void Other_images_are_pulled_as_they_are(string image) =>
        Assert.Null(GcpImages.ForeignRegistry(image, TestSettings.For(Cloud.Gcp)));

    [Fact]
    public void A_name_that_is_too_long_is_cut_and_told_apart()
    {
        var stack = new string('a', 40);

        Assert.Equal("familink-production-api", GcpNames.Service("familink-production", "api"));
        Assert.Equal(49, GcpNames.Service(stack, "a-component-name").Length);
        Assert.NotEqual(GcpNames.Service(stack, "a-component-name"), GcpNames.Service(stack[1..] + "b", "a-component-name"));
    }

    [Fact]
    public void A_container_that_starts_too_slowly_for_Cloud_Run_is_refused() => Assert.Equal(
        "gcp-start-seconds",
        GcpPlans.Refusal(model =>
            model.Add(new ContainerService("shop", new() { Port = 8080, HealthCheck = new() { GraceSeconds = 600 } }))).Rule.Id);

    [Theory]
    [InlineData(0, 300, "gcp-service-arguments")]
    [InlineData(1001, 300, "gcp-service-arguments")]
    [InlineData(80, 3601, "gcp-service-arguments")]
    public void A_tweak_that_Cloud_Run_would_refuse_is_refused_here(int concurrency, int seconds, string rule) => Assert.Equal(
        rule,
        GcpPlans.Refusal(model => model.Add(new ContainerService("shop", new()
        {
            Port = 8080,
            Tweaks = [new GcpServiceTweak { Concurrency = concurrency, RequestTimeoutSeconds = seconds }],
        }))).Rule.Id);

    private static ContainerService Http(string name) => new(name, new() { Port = 8080 });
}
