using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Streams;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Streams;

/// <summary>What is refused of an event stream, whatever the cloud.</summary>
public sealed class EventStreamTests
{
    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("new orders")]
    [InlineData("__consumer_offsets")]
    [InlineData("orders\n")]
    public void A_topic_that_Kafka_would_not_take_is_refused(string name) => Refused("Topics.Name", new StreamTopic { Name = name });

    [Theory]
    [InlineData("orders", "orders")]
    [InlineData("orders.new", "orders_new")]
    public void Topics_that_Kafka_takes_for_the_same_are_refused(string one, string other) =>
        Refused("Topics.Name", new() { Name = one }, new() { Name = other });

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public void Partitions_have_a_range(int partitions) =>
        Refused("Topics.Partitions of 'orders'", new StreamTopic { Name = "orders", Partitions = partitions });

    [Theory]
    [InlineData(0)]
    [InlineData(3651)]
    public void Days_of_retention_have_a_range(int days) =>
        Refused("Topics.RetentionDays of 'orders'", new StreamTopic { Name = "orders", RetentionDays = days });

    [Theory]
    [InlineData("")]
    [InlineData("all of them")]
    [InlineData("*")]
    public void A_group_has_a_name(string group) => Refused("Groups", new EventStreamArgs { Groups = [group] });

    [Theory]
    [InlineData(Intent.Publish)]
    [InlineData(Intent.Consume)]
    public void Who_publishes_or_consumes_where_there_is_no_topic_is_told_so(Intent intent)
    {
        var plan = KubernetesPlans.Plan(model =>
        {
            var shop = model.Add(new ContainerService("shop"));
            var events = model.Add(new EventStream("events"));
            if (intent == Intent.Publish) shop.Publishes(events);
            else shop.Consumes(events);
        });

        Assert.Contains(plan.Findings, finding => finding is { Component: "shop", Rule.Id: "event-stream-topics" });
    }

    [Fact]
    public void Who_makes_its_topics_itself_needs_none() => KubernetesPlans.Good(model =>
        model.Add(new ContainerService("shop")).Calls(model.Add(new EventStream("events"))));

    private static void Refused(string argument, params IReadOnlyList<StreamTopic> topics) =>
        Refused(argument, new EventStreamArgs { Topics = topics });

    private static void Refused(string argument, EventStreamArgs args)
    {
        var plan = KubernetesPlans.Plan(model => model.Add(new EventStream("events", args)));

        Assert.Contains(plan.Findings, finding =>
            finding is { Severity: Severity.Error, Rule.Id: "event-stream-arguments" }
            && finding.Message.StartsWith($"{argument} is ", StringComparison.Ordinal));
    }
}
