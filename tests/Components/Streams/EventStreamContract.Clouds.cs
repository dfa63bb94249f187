using System.Globalization;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;

namespace Infra.Tests.Streams;

public sealed class EventStreamOnScaleway() : EventStreamInCluster(new ScalewayFixture());

public sealed class EventStreamOnOvh() : EventStreamInCluster(new OvhFixture());

public sealed class EventStreamOnKubernetes() : EventStreamInCluster(new KubernetesFixture());

/// <summary>How the promises show where Strimzi in a cluster keeps them.</summary>
public abstract class EventStreamInCluster(CloudFixture cloud) : EventStreamContract(cloud)
{
    private const string Servers = "kubernetes:kafka.strimzi.io/v1:Kafka";
    private const string Pool = "kubernetes:kafka.strimzi.io/v1:KafkaNodePool";
    private const string Topic = "kubernetes:kafka.strimzi.io/v1:KafkaTopic";
    private const string User = "kubernetes:kafka.strimzi.io/v1:KafkaUser";

    protected override IEnumerable<string> RightsOf(Plan plan, string login) =>
        plan.Only(User, login).JsonInput("spec.authorization.acls")!.Value.EnumerateArray().Select(right =>
        {
            var star = right.At("resource.patternType") == "prefix" ? "*" : "";
            var operations = right.GetProperty("operations").EnumerateArray().Select(operation => operation.GetString());
            return $"{right.At("resource.type")} {right.At("resource.name")}{star}: {string.Join(", ", operations)}";
        });

    protected override IEnumerable<string> TopicsOf(Plan plan) => plan.OfType(Topic).Select(topic =>
    {
        var configuration = topic.JsonInput("spec.config")!.Value.EnumerateObject().Select(value => $"{value.Name}={value.Value}");
        return $"{topic.Input("spec.topicName")}: {topic.Input("spec.partitions")} partitions, {topic.Input("spec.replicas")} copies, "
            + string.Join(", ", configuration);
    });

    protected override bool MakesTopicsByItself(Plan plan) =>
        !plan.Only(Servers).Inputs.ToString().Contains("\"auto.create.topics.enable\":false", StringComparison.Ordinal);

    protected override bool SurvivesMachines(Plan plan) => plan.Only(Pool).Input("spec.replicas") == "3";

    protected override Capacity CapacityOf(Plan plan)
    {
        var pool = plan.Only(Pool);
        return new(
            Number(pool.Input("spec.resources.requests.cpu")!.TrimEnd('m')) / 1000,
            Number(pool.Input("spec.resources.requests.memory")!.Replace("Mi", "", StringComparison.Ordinal)) / 1024);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
