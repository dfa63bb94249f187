using Infra.Components.Brokers;
using Infra.Components.Brokers.Aws;
using Infra.Components.Checks;
using Infra.Components.Networks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Brokers;

public sealed class AwsMessageBrokerTests
{
    private const string Broker = "aws:mq/broker:Broker";

    [Fact]
    public void It_is_a_private_cluster_in_every_zone_in_production_and_one_server_elsewhere()
    {
        var production = AwsPlans.Of(Declare).Only(Broker);
        var staging = AwsPlans.Of(Declare, EnvironmentKind.Staging).Only(Broker);

        Assert.Equal(("CLUSTER_MULTI_AZ", "SINGLE_INSTANCE"), (production.Input("deploymentMode"), staging.Input("deploymentMode")));
        Assert.Equal(
            ("mq.m7g.large", "mq.m7g.medium"),
            (production.Input("hostInstanceType"), staging.Input("hostInstanceType")));
        Assert.Equal("False", production.Input("publiclyAccessible"));
        Assert.NotNull(production.Input("subnetIds[1]"));
        Assert.Null(staging.Input("subnetIds[1]"));
    }

    [Fact]
    public void Its_only_login_of_its_own_is_the_administrators_whose_password_no_plan_shows()
    {
        var broker = AwsPlans.Of(Declare).Only(Broker);

        Assert.Equal("administrator", broker.Input("users[0].username"));
        Assert.StartsWith("[secret", broker.Input("users[0].password"), StringComparison.Ordinal);
        Assert.Null(broker.Input("users[1]"));
    }

    [Fact]
    public void Only_what_sets_up_logins_reaches_the_management_api()
    {
        var plan = AwsPlans.Of(Declare);
        var rules = plan.OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
            .Where(rule => rule.Input("securityGroupId") == "{bus:SecurityGroup.id}")
            .Select(rule => (rule.Input("fromPort"), rule.Input("referencedSecurityGroupId")));

        Assert.Equal([("443", "{bus-setup:SecurityGroup.id}"), ("5671", "{shop:SecurityGroup.id}")], rules.Order());
    }

    [Fact]
    public void One_task_sets_up_the_logins_of_all_consumers_and_they_wait_for_it()
    {
        var plan = AwsPlans.Of(model =>
        {
            Declare(model);
            model.Add(new ContainerService("worker")).Consumes(model.Find<MessageBroker>()!);
        });

        var run = plan.Only("aws:lambda/invocation:Invocation", "bus-grants");
        Assert.Contains(plan.Only(Broker).Urn, run.DependsOn);
        Assert.All(
            ["shop", "worker"],
            name => Assert.Contains(run.Urn, plan.Only("aws:ecs/service:Service", name).DependsOn));
    }

    [Theory]
    [InlineData("mq.m7g.4xlarge", true)]
    [InlineData("mq.m5.large", false)]
    [InlineData("mq.t3.micro", false)]
    [InlineData("m7g.large", false)]
    public void Only_types_that_run_its_version_are_accepted(string type, bool isAccepted)
    {
        var plan = AwsPlans.Try(model =>
            model.Add(new MessageBroker("bus", new() { Tweaks = [new AwsMessageBrokerTweak { InstanceType = type }] })));

        Assert.Equal(
            isAccepted,
            !plan.Findings.Any(finding => finding is { Severity: Severity.Error, Rule.Id: "aws-message-broker-arguments" }));
    }

    [Fact]
    public void A_network_without_a_way_out_wants_an_image_that_lies_inside()
    {
        var plan = AwsPlans.Try(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
            Declare(model);
        });

        Assert.Contains(plan.Findings, finding => finding is { Severity: Severity.Error, Rule.Id: "aws-message-broker-arguments" });
    }

    private static void Declare(Model model) =>
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Calls(model.Add(new MessageBroker("bus")));
}
