using Infra.Components.Certificates;
using Infra.Components.Clouds;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Jobs;
using Infra.Components.LoadBalancers;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Services;
using Infra.Components.Services.Aws;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Pulumi;
using Xunit;

namespace Infra.Tests.Services;

public sealed class AwsContainerServiceTests
{
    [Fact]
    public void A_revision_that_does_not_get_well_is_taken_back()
    {
        var service = Plan(new() { Port = 8080 }).Only("aws:ecs/service:Service", "shop");

        Assert.Equal(
            ("True", "True"),
            (service.Input("deploymentCircuitBreaker.enable"), service.Input("deploymentCircuitBreaker.rollback")));
        Assert.Equal(("100", "200"), (service.Input("deploymentMinimumHealthyPercent"), service.Input("deploymentMaximumPercent")));
    }

    [Fact]
    public void An_update_that_was_taken_back_fails() => Assert.All(
        AwsPlans.Of(model => model.Add(new ContainerService("shop"))).OfType("aws:ecs/service:Service"),
        service => Assert.Equal(
            ("ECS", "True"),
            (service.Input("deploymentController.type"), service.Input("waitForSteadyState"))));

    [Fact]
    public void Only_where_it_scales_by_itself_is_the_number_of_replicas_left_alone()
    {
        Assert.Equal(["desiredCount"], Options(new() { Scaling = new() { Minimum = 2, Maximum = 4 } }).IgnoreChanges);
        Assert.Empty(Options(new() { Scaling = new() { Minimum = 2, Maximum = 2 } }).IgnoreChanges);

        static CustomResourceOptions Options(ContainerServiceArgs args) =>
            RegisteredOptions.Of(Cloud.Aws, "aws:ecs/service:Service", model => model.Add(new ContainerService("shop", args)))["shop"];
    }

    [Fact]
    public void An_update_waits_for_replicas_that_start_slowly() => Assert.Equal(
        TimeSpan.FromMinutes(50),
        RegisteredOptions.Of(
            Cloud.Aws,
            "aws:ecs/service:Service",
            model => model.Add(new ContainerService(
                "shop",
                new() { Port = 8080, HealthCheck = new() { GraceSeconds = 1800 } })))["shop"].CustomTimeouts?.Update);

    [Fact]
    public void Its_capacity_can_change_without_replacing_it()
    {
        var service = Plan(new()).Only("aws:ecs/service:Service", "shop");

        Assert.Equal(
            ("FARGATE", "True", null),
            (
                service.Input("capacityProviderStrategies[0].capacityProvider"),
                service.Input("forceNewDeployment"),
                service.Input("launchType")));
    }

    [Fact]
    public void Its_tasks_carry_tags_and_spread_over_zones_and_an_update_waits_for_them()
    {
        var service = Plan(new()).Only("aws:ecs/service:Service", "shop");

        Assert.Equal(("SERVICE", "True"), (service.Input("propagateTags"), service.Input("enableEcsManagedTags")));
        Assert.Equal(
            ("ENABLED", "True", "False"),
            (
                service.Input("availabilityZoneRebalancing"),
                service.Input("waitForSteadyState"),
                service.Input("networkConfiguration.assignPublicIp")));
    }

    [Fact]
    public void Secrets_are_injected_by_reference_and_a_new_one_starts_containers_anew()
    {
        var plan = Plan(new() { Port = 8080 });

        var container = plan.Container("shop");
        Assert.Equal("ORDERS_PASSWORD", container.At("secrets[0].name"));
        Assert.Equal("{shop:Secret.arn}:orders.PASSWORD::", container.At("secrets[0].valueFrom"));
        Assert.Equal("{shop:SecretVersion.versionId}", plan.Only("aws:ecs/service:Service", "shop").Input("triggers.secret"));
    }

    [Fact]
    public void It_goes_on_when_the_log_service_does_not() =>
        Assert.Equal("non-blocking", Plan(new()).Container("shop").At("logConfiguration.options.mode"));

    [Fact]
    public void Only_a_service_that_others_call_has_a_name()
    {
        Assert.Empty(Plan(new()).OfType("aws:servicediscovery/service:Service"));
        Assert.Empty(Plan(new() { Port = 8080 }).OfType("aws:servicediscovery/service:Service"));
        Assert.Empty(Plan(new() { Port = 8080 }).OfType("aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace"));
        var called = AwsPlans.Of(Called).Only("aws:servicediscovery/service:Service");
        Assert.Equal(("stock", "A"), (called.Name, called.Input("dnsConfig.dnsRecords[0].type")));
    }

    [Fact]
    public void A_service_without_a_route_is_checked_by_a_container_beside_it_that_asks_nothing_of_its_image()
    {
        var containers = Plan(new()
        {
            Port = 8080,
            HealthCheck = new() { Path = "/ready", IntervalSeconds = 20, TimeoutSeconds = 15, GraceSeconds = 120 },
        }).Only("aws:ecs/taskDefinition:TaskDefinition", "shop").JsonInput("containerDefinitions")!.Value;

        Assert.Equal(2, containers.GetArrayLength());
        Assert.Equal(
            ("shop-check", PinnedImage.BusyBox.OnAmazon, "True"),
            (containers.At("[1].name"), containers.At("[1].image"), containers.At("[1].essential")));
        Assert.Equal(
            "wget -S -O /dev/null 'http://127.0.0.1:8080/ready' 2>&1 | grep -m 1 HTTP/ | grep -q ' [23][0-9][0-9]'",
            containers.At("[1].healthCheck.command[1]"));
        Assert.Equal(
            ("20", "15", "3", "120"),
            (
                containers.At("[1].healthCheck.interval"),
                containers.At("[1].healthCheck.timeout"),
                containers.At("[1].healthCheck.retries"),
                containers.At("[1].healthCheck.startPeriod")));
        Assert.Null(containers.At("[1].secrets"));
    }

    [Theory]
    [InlineData(120, "120", false)]
    [InlineData(121, "120", true)]
    public void More_seconds_to_stop_than_Fargate_gives_are_cut_and_told(int seconds, string given, bool isTold)
    {
        var plan = AwsPlans.Of(model => model.Add(new ContainerService("shop", new() { StopSeconds = seconds })));

        Assert.Equal(
            given,
            plan.Only("aws:ecs/taskDefinition:TaskDefinition", "shop").JsonInput("containerDefinitions")!.Value.At("[0].stopTimeout"));
        Assert.Equal(isTold, plan.Findings.Any(finding => finding is { Component: "shop", Rule.Id: "aws-stop-seconds" }));
    }

    [Fact]
    public void Listening_is_read_off_the_kernel_which_needs_nothing_of_an_image()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;

        Assert.Equal(0, Run(port));
        listener.Stop();
        Assert.NotEqual(0, Run(port));

        static int Run(int port)
        {
            using var shell = System.Diagnostics.Process.Start("sh", ["-c", AwsTaskCheck.Listening(port)[1]])!;
            shell.WaitForExit();
            return shell.ExitCode;
        }
    }

    [Theory]
    [InlineData(HealthProtocol.Http, false, null, "/healthz", "200-399", false)]
    [InlineData(HealthProtocol.Tcp, false, null, "/healthz", "200-499", true)]
    [InlineData(HealthProtocol.Http, true, null, "/healthz", "200-499", true)]
    [InlineData(HealthProtocol.Grpc, false, "GRPC", "/grpc.health.v1.Health/Check", "0", false)]
    [InlineData(HealthProtocol.Grpc, true, "GRPC", "/grpc.health.v1.Health/Check", "0", false)]
    public void A_load_balancer_asks_as_it_can_and_what_differs_is_told(
        HealthProtocol protocol,
        bool command,
        string? version,
        string path,
        string matcher,
        bool isTold)
    {
        var check = new HealthCheck { Protocol = protocol, Command = command ? ["/bin/check"] : [] };
        var plan = AwsPlans.Of(model => new ContainerServiceProbe().Surround(
            model,
            model.Add(new ContainerService("shop", new() { Port = 8080, HealthCheck = check }))));

        var group = plan.Only("aws:lb/targetGroup:TargetGroup");
        Assert.Equal(
            (version, path, matcher),
            (group.Input("protocolVersion"), group.Input("healthCheck.path"), group.Input("healthCheck.matcher")));
        Assert.Equal(isTold, plan.Findings.Any(finding => finding is { Component: "shop", Rule.Id: "aws-service-health-check" }));
        Assert.Equal(
            command ? "CMD" : null,
            plan.Only("aws:ecs/taskDefinition:TaskDefinition", "shop")
                .JsonInput("containerDefinitions")!.Value
                .At("[0].healthCheck.command[0]"));
    }

    [Fact]
    public void What_a_load_balancer_checks_and_what_does_not_listen_has_no_such_container()
    {
        var plan = AwsPlans.Of(model =>
        {
            var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
            model.Add(new ContainerService("worker"));
            var zone = model.Add(new DnsZone("zone"));
            var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["www"], Zone = zone }));
            model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(shop, "www")] }));
        });

        Assert.All(
            plan.OfType("aws:ecs/taskDefinition:TaskDefinition"),
            task => Assert.Equal(1, task.JsonInput("containerDefinitions")!.Value.GetArrayLength()));
    }

    [Theory]
    [InlineData(60, 10, "60", "3")]
    [InlineData(300, 10, "300", "3")]
    [InlineData(320, 10, "300", "5")]
    [InlineData(370, 10, "300", "10")]
    public void Slow_starts_are_given_more_failures_than_ECS_would_wait_for(int grace, int interval, string start, string failures)
    {
        var containers = Plan(new() { Port = 8080, HealthCheck = new() { GraceSeconds = grace, IntervalSeconds = interval } })
            .Only("aws:ecs/taskDefinition:TaskDefinition", "shop")
            .JsonInput("containerDefinitions")!
            .Value;

        Assert.Equal(
            (start, failures),
            (containers.At("[1].healthCheck.startPeriod"), containers.At("[1].healthCheck.retries")));
    }

    [Theory]
    [InlineData(371, 10, 5)]
    [InlineData(60, 120, 61)]
    public void A_health_check_that_ECS_cannot_keep_is_told(int grace, int interval, int timeout) => Assert.Contains(
        AwsPlans.Of(model => model.Add(new ContainerService("shop", new()
        {
            Port = 8080,
            HealthCheck = new() { GraceSeconds = grace, IntervalSeconds = interval, TimeoutSeconds = timeout },
        }))).Findings,
        finding => finding is { Component: "shop", Rule.Id: "aws-service-health-check" });

    [Fact]
    public void Without_a_way_out_the_image_that_checks_is_the_stacks_own_or_nothing_checks_and_that_is_told()
    {
        const string Image = "111122223333.dkr.ecr.eu-west-3.amazonaws.com/tools/busybox:1";
        var without = AwsPlans.Of(model => Declare(model, []), settings: InAmazon);
        var checkedByOwn = AwsPlans.Of(model => Declare(model, [new AwsServiceTweak { BusyBoxImage = Image }]), settings: InAmazon);

        Assert.Contains(without.Findings, finding => finding is { Component: "shop", Rule.Id: "aws-service-health-check" });
        Assert.DoesNotContain(checkedByOwn.Findings, finding => finding.Rule.Id == "aws-service-health-check");
        Assert.Equal(
            Image,
            checkedByOwn.Only("aws:ecs/taskDefinition:TaskDefinition", "shop").JsonInput("containerDefinitions")!.Value.At("[1].image"));
        Assert.Contains(
            checkedByOwn.Only("aws:iam/rolePolicy:RolePolicy", "shop-execution").Statements(),
            statement => statement.EndsWith("repository/tools/busybox", StringComparison.Ordinal));

        static StackSettings InAmazon(StackSettings settings) => settings with
        {
            Images = new Dictionary<string, string>
            {
                ["shop"] = $"111122223333.dkr.ecr.eu-west-3.amazonaws.com/shop@{TestSettings.Digest}",
            },
        };

        static void Declare(Model model, IReadOnlyList<Tweak> tweaks)
        {
            model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
            model.Add(new ContainerService("shop", new() { Port = 8080, Tweaks = tweaks }));
        }
    }

    [Theory]
    [InlineData(12, false)]
    [InlineData(13, true)]
    public void More_replicas_than_AWS_grants_processors_for_are_told(int replicas, bool isTold) => Assert.Equal(
        isTold,
        AwsPlans.Of(model => model.Add(new ContainerService("shop", new() { Scaling = new() { Maximum = replicas } })))
            .Findings
            .Any(finding => finding.Rule.Id == "aws-fargate-quota"));

    [Fact]
    public void Only_a_service_that_may_do_something_has_a_role_of_its_own() => Assert.Null(
        Plan(new()).Only("aws:ecs/taskDefinition:TaskDefinition", "shop").Input("taskRoleArn"));

    [Fact]
    public void It_starts_only_once_it_may_leave_the_network() => Assert.Contains(
        Plan(new()).Only("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "shop-out-internet").Urn,
        Plan(new()).Only("aws:ecs/service:Service", "shop").DependsOn);

    [Fact]
    public void Its_tasks_report_to_its_private_name_how_they_are() => Assert.Equal(
        "1",
        AwsPlans.Of(Called).Only("aws:servicediscovery/service:Service").Input("healthCheckCustomConfig.failureThreshold"));

    [Fact]
    public void Its_private_name_is_free_before_it_is_taken_again() => Assert.True(
        RegisteredOptions.Of(
            Cloud.Aws,
            "aws:servicediscovery/service:Service",
            Called)["stock"].DeleteBeforeReplace);

    [Fact]
    public void Without_a_load_balancer_there_is_no_grace_for_its_checks() =>
        Assert.Null(Plan(new() { Port = 8080 }).Only("aws:ecs/service:Service", "shop").Input("healthCheckGracePeriodSeconds"));

    [Fact]
    public void Spare_capacity_carries_everything_beyond_the_first_replica()
    {
        var strategies = Plan(new() { Tweaks = [new AwsServiceTweak { Spot = true }] }).Only("aws:ecs/service:Service", "shop");

        Assert.Equal(("FARGATE", "1", "0"), Strategy(0));
        Assert.Equal(("FARGATE_SPOT", null, "1"), Strategy(1));

        (string?, string?, string?) Strategy(int index) => (
            strategies.Input($"capacityProviderStrategies[{index}].capacityProvider"),
            strategies.Input($"capacityProviderStrategies[{index}].base"),
            strategies.Input($"capacityProviderStrategies[{index}].weight"));
    }

    [Fact]
    public void A_pair_of_Fargates_own_replaces_the_size()
    {
        var task = Plan(new() { Tweaks = [new AwsServiceTweak { CpuUnits = 1024, MemoryMiB = 6144, DiskGiB = 50 }] }).Only(
            "aws:ecs/taskDefinition:TaskDefinition",
            "shop");

        Assert.Equal(("1024", "6144", "50"), (task.Input("cpu"), task.Input("memory"), task.Input("ephemeralStorage.sizeInGib")));
    }

    [Theory]
    [InlineData(1024, 1024, "AwsServiceTweak.MemoryMiB is 1024; allowed: 2048, 3072")]
    [InlineData(1000, 2048, "AwsServiceTweak.CpuUnits is 1000; allowed: 256, 512")]
    [InlineData(1024, null, "MemoryMiB is not given")]
    public void A_pair_that_Fargate_lacks_is_refused(int cpu, int? memory, string message) => Assert.Contains(
        message,
        AwsPlans.OnlyError(model =>
            model.Add(new ContainerService("shop", new() { Tweaks = [new AwsServiceTweak { CpuUnits = cpu, MemoryMiB = memory }] }))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(20)]
    [InlineData(201)]
    public void A_disk_that_Fargate_lacks_is_refused(int size) => Assert.Contains(
        $"AwsServiceTweak.DiskGiB is {size}; allowed: 21 to 200",
        AwsPlans.OnlyError(model => model.Add(new ContainerService("shop", new() { Tweaks = [new AwsServiceTweak { DiskGiB = size }] }))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(CpuArchitecture.Arm64, "ARM64")]
    [InlineData(CpuArchitecture.Amd64, "X86_64")]
    public void It_runs_on_the_architecture_of_its_image(CpuArchitecture architecture, string expected) => Assert.Equal(
        expected,
        Plan(new() { Architecture = architecture })
            .Only("aws:ecs/taskDefinition:TaskDefinition", "shop")
            .Input("runtimePlatform.cpuArchitecture"));

    [Fact]
    public void A_job_that_writes_to_the_services_database_comes_first()
    {
        var plan = Plan(new() { Port = 8080 });

        Assert.Contains(
            plan.Only("aws:lambda/invocation:Invocation", "schema").Urn,
            plan.Only("aws:ecs/service:Service", "shop").DependsOn);
    }

    [Fact]
    public void A_called_service_admits_its_caller_on_its_port()
    {
        var plan = AwsPlans.Of(Called);

        var rule = plan.Only("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "shop-stock-access-9090");
        Assert.True(rule.RefersTo(plan.Only("aws:ec2/securityGroup:SecurityGroup", "stock"), "securityGroupId"));
        Assert.True(rule.RefersTo(plan.Only("aws:ec2/securityGroup:SecurityGroup", "shop"), "referencedSecurityGroupId"));
        Assert.Equal("9090", rule.Input("fromPort"));
    }

    private static void Called(Model model)
    {
        var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Calls(stock);
    }

    private static Plan Plan(ContainerServiceArgs args) => AwsPlans.Of(model =>
    {
        var orders = model.Add(new ManagedDatabase("orders"));
        model.Add(new Job("schema")).Writes(orders);
        model.Add(new ContainerService("shop", args)).Writes(orders);
    });
}
