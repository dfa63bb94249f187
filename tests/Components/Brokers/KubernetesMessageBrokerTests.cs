using Infra.Components.Brokers;
using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Brokers;

public sealed class KubernetesMessageBrokerTests
{
    private const string Broker = "kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster";

    [Fact]
    public void Three_servers_keep_every_message_in_production_and_one_elsewhere()
    {
        Assert.Equal("3", KubernetesPlans.Good(Declare).Only(Broker).Input("spec.replicas"));
        Assert.Equal("1", KubernetesPlans.Good(Declare, EnvironmentKind.Staging).Only(Broker).Input("spec.replicas"));
    }

    [Fact]
    public void What_a_newer_version_brings_is_enabled_so_that_the_next_one_starts() =>
        Assert.Equal("True", KubernetesPlans.Good(Declare).Only(Broker).Input("spec.autoEnableAllFeatureFlags"));

    [Fact]
    public void Mqtt_is_a_plugin_and_a_port_and_lets_nobody_in_without_a_login()
    {
        var plan = KubernetesPlans.Good(model => Declare(model, mqtt: true));

        Assert.Equal("rabbitmq_mqtt", plan.Only(Broker).Input("spec.rabbitmq.additionalPlugins[0]"));
        Assert.Contains(
            "\nmqtt.allow_anonymous = false\n",
            plan.Only(Broker).Input("spec.rabbitmq.additionalConfig"),
            StringComparison.Ordinal);
        Assert.Contains(Policies(plan), policy => policy.Contains("8883", StringComparison.Ordinal));
        Assert.DoesNotContain(Policies(KubernetesPlans.Good(Declare)), policy => policy.Contains("8883", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_configuration_is_lines_of_a_name_and_a_value(bool mqtt)
    {
        var text = KubernetesPlans.Good(model => Declare(model, mqtt)).Only(Broker).Input("spec.rabbitmq.additionalConfig")!;

        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(@"^[a-z_.]+ = [a-z0-9]+\z", line));
    }

    [Fact]
    public void Queue_and_broker_have_a_cluster_each_and_share_the_operator()
    {
        var plan = KubernetesPlans.Good(model =>
        {
            Declare(model);
            model.Add(new Components.Queues.Queue("orders"));
        });

        Assert.Equal(2, plan.OfType(Broker).Count);
        Assert.Single(plan.OfType("kubernetes:helm.sh/v3:Release"), release => release.Name == "queue-op");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_relay_leads_consumers_of_other_clouds_to_every_protocol(bool mqtt)
    {
        var plan = TestSystems.Plan(
            Cloud.Kubernetes,
            model => Declare(model, mqtt),
            EnvironmentKind.Production,
            settings => settings with { Placement = new Dictionary<string, Cloud> { ["shop"] = Cloud.Aws } });

        Assert.Equal("", plan.Errors());
        var ports = plan.Only("kubernetes:core/v1:Service", "relay").JsonInput("spec.ports")!.Value.EnumerateArray()
            .Select(port => port.GetProperty("name").GetString());
        Assert.Equal(mqtt ? ["bus", "bus--mqtt"] : ["bus"], ports.Order());
        Assert.Equal(mqtt, plan.Only("kubernetes:core/v1:ConfigMap", "relay-configuration").Inputs.ToString()
            .Contains(".svc.cluster.local:8883 ", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Policies(Plan plan) => plan
        .OfType("kubernetes:networking.k8s.io/v1:NetworkPolicy")
        .Where(policy => policy.Name.StartsWith("bus-", StringComparison.Ordinal))
        .Select(policy => policy.Inputs.ToString());

    private static void Declare(Model model) => Declare(model, mqtt: false);

    private static void Declare(Model model, bool mqtt) => model
        .Add(new ContainerService("shop", new() { Port = 8080 }))
        .Calls(model.Add(new MessageBroker("bus", new() { Mqtt = mqtt })));
}
