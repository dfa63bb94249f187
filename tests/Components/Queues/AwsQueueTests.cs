using Infra.Components.Queues;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Queues;

public sealed class AwsQueueTests
{
    private const string Type = "aws:sqs/queue:Queue";

    [Fact]
    public void What_nobody_finishes_goes_to_its_own_dead_letters_which_take_them_from_no_other_queue()
    {
        var plan = Plan(new() { MaximumDeliveries = 7, RetentionDays = 3, DeadLetterRetentionDays = 10 });
        var (queue, dead) = (plan.Only(Type, "orders"), plan.Only(Type, "orders-dead"));

        Assert.Equal("7", queue.JsonInput("redrivePolicy")!.Value.At("maxReceiveCount"));
        Assert.True(queue.RefersTo(dead));
        Assert.Equal(("259200", "864000"), (queue.Input("messageRetentionSeconds"), dead.Input("messageRetentionSeconds")));
        var allowed = plan.Only("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy");
        Assert.Equal("byQueue", allowed.JsonInput("redriveAllowPolicy")!.Value.At("redrivePermission"));
        Assert.True(allowed.RefersTo(queue));
        Assert.True(allowed.RefersTo(dead));
    }

    [Fact]
    public void A_sender_may_not_receive_and_a_receiver_not_send()
    {
        var plan = Plan(new());

        Assert.Contains("sqs:SendMessage", Policy(plan, "shop"), StringComparison.Ordinal);
        Assert.DoesNotContain("sqs:ReceiveMessage", Policy(plan, "shop"), StringComparison.Ordinal);
        Assert.Contains("sqs:DeleteMessage", Policy(plan, "worker"), StringComparison.Ordinal);
        Assert.DoesNotContain("sqs:SendMessage", Policy(plan, "worker"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_consumer_elsewhere_has_a_key_and_needs_neither_network_nor_relay()
    {
        var plan = AwsPlans.Of(
            Declare,
            settings: settings => settings with
            {
                Placement = new Dictionary<string, Cloud> { ["shop"] = Cloud.Kubernetes, ["worker"] = Cloud.Kubernetes },
            });

        Assert.Equal("", plan.Errors());
        Assert.NotNull(plan.Only("aws:iam/accessKey:AccessKey", "shop-k8s-orders"));
        Assert.Empty(plan.OfType("aws:ec2/vpc:Vpc"));
        Assert.Empty(plan.OfType("aws:lb/loadBalancer:LoadBalancer"));
    }

    private static string Policy(Plan plan, string consumer) =>
        plan.Only("aws:iam/rolePolicy:RolePolicy", $"{consumer}-orders-access").Input("policy")!;

    private static Plan Plan(QueueArgs args) => AwsPlans.Of(model => Declare(model, args)).WithoutErrors();

    private static void Declare(Model model) => Declare(model, new());

    private static void Declare(Model model, QueueArgs args)
    {
        var orders = model.Add(new Queue("orders", args));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Publishes(orders);
        model.Add(new ContainerService("worker")).Consumes(orders);
    }
}
