using Infra.Components.Queues;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Queues;

public sealed class OvhQueueTests
{
    [Fact]
    public void A_queue_alone_has_a_cluster_to_run_in()
    {
        var plan = new OvhFixture().PlanWithoutErrors(model => model.Add(new Queue("orders")));

        Assert.NotEmpty(plan.OfType("ovh:CloudProject/kube:Kube"));
        Assert.NotEmpty(plan.OfType("kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster"));
    }
}
