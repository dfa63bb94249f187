using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Streams;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Streams;

public sealed class KubernetesEventStreamTests
{
    private const string Servers = "kubernetes:kafka.strimzi.io/v1:Kafka";
    private const string Pool = "kubernetes:kafka.strimzi.io/v1:KafkaNodePool";
    private const string Topic = "kubernetes:kafka.strimzi.io/v1:KafkaTopic";
    private const string User = "kubernetes:kafka.strimzi.io/v1:KafkaUser";

    [Theory]
    [InlineData(EnvironmentKind.Production, "3", "2")]
    [InlineData(EnvironmentKind.Staging, "1", "1")]
    public void Servers_copies_and_what_a_write_waits_for_follow_the_environment(EnvironmentKind environment, string copies, string written)
    {
        var plan = KubernetesPlans.Good(Declare, environment);

        Assert.Equal(copies, plan.Only(Pool).Input("spec.replicas"));
        Assert.Equal(copies, plan.Only(Topic).Input("spec.replicas"));
        var configuration = plan.Only(Servers).JsonInput("spec.kafka.config")!.Value.EnumerateObject()
            .ToDictionary(value => value.Name, value => value.Value.ToString());
        Assert.All(
            configuration.Where(value => value.Key.EndsWith("replication.factor", StringComparison.Ordinal)),
            value => Assert.Equal(copies, value.Value));
        Assert.All(
            configuration.Where(value => value.Key.EndsWith(".isr", StringComparison.Ordinal) || value.Key == "min.insync.replicas"),
            value => Assert.Equal(written, value.Value));
    }

    [Fact]
    public void Volumes_outlive_a_stream_in_production_only()
    {
        Assert.Equal("False", KubernetesPlans.Good(Declare).Only(Pool).Input("spec.storage.volumes[0].deleteClaim"));
        Assert.Equal(
            "True",
            KubernetesPlans.Good(Declare, EnvironmentKind.Preview).Only(Pool).Input("spec.storage.volumes[0].deleteClaim"));
    }

    [Fact]
    public void A_topic_is_an_object_whose_name_no_other_stream_has_whatever_Kafka_calls_it()
    {
        var plan = KubernetesPlans.Good(model =>
        {
            model.Add(new EventStream("aa", new() { Topics = [new() { Name = "b-c" }, new() { Name = "Orders_New" }] }));
            model.Add(new EventStream("aa-b", new() { Topics = [new() { Name = "c" }, new() { Name = "orders-new" }] }));
        });

        var topics = plan.OfType(Topic);
        Assert.Equal(4, topics.Select(topic => topic.Input("metadata.name")).Distinct().Count());
        Assert.Equal(
            ["Orders_New", "b-c", "c", "orders-new"],
            topics.Select(topic => topic.Input("spec.topicName")).Order(StringComparer.Ordinal));
        Assert.Contains(topics, topic => topic.Name == "aa.b-c");
        Assert.All(topics, topic => Assert.Matches(@"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\z", topic.Input("metadata.name")!));
    }

    [Fact]
    public void A_consumer_waits_for_its_login_and_a_login_for_the_topics()
    {
        var plan = KubernetesPlans.Good(Declare);

        Assert.Contains(plan.Only(User).Urn, plan.Only("kubernetes:apps/v1:Deployment", "shop").DependsOn);
        Assert.Contains(plan.Only(Topic).Urn, plan.Only(User).DependsOn);
        Assert.Contains(plan.Only(Servers).Urn, plan.Only(Topic).DependsOn);
    }

    [Fact]
    public void Nobody_but_its_consumers_comes_to_its_listener_whatever_the_operator_opens()
    {
        var listener = KubernetesPlans.Good(Declare).Only(Servers).JsonInput("spec.kafka.listeners[0]")!.Value;

        var peers = listener.GetProperty("networkPolicyPeers");
        Assert.Equal(1, peers.GetArrayLength());
        Assert.Equal(
            "true",
            peers[0].GetProperty("podSelector").GetProperty("matchLabels").GetProperty("infra/uses-events").GetString());
    }

    [Fact]
    public void What_a_client_verifies_is_signed_for_the_name_where_it_begins_and_for_every_server()
    {
        var names = KubernetesPlans.Good(Declare).Only("tls:index/certRequest:CertRequest").JsonInput("dnsNames")!.Value
            .EnumerateArray().Select(name => name.GetString()!).ToList();

        Assert.Contains(names, name => name.StartsWith("events-kafka-bootstrap.", StringComparison.Ordinal)
            && name.EndsWith(".svc.cluster.local", StringComparison.Ordinal));

        // Strimzi tells clients names without the cluster's domain.
        Assert.Contains(names, name => name.StartsWith("*.events-kafka-brokers.", StringComparison.Ordinal)
            && name.EndsWith(".svc", StringComparison.Ordinal));
    }

    [Fact]
    public void The_names_of_its_pods_fit_into_a_label()
    {
        var name = new string('e', 40);
        var plan = KubernetesPlans.Good(model => model.Add(new EventStream(name)));

        Assert.InRange($"{name}-{plan.Only(Pool).Input("metadata.name")}-999".Length, 1, 63);
    }

    [Fact]
    public void Containers_are_hardened_as_restricted_namespaces_demand()
    {
        var plan = KubernetesPlans.Good(Declare);

        Assert.All(
            [
                plan.Only(Pool).JsonInput("spec.template.kafkaContainer.securityContext")!.Value,
                plan.Only(Servers).JsonInput("spec.entityOperator.template.topicOperatorContainer.securityContext")!.Value,
                plan.Only(Servers).JsonInput("spec.entityOperator.template.userOperatorContainer.securityContext")!.Value,
            ],
            context =>
            {
                Assert.False(context.GetProperty("allowPrivilegeEscalation").GetBoolean());
                Assert.True(context.GetProperty("runAsNonRoot").GetBoolean());
                Assert.Equal("ALL", context.GetProperty("capabilities").GetProperty("drop")[0].GetString());
                Assert.Equal("RuntimeDefault", context.GetProperty("seccompProfile").GetProperty("type").GetString());
            });
    }

    [Fact]
    public void Streams_share_the_operator() => Assert.Single(
        KubernetesPlans.Good(model =>
        {
            Declare(model);
            model.Add(new EventStream("audit"));
        }).OfType("kubernetes:helm.sh/v3:Release"),
        release => release.Name == "stream-op");

    private static void Declare(Model model) => model
        .Add(new ContainerService("shop", new() { Port = 8080 }))
        .Publishes(model.Add(new EventStream("events", new() { Topics = [new() { Name = "orders" }] })));
}
