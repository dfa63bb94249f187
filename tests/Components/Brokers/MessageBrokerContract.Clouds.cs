using System.Globalization;
using System.Text.Json;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;

namespace Infra.Tests.Brokers;

public sealed class MessageBrokerOnAws() : MessageBrokerContract(new AwsFixture())
{
    protected override bool SpeaksMqtt => false;

    protected override string ScriptOf(Plan plan, string login) => plan.OfType("aws:ecs/taskDefinition:TaskDefinition")
        .Select(task => JsonDocument.Parse(task.Input("containerDefinitions")!).RootElement[0].At("command[0]") ?? "")
        .Single(script => script.Contains($"users/{login} ", StringComparison.Ordinal));

    protected override bool SurvivesMachines(Plan plan) =>
        plan.Only("aws:mq/broker:Broker").Input("deploymentMode") == "CLUSTER_MULTI_AZ";

    protected override Capacity CapacityOf(Plan plan) => plan.Only("aws:mq/broker:Broker").Input("hostInstanceType") switch
    {
        "mq.m7g.large" => new(2, 8),
        "mq.m7g.2xlarge" => new(8, 32),
        var other => throw new ArgumentOutOfRangeException(nameof(plan), other, "no type that a test knows"),
    };
}

public sealed class MessageBrokerOnGoogleCloud() : MessageBrokerContract(new GcpFixture())
{
    protected override string ScriptOf(Plan plan, string login) => plan.OfType("gcp:cloudrunv2/job:Job")
        .Select(job => job.Input("template.template.containers[0].commands[3]")!)
        .Single(script => script.Contains($"users/{login} ", StringComparison.Ordinal));

    protected override bool SurvivesMachines(Plan plan) => false;

    protected override Capacity CapacityOf(Plan plan) => plan.Only("gcp:compute/instance:Instance").Input("machineType") switch
    {
        "e2-small" => new(0.5, 2),
        "e2-standard-8" => new(8, 32),
        var other => throw new ArgumentOutOfRangeException(nameof(plan), other, "no type that a test knows"),
    };
}

public sealed class MessageBrokerOnScaleway() : MessageBrokerInCluster(new ScalewayFixture());

public sealed class MessageBrokerOnOvh() : MessageBrokerInCluster(new OvhFixture());

public sealed class MessageBrokerOnKubernetes() : MessageBrokerInCluster(new KubernetesFixture());

/// <summary>How the promises show where RabbitMQ in a cluster keeps them.</summary>
public abstract class MessageBrokerInCluster(CloudFixture cloud) : MessageBrokerContract(cloud)
{
    private const string Broker = "kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster";

    protected override string ScriptOf(Plan plan, string login) =>
        Kubelet.CommandOf(plan.Only("kubernetes:batch/v1:Job", $"{login}-grant"))[3];

    protected override bool SurvivesMachines(Plan plan) => plan.Only(Broker).Input("spec.replicas") == "3";

    protected override Capacity CapacityOf(Plan plan)
    {
        var broker = plan.Only(Broker);
        return new(
            Number(broker.Input("spec.resources.requests.cpu")!.TrimEnd('m')) / 1000,
            Number(broker.Input("spec.resources.requests.memory")!.Replace("Mi", "", StringComparison.Ordinal)) / 1024);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
