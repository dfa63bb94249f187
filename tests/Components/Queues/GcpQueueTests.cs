using Infra.Components.Queues;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Queues;

public sealed class GcpQueueTests
{
    private const string Subscription = "gcp:pubsub/subscription:Subscription";
    private const string Sender = "gcp:pubsub/topicIAMMember:TopicIAMMember";
    private const string Receiver = "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember";

    [Fact]
    public void Dead_letters_are_kept_by_a_subscription_of_their_own_and_moved_by_Pub_Subs_own_agent()
    {
        var plan = GcpPlans.Good(Declare);
        var (dead, agent) = (plan.Only("gcp:pubsub/topic:Topic", "orders-dead"), plan.Only("gcp:projects/serviceIdentity:ServiceIdentity"));

        Assert.True(plan.Only(Subscription, "orders").RefersTo(dead));
        Assert.True(plan.Only(Subscription, "orders-dead").RefersTo(dead));
        Assert.Equal("pubsub.googleapis.com", agent.Input("service"));
        Assert.True(plan.Only(Sender, "orders-dead-writer").RefersTo(agent));
        Assert.True(plan.Only(Sender, "orders-dead-writer").RefersTo(dead));
        Assert.True(plan.Only(Receiver, "orders-dead-mover").RefersTo(agent));
        Assert.True(plan.Only(Receiver, "orders-dead-mover").RefersTo(plan.Only(Subscription, "orders")));
    }

    [Fact]
    public void A_subscription_that_nobody_reads_stays_and_messages_stay_in_the_region()
    {
        var plan = GcpPlans.Good(Declare);

        Assert.All(plan.OfType(Subscription), subscription => Assert.Equal("", subscription.Input("expirationPolicy.ttl")));
        Assert.All(
            plan.OfType("gcp:pubsub/topic:Topic"),
            topic => Assert.Equal("europe-west9", topic.Input("messageStoragePolicy.allowedPersistenceRegions[0]")));
    }

    [Fact]
    public void A_sender_is_known_to_the_topic_and_a_receiver_to_the_subscription()
    {
        var plan = GcpPlans.Good(Declare);

        Assert.Equal("roles/pubsub.publisher", plan.Only(Sender, "shop-orders-access").Input("role"));
        Assert.Equal("roles/pubsub.subscriber", plan.Only(Receiver, "worker-orders-access").Input("role"));
    }

    [Fact]
    public void A_consumer_elsewhere_has_one_key_for_all_its_queues_and_is_told_what_must_allow_it()
    {
        var plan = GcpPlans.Plan(
            model =>
            {
                var (orders, mails) = (model.Add(new Queue("orders")), model.Add(new Queue("mails")));
                model.Add(new ContainerService("shop", new() { Port = 8080 })).Publishes(orders).Publishes(mails);
            },
            settings: GcpPlans.Placing("shop", Cloud.Kubernetes));

        Assert.Equal("", plan.Errors());
        var key = plan.Only("gcp:serviceaccount/key:Key");
        Assert.Equal("shop-k8s-key", key.Name);
        Assert.True(plan.Only("kubernetes:core/v1:Secret", "shop").RefersTo(key));
        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "gcp-queue-keys", Component: "mails" });
        Assert.Empty(plan.OfType("gcp:compute/network:Network"));
    }

    private static void Declare(Model model)
    {
        var orders = model.Add(new Queue("orders"));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Publishes(orders);
        model.Add(new ContainerService("worker")).Consumes(orders);
    }
}
