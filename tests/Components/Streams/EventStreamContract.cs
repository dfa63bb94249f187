using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Streams;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Streams;

/// <summary>What an event stream promises on every cloud.</summary>
public abstract class EventStreamContract(CloudFixture cloud)
{
    /// <summary>How its clients log in.</summary>
    protected virtual string Mechanism => "SCRAM-SHA-512";

    [Fact]
    public void Where_clients_begin_is_known()
    {
        var servers = cloud.PlanWithoutErrors(model => model.Add(new EventStream("events")))
            .Component("events", EventStreamKind.Instance).Outputs.At("bootstrapServers");

        Assert.NotEmpty(servers!);
    }

    [Fact]
    public void Its_consumers_see_the_same_variables_everywhere()
    {
        var variables = Variables(cloud.PlanWithoutErrors(Used), "shop");

        Assert.Equal(EventStreamKind.Instance.ConnectionKeys.Select(key => "EVENTS_" + key.Name).Order(), variables.Keys.Order());
        Assert.Equal(
            ["EVENTS_PASSWORD", "EVENTS_SASL_JAAS_CONFIG"],
            variables.Where(variable => variable.Value.IsSecret).Select(variable => variable.Key).Order());
        Assert.Equal(
            ("SASL_SSL", Mechanism, "shop"),
            (variables["EVENTS_SECURITY_PROTOCOL"].Value, variables["EVENTS_SASL_MECHANISM"].Value, variables["EVENTS_GROUP"].Value));
    }

    [Fact]
    public void Every_consumer_has_a_login_of_its_own_with_what_its_intent_needs()
    {
        var plan = cloud.PlanWithoutErrors(Used);

        var logins = new[] { "sender", "receiver", "shop" }.Select(consumer => Login(plan, consumer)).ToList();
        Assert.Equal(3, logins.Distinct().Count());
        Assert.Equal(
            [
                "topic orders: Describe, Write", "topic payments: Describe, Write",
                "transactionalId sender.*: Describe, Write", "transactionalId sender: Describe, Write",
            ],
            Rights(plan, logins[0]));
        Assert.Equal(
            [
                "group accounting: Describe, Read", "group receiver.*: Describe, Read", "group receiver: Describe, Read",
                "topic orders: Describe, Read", "topic payments: Describe, Read",
            ],
            Rights(plan, logins[1]));
        Assert.Equal(["group *: All", "topic *: All", "transactionalId *: All"], Rights(plan, logins[2]));
    }

    [Fact]
    public void Its_topics_are_as_they_are_declared_and_no_others_come_to_be()
    {
        var plan = cloud.PlanWithoutErrors(Used);

        Assert.Equal(
            [
                $"orders: 12 partitions, {Copies(plan)} copies, cleanup.policy=delete, retention.ms=2592000000",
                $"payments: 6 partitions, {Copies(plan)} copies, cleanup.policy=compact, delete.retention.ms=604800000",
            ],
            TopicsOf(plan));
        Assert.False(MakesTopicsByItself(plan));
    }

    [Fact]
    public void A_consumer_on_another_cloud_is_refused_and_told_what_to_do()
    {
        var elsewhere = cloud.Cloud == Cloud.Aws ? Cloud.Gcp : Cloud.Aws;
        var plan = TestSystems.Plan(
            cloud.Cloud,
            Used,
            EnvironmentKind.Production,
            settings => settings with { Placement = new Dictionary<string, Cloud> { ["shop"] = elsewhere } });

        var refused = Assert.Single(plan.Findings, finding => finding.Severity == Severity.Error);
        Assert.Equal(("link-unreachable", "shop"), (refused.Rule.Id, refused.Component));
        Assert.Contains("infra:placement", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10241)]
    public void What_not_every_cloud_can_keep_is_refused(int storage) =>
        Refused("StorageGiB", new() { StorageGiB = storage });

    [Fact]
    public void Production_is_told_where_it_does_not_survive_the_loss_of_a_machine()
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new EventStream("events")));

        Assert.NotEqual(
            SurvivesMachines(plan),
            plan.Findings.Any(finding =>
                finding is { Component: "events", Severity: Severity.Warning }
                && finding.Rule.Id.EndsWith("-high-availability", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Size.Nano)]
    [InlineData(Size.XXLarge)]
    public void It_has_what_its_size_promises(Size size)
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new EventStream("events", new() { Size = size })));

        Assert.True(CapacityOf(plan).Keeps(EventStreamArgs.Promise(size)));
    }

    /// <summary>What a login may do: each right as <c>topic orders: Describe, Read</c>, a star behind what names only begin with.</summary>
    protected abstract IEnumerable<string> RightsOf(Plan plan, string login);

    /// <summary>The topics, each as <c>orders: 12 partitions, 3 copies, cleanup.policy=delete</c>.</summary>
    protected abstract IEnumerable<string> TopicsOf(Plan plan);

    /// <summary>Whether whoever writes to a topic that there is not makes it.</summary>
    protected abstract bool MakesTopicsByItself(Plan plan);

    /// <summary>How many copies of a record there are.</summary>
    protected virtual int Copies(Plan plan) => 3;

    /// <summary>Whether the stream goes on when a machine is lost.</summary>
    protected abstract bool SurvivesMachines(Plan plan);

    /// <summary>What each server has.</summary>
    protected abstract Capacity CapacityOf(Plan plan);

    private static void Used(Model model)
    {
        var events = model.Add(new EventStream("events", new()
        {
            Topics =
            [
                new() { Name = "orders", Partitions = 12, RetentionDays = 30 },
                new() { Name = "payments", Compacted = true },
            ],
            Groups = ["accounting"],
        }));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Calls(events);
        model.Add(new ContainerService("sender", new() { Port = 8080 })).Publishes(events);
        model.Add(new ContainerService("receiver")).Consumes(events);
    }

    private void Refused(string argument, EventStreamArgs args)
    {
        var plan = cloud.Plan(model => model.Add(new EventStream("events", args)));

        Assert.Contains(plan.Findings, finding =>
            finding is { Severity: Severity.Error, Rule.Id: "event-stream-arguments" }
            && finding.Message.Contains(argument, StringComparison.Ordinal));
    }

    private IReadOnlyDictionary<string, Variable> Variables(Plan plan, string consumer) => cloud.VariablesOf(plan, consumer)
        .Where(variable => variable.Key.StartsWith("EVENTS_", StringComparison.Ordinal))
        .ToDictionary();

    private string Login(Plan plan, string consumer) => Variables(plan, consumer)["EVENTS_USERNAME"].Value!;

    private IEnumerable<string> Rights(Plan plan, string login) => RightsOf(plan, login).Order(StringComparer.Ordinal);
}
