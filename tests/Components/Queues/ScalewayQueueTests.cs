using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Queues;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Queues;

public sealed class ScalewayQueueTests
{
    private const string Activation = "scaleway:mnq/sqs:Sqs";
    private const string Key = "scaleway:mnq/sqsCredentials:SqsCredentials";
    private const string Type = "scaleway:mnq/sqsQueue:SqsQueue";

    [Fact]
    public void The_service_is_activated_once_for_all_queues_and_stays_when_the_stack_goes()
    {
        var plan = Plan(new());
        var activation = plan.Only(Activation);

        Assert.True(RegisteredOptions.Of(Cloud.Scaleway, Activation, model => model.Add(new Queue("orders")))["messaging"].RetainOnDelete);
        Assert.Equal(4, plan.OfType(Type).Count);
        Assert.All(plan.OfType(Type), queue => Assert.True(queue.RefersTo(plan.Only(Key, "messaging-manager"))));
        Assert.Contains(activation.Urn, plan.Only(Key, "messaging-manager").DependsOn);
    }

    [Fact]
    public void Where_another_stack_of_the_project_has_activated_it_that_is_not_tried_again()
    {
        var plan = Plan(new(), settings => settings with
        {
            Accounts = settings.Accounts with { Scaleway = settings.Accounts.Scaleway! with { QueuesActive = true } },
        });

        Assert.Empty(plan.OfType(Activation));
        Assert.Equal("https://sqs.mnq.fr-par.scaleway.com", plan.Only(Type, "orders").Input("sqsEndpoint"));
    }

    [Fact]
    public void A_key_of_a_consumer_does_what_its_link_says_and_makes_no_queues()
    {
        var plan = Plan(new());

        Assert.Equal(("True", "False", "False"), Permissions("shop-orders"));
        Assert.Equal(("False", "True", "False"), Permissions("worker-orders"));
        Assert.Contains(plan.Only(Key, "shop-orders").Urn, plan.Only("kubernetes:apps/v1:Deployment", "shop").DependsOn);

        (string?, string?, string?) Permissions(string name) => (
            plan.Only(Key, name).Input("permissions.canPublish"),
            plan.Only(Key, name).Input("permissions.canReceive"),
            plan.Only(Key, name).Input("permissions.canManage"));
    }

    [Fact]
    public void A_queue_needs_no_cluster() =>
        Assert.Empty(ScalewayPlans.Of(model => model.Add(new Queue("orders"))).OfType("scaleway:kubernetes/cluster:Cluster"));

    [Fact]
    public void Warsaw_has_none()
    {
        var plan = ScalewayPlans.Try(
            model => model.Add(new Queue("orders")),
            settings: settings => settings with { Regions = new Dictionary<Cloud, string> { [Cloud.Scaleway] = "pl-waw" } });

        Assert.Contains(
            plan.Findings,
            finding => finding is { Severity: Severity.Error, Rule.Id: "scaleway-queue-region" }
                && finding.Message.StartsWith("pl-waw has no queues; allowed: fr-par, nl-ams.", StringComparison.Ordinal));
    }

    [Fact]
    public void That_keys_open_every_queue_of_the_project_is_said_about_sensitive_data()
    {
        var plan = Plan(new() { DataClass = DataClass.Personal });

        Assert.Contains(
            plan.Findings,
            finding => finding is { Severity: Severity.Warning, Rule.Id: "scaleway-queue-access", Component: "orders" });
        Assert.DoesNotContain(plan.Findings, finding => finding is { Rule.Id: "scaleway-queue-access", Component: "mails" });
    }

    private static Plan Plan(QueueArgs args, Func<StackSettings, StackSettings>? settings = null) => ScalewayPlans.Of(
        model =>
        {
            var orders = model.Add(new Queue("orders", args));
            var mails = model.Add(new Queue("mails"));
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Publishes(orders);
            model.Add(new ContainerService("worker")).Consumes(orders).Publishes(mails);
        },
        settings: settings);
}
