using Infra.Plans;
using Infra.Tests.Testing;

namespace Infra.Tests.Queues;

public sealed class QueueOnAws() : QueueContract(new AwsFixture(), "sqs", "identity")
{
    protected override IEnumerable<string> Grants(Plan plan, string consumer) =>
        plan.Of(consumer)
        .Where(resource => resource.TypeName == "RolePolicy")
        .Select(policy => policy.Input("policy")!)
        .Where(policy => policy.Contains("sqs:", StringComparison.Ordinal));
}

public sealed class QueueOnGoogleCloud() : QueueContract(new GcpFixture(), "pubsub", "identity")
{
    protected override IEnumerable<string> Grants(Plan plan, string consumer) => plan.Of(consumer)
        .Where(resource => resource.TypeName is "TopicIAMMember" or "SubscriptionIAMMember")
        .Select(member => $"{member.Input("role")} of {member.Input("topic") ?? member.Input("subscription")}");
}

public sealed class QueueOnScaleway() : QueueContract(new ScalewayFixture(), "sqs", "keys")
{
    protected override IEnumerable<string> Grants(Plan plan, string consumer) => plan.Of(consumer)
        .Where(resource => resource.TypeName == "SqsCredentials")
        .Select(key => $"{key.Name}: {key.Input("permissions")}");
}

public sealed class QueueOnOvh() : QueueInCluster(new OvhFixture());

public sealed class QueueOnKubernetes() : QueueInCluster(new KubernetesFixture());

/// <summary>How the promises show where a broker in a cluster keeps them.</summary>
public abstract class QueueInCluster(CloudFixture cloud) : QueueContract(cloud, "amqp", "login")
{
    protected override IEnumerable<string> Grants(Plan plan, string consumer) => plan.Of(consumer)
        .Where(resource => resource.TypeName == "Job" && resource.Name.EndsWith("-grant", StringComparison.Ordinal))
        .Select(grant => grant.Input("spec.template.spec.containers[0].command[3]")!);
}
