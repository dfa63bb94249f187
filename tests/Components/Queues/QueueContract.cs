using System.Text.Json;
using Infra.Components.Checks;
using Infra.Components.Queues;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Queues;

/// <summary>What a queue promises on every cloud; the protocol, and how consumers prove who they are, is the cloud's choice.</summary>
public abstract class QueueContract(CloudFixture cloud, string protocol, string credentials)
{
    [Fact]
    public void Its_name_its_dead_letters_and_its_endpoint_are_known() =>
        Assert.All(["queueName", "deadLetterName", "endpoint"], key => Assert.NotEmpty(Outputs(cloud.PlanWithoutErrors(Alone)).At(key)!));

    [Theory]
    [InlineData("shop")]
    [InlineData("worker")]
    public void Its_consumers_see_the_same_variables_everywhere(string consumer)
    {
        var variables = cloud.VariablesOf(cloud.PlanWithoutErrors(Used), consumer);
        var seen = variables.Where(variable => variable.Key.StartsWith("ORDERS_", StringComparison.Ordinal)).ToDictionary();

        Assert.Equal(QueueKind.Instance.ConnectionKeys.Select(key => "ORDERS_" + key.Name).Order(), seen.Keys.Order());
        Assert.Equal(protocol, seen["ORDERS_PROTOCOL"].Value);
        Assert.Equal(credentials, seen["ORDERS_CREDENTIALS"].Value);
        Assert.Equal(
            credentials switch { "keys" => ["ORDERS_SECRET_ACCESS_KEY"], "login" => ["ORDERS_PASSWORD"], _ => Array.Empty<string>() },
            seen.Where(variable => variable.Value.IsSecret).Select(variable => variable.Key));
    }

    [Fact]
    public void That_personal_data_lies_unencrypted_is_no_mere_information()
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new Queue("orders", new() { DataClass = DataClass.Personal })));

        Assert.Equal(
            plan.Findings.Any(finding => finding is { Component: "orders" } && IsAboutEncryption(finding)),
            plan.Findings.Any(finding => finding is { Component: "orders", Severity: Severity.Warning } && IsAboutEncryption(finding)));
    }

    [Fact]
    public void A_sender_may_send_a_receiver_receive_and_one_without_a_link_nothing()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            Used(model);
            model.Add(new ContainerService("stranger", new() { Port = 8080 }));
        });

        Assert.Single(Grants(plan, "shop"));
        Assert.Single(Grants(plan, "worker"));
        Assert.NotEqual(Grants(plan, "shop").Single().Replace("shop", "worker", StringComparison.Ordinal), Grants(plan, "worker").Single());
        Assert.Empty(Grants(plan, "stranger"));
    }

    [Theory]
    [InlineData(9, 4, 5, 14)]
    [InlineData(601, 4, 5, 14)]
    [InlineData(30, 0, 5, 14)]
    [InlineData(30, 14, 5, 14)]
    [InlineData(30, 4, 4, 14)]
    [InlineData(30, 4, 101, 14)]
    [InlineData(30, 4, 5, 4)]
    [InlineData(30, 4, 5, 15)]
    public void What_not_every_cloud_can_keep_is_refused(int visibilitySeconds, int retentionDays, int deliveries, int deadLetterDays)
    {
        var plan = cloud.Plan(model => model.Add(new Queue("orders", new()
        {
            VisibilitySeconds = visibilitySeconds,
            RetentionDays = retentionDays,
            MaximumDeliveries = deliveries,
            DeadLetterRetentionDays = deadLetterDays,
        })));

        Assert.Equal(
            ["queue-arguments"],
            plan.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Rule.Id).Distinct());
    }

    [Theory]
    [InlineData(10, 1, 5, 2)]
    [InlineData(600, 13, 100, 14)]
    public void The_ends_of_every_range_are_accepted(int visibilitySeconds, int retentionDays, int deliveries, int deadLetterDays) =>
        cloud.PlanWithoutErrors(model => model.Add(new Queue("orders", new()
        {
            VisibilitySeconds = visibilitySeconds,
            RetentionDays = retentionDays,
            MaximumDeliveries = deliveries,
            DeadLetterRetentionDays = deadLetterDays,
        })));

    /// <summary>What a consumer may do with queues, a line for each.</summary>
    protected abstract IEnumerable<string> Grants(Plan plan, string consumer);

    /// <summary>The queue's outputs.</summary>
    protected static JsonElement Outputs(Plan plan) => plan.Component("orders", QueueKind.Instance).Outputs;

    private static bool IsAboutEncryption(Finding finding) => finding.Rule.Id.EndsWith("-encryption", StringComparison.Ordinal);

    private static void Alone(Model model) => model.Add(new Queue("orders"));

    private static void Used(Model model)
    {
        var orders = model.Add(new Queue("orders"));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Publishes(orders);
        model.Add(new ContainerService("worker")).Consumes(orders);
    }
}
