using System.Text.Json;
using Infra.Components.Caches;
using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

public sealed class KubernetesContainerServiceTests
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string Pod = "spec.template.spec";
    private const string Container = $"{Pod}.containers[0]";

    // Server-side apply takes a field away that its only owner no longer sends, and refuses one that another owner has set: so the number
    // is sent once, and from then on it is the autoscaler's in both modes.
    [Fact]
    public void Between_a_fixed_and_an_automatic_number_of_replicas_only_the_autoscaler_changes()
    {
        var fixedNumber = new Scaling { Minimum = 3, Maximum = 3 };
        var automatic = new Scaling { Minimum = 3, Maximum = 8 };

        Assert.Equal("3", Plan(new() { Scaling = fixedNumber }).Only(Deployment).Input("spec.replicas"));
        Assert.Equal(Text(fixedNumber), Text(automatic));
        Assert.Equal(("3", "3"), Bounds(fixedNumber));
        Assert.Equal(("3", "8"), Bounds(automatic));
        Assert.All(
            new[] { fixedNumber, automatic },
            scaling => Assert.Equal(
                ["spec.replicas"],
                RegisteredOptions
                    .Of(Cloud.Kubernetes, Deployment, model => model.Add(new ContainerService("shop", new() { Scaling = scaling })))["shop"]
                    .IgnoreChanges));

        static string Text(Scaling scaling) => Plan(new() { Scaling = scaling }).Only(Deployment).Inputs.ToString();

        static (string?, string?) Bounds(Scaling scaling)
        {
            var scaler = Plan(new() { Scaling = scaling }).Only("kubernetes:autoscaling/v2:HorizontalPodAutoscaler");
            return (scaler.Input("spec.minReplicas"), scaler.Input("spec.maxReplicas"));
        }
    }

    [Fact]
    public void A_rollout_is_waited_for_as_long_as_its_rounds_may_take()
    {
        var options = RegisteredOptions.Of(
            Cloud.Kubernetes,
            Deployment,
            model => model.Add(new ContainerService("shop", new() { Port = 8080, HealthCheck = new() { GraceSeconds = 900 } })))["shop"];

        Assert.Equal(TimeSpan.FromSeconds(4 * 1800), options.CustomTimeouts?.Update);
        Assert.Equal(TimeSpan.FromSeconds(4 * 1800), options.CustomTimeouts?.Create);
    }

    [Fact]
    public void Callers_find_replicas_of_the_old_and_of_the_new_port_while_it_changes()
    {
        static Plan On(int port) => KubernetesPlans.Good(model =>
            model.Add(new ContainerService("shop")).Calls(model.Add(new ContainerService("stock", new() { Port = port }))));

        var (before, after) = (On(9090), On(9191));
        var others = after.Resources.ToDictionary(resource => resource.Urn, resource => resource.Inputs.ToString());
        Assert.Equal(
            ["stock"],
            before.Resources
                .Where(resource => resource.Inputs.ToString() != others[resource.Urn])
                .Select(resource => resource.Name));
        Assert.Equal(
            ("80", "http"),
            (after.Only("kubernetes:core/v1:Service").Input("spec.ports[0].port"),
                after.Only("kubernetes:core/v1:Service").Input("spec.ports[0].targetPort")));
        Assert.Equal("http", after.Only(Deployment, "stock").Input($"{Container}.ports[0].name"));
        Assert.Equal(
            "http://stock.sample-production.svc.cluster.local:80",
            after.Only(Deployment, "shop").VariablesOf()["STOCK_URL"]);
    }

    [Fact]
    public void Values_and_commands_reach_the_container_as_they_were_written()
    {
        var values = new Dictionary<string, string>
        {
            ["GREETING"] = "p@$$word $(ORDERS_PASSWORD) $HOME $",
            ["NEXT"] = "$(GREETING)",
        };
        string[] command = ["sh", "-c", "echo $$ $(date) ${GREETING}"];
        var deployment = KubernetesPlans.Good(model =>
            model.Add(new ContainerService("shop", new() { Environment = values, Command = command }))
                .Writes(model.Add(new ManagedDatabase("orders")))).Only(Deployment);

        var received = Kubelet.EnvironmentOf(deployment);
        Assert.All(values, value => Assert.Equal(value.Value, received[value.Key]));
        Assert.Equal(command, Kubelet.CommandOf(deployment));
    }

    [Theory]
    [InlineData(80, true)]
    [InlineData(1023, true)]
    [InlineData(1024, false)]
    public void A_low_port_may_be_listened_on_without_being_root(int port, bool low) => Assert.Equal(
        low ? """[{"name":"net.ipv4.ip_unprivileged_port_start","value":"0"}]""" : null,
        Plan(new() { Port = port }).Only(Deployment).Input($"{Pod}.securityContext.sysctls"));

    [Fact]
    public void A_budget_exists_only_where_more_than_one_replica_runs()
    {
        Assert.Single(Plan(new() { Scaling = new() { Minimum = 2 } }).OfType("kubernetes:policy/v1:PodDisruptionBudget"));
        Assert.Empty(Plan(new() { Scaling = new() { Minimum = 1 } }).OfType("kubernetes:policy/v1:PodDisruptionBudget"));
    }

    [Fact]
    public void An_update_never_runs_fewer_replicas_than_before()
    {
        var deployment = Plan(new() { Port = 8080 }).Only(Deployment);

        Assert.Equal(
            ("0", "25%"),
            (deployment.Input("spec.strategy.rollingUpdate.maxUnavailable"), deployment.Input("spec.strategy.rollingUpdate.maxSurge")));
        Assert.Equal(
            "AlwaysAllow",
            Plan(new() { Port = 8080 }).Only("kubernetes:policy/v1:PodDisruptionBudget").Input("spec.unhealthyPodEvictionPolicy"));
    }

    [Fact]
    public void It_grows_at_once_and_shrinks_slowly()
    {
        var scaler = Plan(new() { Port = 8080, Scaling = new() { Minimum = 2, Maximum = 8 } }).Only(
            "kubernetes:autoscaling/v2:HorizontalPodAutoscaler");

        Assert.Equal("0", scaler.Input("spec.behavior.scaleUp.stabilizationWindowSeconds"));
        Assert.Equal("300", scaler.Input("spec.behavior.scaleDown.stabilizationWindowSeconds"));
        Assert.Equal("1", scaler.Input("spec.behavior.scaleDown.policies[0].value"));
    }

    [Fact]
    public void Its_scratch_volume_keeps_no_idle_node_alive() =>
        Assert.Contains(
            "\"cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes\":\"tmp\"",
            Plan(new()).Only(Deployment).Input("spec.template.metadata.annotations"),
            StringComparison.Ordinal);

    [Fact]
    public void Memory_is_kept_for_it_and_processor_is_shared()
    {
        var deployment = Plan(new() { Size = Size.Medium }).Only(Deployment);

        Assert.Equal("""{"cpu":"1000m","memory":"2048Mi"}""", deployment.Input($"{Container}.resources.requests"));
        Assert.Equal("""{"memory":"2048Mi"}""", deployment.Input($"{Container}.resources.limits"));
    }

    [Fact]
    public void It_runs_restricted_and_without_a_token()
    {
        var deployment = Plan(new()).Only(Deployment);

        Assert.Equal("true", deployment.Input($"{Pod}.securityContext.runAsNonRoot"), ignoreCase: true);
        Assert.Equal("RuntimeDefault", deployment.Input($"{Pod}.securityContext.seccompProfile.type"));
        Assert.Equal("false", deployment.Input($"{Container}.securityContext.allowPrivilegeEscalation"), ignoreCase: true);
        Assert.Equal("""["ALL"]""", deployment.Input($"{Container}.securityContext.capabilities.drop"));
        Assert.Equal("false", deployment.Input($"{Pod}.automountServiceAccountToken"), ignoreCase: true);
        Assert.Equal("false", deployment.Input($"{Pod}.enableServiceLinks"), ignoreCase: true);
    }

    [Fact]
    public void It_keeps_serving_for_a_moment_after_it_is_told_to_stop()
    {
        var deployment = Plan(new() { Port = 8080, StopSeconds = 60 }).Only(Deployment);

        Assert.Equal("5", deployment.Input($"{Container}.lifecycle.preStop.sleep.seconds"));
        Assert.Equal("65", deployment.Input($"{Pod}.terminationGracePeriodSeconds"));
    }

    [Fact]
    public void A_replica_that_is_not_ready_is_not_restarted_for_it()
    {
        var deployment = Plan(
            new() { Port = 8080, HealthCheck = new() { Path = "/ready", IntervalSeconds = 10, GraceSeconds = 95 } }).Only(Deployment);

        Assert.Equal("/ready", deployment.Input($"{Container}.readinessProbe.httpGet.path"));
        Assert.Equal("10", deployment.Input($"{Container}.startupProbe.failureThreshold"));
        Assert.Null(deployment.Input($"{Container}.livenessProbe.httpGet"));
        Assert.Equal("8080", deployment.Input($"{Container}.livenessProbe.tcpSocket.port"));
    }

    [Fact]
    public void A_command_that_asks_is_read_as_it_is_written_and_restarts_workers_alone()
    {
        var check = new HealthCheck { Command = ["sh", "-c", "pgrep -f \"$NAME\""] };
        var (service, worker) = (
            Plan(new() { Port = 8080, HealthCheck = check }).Only(Deployment),
            Plan(new() { HealthCheck = check }).Only(Deployment));

        const string words = """["sh","-c","pgrep -f \"$$NAME\""]""";
        Assert.Equal(words, service.Input($"{Container}.readinessProbe.exec.command"));
        Assert.Equal("8080", service.Input($"{Container}.livenessProbe.tcpSocket.port"));
        Assert.Equal(words, worker.Input($"{Container}.startupProbe.exec.command"));
        Assert.Equal(words, worker.Input($"{Container}.livenessProbe.exec.command"));
    }

    [Theory]
    [InlineData(HealthProtocol.Http, null)]
    [InlineData(HealthProtocol.Grpc, "kubernetes.io/h2c")]
    public void What_leads_to_a_service_that_answers_by_gRPC_speaks_it(HealthProtocol protocol, string? speaks) => Assert.Equal(
        speaks,
        Plan(new() { Port = 8080, HealthCheck = new() { Protocol = protocol } })
            .Only("kubernetes:core/v1:Service")
            .Input("spec.ports[0].appProtocol"));

    [Fact]
    public void A_worker_has_neither_probes_nor_a_service()
    {
        var plan = Plan(new());

        Assert.Null(plan.Only(Deployment).Input($"{Container}.readinessProbe"));
        Assert.Empty(plan.OfType("kubernetes:core/v1:Service"));
    }

    [Fact]
    public void Its_name_resolves_before_it_is_built()
    {
        var service = Plan(new() { Port = 8080 }).Only("kubernetes:core/v1:Service");

        Assert.Equal("shop", service.Input("metadata.name"));
    }

    [Fact]
    public void It_runs_on_nodes_of_its_architecture_and_of_its_tweak()
    {
        var tweak = new KubernetesServiceTweak
        {
            NodeSelector = new Dictionary<string, string> { ["pool"] = "fast" },
            PriorityClass = "high",
        };
        var deployment = Plan(new() { Architecture = CpuArchitecture.Arm64, Tweaks = [tweak] }).Only(Deployment);

        Assert.Equal("""{"kubernetes.io/arch":"arm64","pool":"fast"}""", deployment.Input($"{Pod}.nodeSelector"));
        Assert.Equal("high", deployment.Input($"{Pod}.priorityClassName"));
    }

    [Theory]
    [InlineData(0, "kubernetes-root")]
    [InlineData(null, "kubernetes-image-user")]
    [InlineData(1000, null)]
    public void Root_is_refused_and_what_nobody_knows_of_images_is_told(int? user, string? rule) =>
        Assert.Equal(
            rule,
            KubernetesPlans.Plan(model => model.Add(new ContainerService("shop", new() { Port = 8080, User = user })))
                .Findings.SingleOrDefault(finding => finding.Rule.Id is "kubernetes-root" or "kubernetes-image-user")?.Rule.Id);

    [Fact]
    public void A_link_opens_both_ends_for_the_consumer_alone()
    {
        var plan = KubernetesPlans.Good(model =>
        {
            var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Calls(stock);
        });

        var leave = plan.Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "stock-egress");
        Assert.Equal("""{"infra/uses-stock":"true"}""", leave.Input("spec.podSelector.matchLabels"));
        Assert.Contains("\"stock\"", leave.Input("spec.egress[0].to"), StringComparison.Ordinal);
        var enter = plan.Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "stock-ingress");
        Assert.Contains("\"stock\"", enter.Input("spec.podSelector.matchLabels"), StringComparison.Ordinal);
        Assert.Contains("\"infra/uses-stock\"", enter.Input("spec.ingress[0].from"), StringComparison.Ordinal);
        Assert.Equal(["shop"], plan.OfType(Deployment).Where(pods => Selections.UsesOf(pods).Contains("stock")).Select(pods => pods.Name));
        Assert.Equal("http", enter.Input("spec.ingress[0].ports[0].port"));
        Assert.Empty(plan.PoliciesOf("stock"));
    }

    [Fact]
    public void What_it_keeps_secret_is_one_secret_and_a_target_has_one_policy_per_direction_whoever_uses_it()
    {
        var plan = KubernetesPlans.Good(model =>
        {
            var (orders, sessions) = (model.Add(new ManagedDatabase("orders")), model.Add(new Cache("sessions")));
            foreach (var name in new[] { "shop", "report", "clerk" })
                model.Add(new ContainerService(name)).Writes(orders).Writes(sessions);
        });

        Assert.All(["shop", "report", "clerk"], consumer =>
        {
            Assert.Equal(consumer, Assert.Single(plan.Of(consumer), resource => resource.TypeName == "Secret").Name);
            Assert.Empty(plan.PoliciesOf(consumer));
            Assert.Equal(["orders", "sessions"], Selections.UsesOf(plan.Only(Deployment, consumer)).Order());
        });
        Assert.Equal(
            ["orders-egress", "orders-ingress", "sessions-egress", "sessions-ingress"],
            plan.PoliciesOf("network")
                .Select(policy => policy.Split(' ')[0])
                .Where(name => !name.StartsWith("network-", StringComparison.Ordinal))
                .Order());
    }

    [Fact]
    public void What_nobody_uses_is_opened_to_nobody()
    {
        var plan = KubernetesPlans.Good(model =>
        {
            model.Add(new ManagedDatabase("orders"));
            model.Add(new Cache("sessions"));
            model.Add(new ContainerService("shop", new() { Port = 8080 }));
        });

        Assert.Equal(["network-deny", "network-internet"], plan.PoliciesOf("network").Select(policy => policy.Split(' ')[0]).Order());
    }

    [Fact]
    public void The_pull_secret_reaches_the_pod()
    {
        var plan = KubernetesPlans.Good(
            model => model.Add(new ContainerService("shop")),
            cluster: account => account with { ImagePullSecret = "registry-login" });

        Assert.Equal("registry-login", plan.Only(Deployment).Input($"{Pod}.imagePullSecrets[0].name"));
    }

    [Fact]
    public void Its_pods_are_spread_over_zones_and_nodes()
    {
        using var spread = JsonDocument.Parse(Plan(new()).Only(Deployment).Input($"{Pod}.topologySpreadConstraints")!);

        Assert.Equal(
            ["topology.kubernetes.io/zone", "kubernetes.io/hostname"],
            spread.RootElement.EnumerateArray().Select(constraint => constraint.GetProperty("topologyKey").GetString()));
    }

    private static Plan Plan(ContainerServiceArgs args) => KubernetesPlans.Good(model => model.Add(new ContainerService("shop", args)));
}
