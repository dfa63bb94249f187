using Infra.Components.Brokers;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Queues;
using Infra.Components.Queues.Kubernetes;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Queues;

public sealed class KubernetesQueueTests
{
    private const string Broker = "kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster";
    private const string Job = "kubernetes:batch/v1:Job";

    [Fact]
    public void It_comes_with_the_operator_and_waits_for_it()
    {
        var plan = KubernetesPlans.Good(Declare);
        var release = plan.Only("kubernetes:helm.sh/v3:Release", "queue-op");

        Assert.Contains(release.Urn, plan.Only(Broker).DependsOn);
        Assert.DoesNotContain(
            KubernetesPlans.Good(model => model.Add(new ContainerService("shop"))).Resources,
            resource => resource.Name == "queue-op");
    }

    [Fact]
    public void Three_servers_keep_every_message_in_production_and_one_elsewhere()
    {
        Assert.Equal("3", KubernetesPlans.Good(Declare).Only(Broker).Input("spec.replicas"));
        Assert.Equal("1", KubernetesPlans.Good(Declare, EnvironmentKind.Staging).Only(Broker).Input("spec.replicas"));
        Assert.Contains(KubernetesPlans.Good(Declare).Of("orders"), resource => resource.TypeName == "PodDisruptionBudget");
    }

    [Fact]
    public void A_job_declares_the_queue_its_dead_letters_and_what_becomes_of_messages()
    {
        var script = Script(KubernetesPlans.Good(Declare), "orders-declare");

        Assert.Contains("call PUT queues/%2F/orders-dead <<JSON\n", script, StringComparison.Ordinal);
        Assert.Contains("\"delivery-limit\":4", script, StringComparison.Ordinal);
        Assert.Contains("\"message-ttl\":345600000", script, StringComparison.Ordinal);
        Assert.Contains("\"consumer-timeout\":30000", script, StringComparison.Ordinal);
        Assert.Contains("call PUT exchanges/%2F/orders <<JSON\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public void The_broker_is_told_what_was_meant()
    {
        var plan = KubernetesPlans.Good(Declare);

        var told = QueueScript.Grant("orders", "shop-orders", RestLogins.Password, Intent.Publish);
        Assert.Equal(BrokerScript.Logins.Script.Of(told), Kubelet.CommandOf(plan.Only(Job, "shop-orders-grant")));
        var call = Kubelet.Run(plan.Only(Job, "shop-orders-grant"), "curl");
        Assert.Equal((0, ""), (call.ExitCode, call.Errors));
        Assert.Equal("""{"configure":"^$","write":"^orders$","read":"^$"}""", call.Input);
    }

    [Fact]
    public void A_login_sends_to_the_exchange_or_receives_from_the_queue_and_does_nothing_else()
    {
        var plan = KubernetesPlans.Good(Declare);

        Assert.Contains(Permissions(write: "orders", read: ""), Script(plan, "shop-orders-grant"), StringComparison.Ordinal);
        Assert.Contains(Permissions(write: "", read: "orders"), Script(plan, "worker-orders-grant"), StringComparison.Ordinal);
        Assert.Contains(plan.Only(Job, "orders-declare").Urn, plan.Only(Job, "shop-orders-grant").DependsOn);
        Assert.Contains(plan.Only(Job, "shop-orders-grant").Urn, plan.Only("kubernetes:apps/v1:Deployment", "shop").DependsOn);
    }

    [Fact]
    public void Only_jobs_that_bear_the_queues_name_reach_the_management_api()
    {
        var plan = KubernetesPlans.Good(Declare);

        Assert.Contains(
            plan.PoliciesOf("orders"),
            policy => policy.StartsWith("orders-setup-ingress ", StringComparison.Ordinal)
                && policy.Contains("15671", StringComparison.Ordinal));
        Assert.DoesNotContain(plan.PoliciesOf("shop"), policy => policy.Contains("15671", StringComparison.Ordinal));
        Assert.Equal("orders", Label(plan, "shop-orders-grant"));
    }

    [Fact]
    public void A_consumer_elsewhere_comes_through_the_relay_and_does_not_compare_the_name()
    {
        var plan = TestSystems.Plan(
            Cloud.Kubernetes,
            Declare,
            EnvironmentKind.Production,
            settings => settings with { Placement = new Dictionary<string, Cloud> { ["shop"] = Cloud.Aws } });

        Assert.Equal("", plan.Errors());
        var variables = new AwsFixture().VariablesOf(plan, "shop");
        Assert.Equal("require", variables["ORDERS_TLS_MODE"].Value);
        Assert.True(variables["ORDERS_PASSWORD"].IsSecret);
        Assert.Equal("verify-full", new KubernetesFixture().VariablesOf(plan, "worker")["ORDERS_TLS_MODE"].Value);
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(10, 65)]
    public void What_the_operator_cannot_use_is_refused(int storage, int memory)
    {
        var plan = KubernetesPlans.Plan(model => model.Add(new Queue(
            "orders",
            new() { Tweaks = [new KubernetesQueueTweak { StorageGiB = storage, MemoryGiB = memory }] })));

        Assert.Contains(plan.Findings, finding => finding is { Severity: Severity.Error, Rule.Id: "kubernetes-queue-arguments" });
    }

    // As the shell sees it, to which a dollar sign means something.
    private static string Permissions(string write, string read) =>
        $"\"configure\":\"^\\$\",\"write\":\"^{write}\\$\",\"read\":\"^{read}\\$\"";

    private static string? Label(Plan plan, string job) =>
        plan.Only(Job, job).JsonInput("spec.template.metadata.labels")!.Value.GetProperty("infra/consumer").GetString();

    private static string Script(Plan plan, string job) => Kubelet.CommandOf(plan.Only(Job, job))[3];

    private static void Declare(Model model)
    {
        var orders = model.Add(new Queue("orders"));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Publishes(orders);
        model.Add(new ContainerService("worker")).Consumes(orders);
    }
}
