using System.Globalization;
using System.Text.Json;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;

namespace Infra.Tests.Streams;

public sealed class EventStreamOnAws() : EventStreamContract(new AwsFixture())
{
    private static readonly (string Option, string Word)[] Resources =
        [("--topic", "topic"), ("--group", "group"), ("--transactional-id", "transactionalId")];

    // What the script of the task adds for the login.
    protected override IEnumerable<string> RightsOf(Plan plan, string login) => plan.OfType("aws:ecs/taskDefinition:TaskDefinition")
        .Select(task => JsonDocument.Parse(task.Input("containerDefinitions")!).RootElement[0].At("command[0]") ?? "")
        .SelectMany(script => script.Split('\n'))
        .Where(line => line.StartsWith("acls --add ", StringComparison.Ordinal))
        .Select(line => line.Split(' '))
        .Where(words => After(words, "--allow-principal").Contains($"User:{login}"))
        .SelectMany(words => Resources.SelectMany(resource => After(words, resource.Option).Select(name =>
        {
            var star = words.Contains("prefixed") ? "*" : "";
            return $"{resource.Word} {name.Trim('\'')}{star}: {string.Join(", ", After(words, "--operation"))}";
        })));

    protected override IEnumerable<string> TopicsOf(Plan plan) => plan.OfType("aws:msk/topic:Topic").Select(topic =>
    {
        var configuration = JsonDocument.Parse(topic.Input("configs")!).RootElement.EnumerateObject()
            .Select(value => $"{value.Name}={value.Value}");
        return $"{topic.Input("name")}: {topic.Input("partitionCount")} partitions, {topic.Input("replicationFactor")} copies, "
            + string.Join(", ", configuration);
    });

    protected override bool MakesTopicsByItself(Plan plan) => !plan.Only("aws:msk/configuration:Configuration")
        .Input("serverProperties")!.Contains("auto.create.topics.enable=false", StringComparison.Ordinal);

    protected override bool SurvivesMachines(Plan plan) => plan.Only("aws:msk/cluster:Cluster").Input("numberOfBrokerNodes") == "3";

    protected override Capacity CapacityOf(Plan plan) =>
        plan.Only("aws:msk/cluster:Cluster").Input("brokerNodeGroupInfo.instanceType") switch
        {
            "kafka.m5.large" => new(2, 8),
            "kafka.m5.4xlarge" => new(16, 64),
            var other => throw new ArgumentOutOfRangeException(nameof(plan), other, "no type that a test knows"),
        };

    private static IEnumerable<string> After(string[] words, string option) =>
        words.Zip(words.Skip(1)).Where(pair => pair.First == option).Select(pair => pair.Second);
}

public sealed class EventStreamOnGoogleCloud() : EventStreamContract(new GcpFixture())
{
    private const string Cluster = "gcp:managedkafka/cluster:Cluster";

    private static readonly Dictionary<string, string> Everything = new(StringComparer.Ordinal)
    {
        ["allTopics"] = "topic *",
        ["allConsumerGroups"] = "group *",
        ["allTransactionalIds"] = "transactionalId *",
    };

    protected override string Mechanism => "PLAIN";

    protected override IEnumerable<string> RightsOf(Plan plan, string login) => plan.OfType("gcp:managedkafka/acl:Acl")
        .Select(list => (Of: WordsOf(list.Input("aclId")!), Operations: list.JsonInput("aclEntries")!.Value.EnumerateArray()
            .Where(entry => entry.At("principal") == $"User:{login}")
            .Select(entry => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(entry.At("operation")!.ToLowerInvariant()))
            .ToList()))
        .Where(list => list.Operations.Count > 0)
        .Select(list => $"{list.Of}: {string.Join(", ", list.Operations)}");

    protected override IEnumerable<string> TopicsOf(Plan plan) => plan.OfType("gcp:managedkafka/topic:Topic").Select(topic =>
    {
        var configuration = topic.JsonInput("configs")!.Value.EnumerateObject()
            .Where(value => value.Name != "min.insync.replicas")
            .Select(value => $"{value.Name}={value.Value}");
        return $"{topic.Input("topicId")}: {topic.Input("partitionCount")} partitions, {topic.Input("replicationFactor")} copies, "
            + string.Join(", ", configuration);
    });

    // Only who may create a topic makes one by writing to it, and nobody may who publishes or consumes.
    protected override bool MakesTopicsByItself(Plan plan) => plan.OfType("gcp:managedkafka/acl:Acl").Any(list =>
        list.Input("aclEntries")!.Contains("\"CREATE\"", StringComparison.Ordinal));

    protected override bool SurvivesMachines(Plan plan) =>
        plan.OfType("gcp:managedkafka/topic:Topic").All(topic => topic.Input("replicationFactor") == "3");

    // Of one of the three servers.
    protected override Capacity CapacityOf(Plan plan) => new(
        Number(plan.Only(Cluster).Input("capacityConfig.vcpuCount")!) / 3,
        Number(plan.Only(Cluster).Input("capacityConfig.memoryBytes")!) / 3 / (1L << 30));

    private static string WordsOf(string list)
    {
        if (Everything.TryGetValue(list, out var words)) return words;
        if (list == "cluster") return list;
        var (word, name) = (list[..list.IndexOf('/', StringComparison.Ordinal)], list[(list.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        var star = word.EndsWith("Prefixed", StringComparison.Ordinal) ? "*" : "";
        word = word.Replace("Prefixed", "", StringComparison.Ordinal).Replace("consumerGroup", "group", StringComparison.Ordinal);
        return $"{word} {name}{star}";
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

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
