using Infra.Components.Checks;
using Infra.Components.Networks;
using Infra.Components.Services;
using Infra.Components.Streams;
using Infra.Components.Streams.Aws;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Streams;

public sealed class AwsEventStreamTests
{
    private const string Cluster = "aws:msk/cluster:Cluster";
    private const string Topic = "aws:msk/topic:Topic";
    private const string Association = "aws:msk/singleScramSecretAssociation:SingleScramSecretAssociation";

    [Theory]
    [InlineData(EnvironmentKind.Production, "3", "2")]
    [InlineData(EnvironmentKind.Staging, "2", "1")]
    public void Servers_zones_and_copies_follow_the_environment(EnvironmentKind environment, string copies, string written)
    {
        var plan = AwsPlans.Of(Declare, environment);

        var cluster = plan.Only(Cluster);
        Assert.Equal(copies, cluster.Input("numberOfBrokerNodes"));
        Assert.Equal(
            copies,
            cluster.JsonInput("brokerNodeGroupInfo.clientSubnets")!.Value.GetArrayLength().ToString(
                System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(copies, plan.Only(Topic).Input("replicationFactor"));
        var properties = plan.Only("aws:msk/configuration:Configuration").Input("serverProperties")!;
        Assert.Contains($"default.replication.factor={copies}\n", properties, StringComparison.Ordinal);
        Assert.Contains($"min.insync.replicas={written}\n", properties, StringComparison.Ordinal);
    }

    [Fact]
    public void Clients_log_in_over_TLS_and_in_no_other_way()
    {
        var cluster = AwsPlans.Of(Declare).Only(Cluster);

        Assert.Equal("True", cluster.Input("clientAuthentication.sasl.scram"));
        Assert.Null(cluster.Input("clientAuthentication.unauthenticated"));
        Assert.Null(cluster.Input("clientAuthentication.sasl.iam"));
        Assert.Equal("TLS", cluster.Input("encryptionInfo.encryptionInTransit.clientBroker"));
    }

    [Fact]
    public void A_login_is_a_secret_of_the_name_and_with_the_key_that_Amazon_MSK_asks_for()
    {
        var plan = AwsPlans.Of(Declare);

        var secrets = plan.OfType("aws:secretsmanager/secret:Secret").Where(secret => secret.Input("kmsKeyId") is not null).ToList();
        Assert.Equal(["events-administrator", "shop-events-login"], secrets.Select(secret => secret.Name).Order());
        Assert.All(secrets, secret => Assert.StartsWith("AmazonMSK_", secret.Input("namePrefix"), StringComparison.Ordinal));
        Assert.Equal("True", plan.Only("aws:kms/key:Key").Input("enableKeyRotation"));
    }

    [Fact]
    public void Nobody_can_log_in_before_what_everybody_may_do_is_written_down()
    {
        var plan = AwsPlans.Of(Declare);

        var run = plan.Only("aws:lambda/invocation:Invocation", "events-grants");
        Assert.Contains(plan.Only(Association, "events-administrator").Urn, run.DependsOn);
        var login = plan.Only(Association, "shop-events-login");
        Assert.Contains(run.Urn, login.DependsOn);
        Assert.Contains(login.Urn, plan.Only("aws:ecs/service:Service", "shop").DependsOn);
    }

    [Fact]
    public void What_sets_up_logins_reads_the_administrators_secret_and_may_decrypt_it()
    {
        var policy = AwsPlans.Of(Declare).Only("aws:iam/rolePolicy:RolePolicy", "events-grants").Input("policy")!;

        Assert.Contains("{events-administrator:Secret.arn}", policy, StringComparison.Ordinal);
        Assert.Contains("kms:Decrypt", policy, StringComparison.Ordinal);
        Assert.Contains("{events:Key.arn}", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_consumers_and_what_sets_up_their_logins_reach_the_servers()
    {
        var rules = AwsPlans.Of(Declare).OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
            .Where(rule => rule.Input("securityGroupId") == "{events:SecurityGroup.id}")
            .Select(rule => (rule.Input("fromPort"), rule.Input("referencedSecurityGroupId")));

        Assert.Equal([("9096", "{events-setup:SecurityGroup.id}"), ("9096", "{shop:SecurityGroup.id}")], rules.Order());
    }

    [Fact]
    public void Topics_and_servers_are_protected_in_production()
    {
        Assert.All([Protected(EnvironmentKind.Production, Cluster), Protected(EnvironmentKind.Production, Topic)], Assert.True);
        Assert.All([Protected(EnvironmentKind.Staging, Cluster), Protected(EnvironmentKind.Staging, Topic)], Assert.False);

        static bool Protected(EnvironmentKind environment, string type) => AwsPlans.Of(Declare, environment).Only(type).Protect;
    }

    [Fact]
    public void Topics_of_two_streams_whose_names_run_together_are_two() => Assert.Equal(
        ["aa-b.c", "aa.b-c"],
        AwsPlans.Of(model =>
        {
            model.Add(new EventStream("aa", new() { Topics = [new() { Name = "b-c" }] }));
            model.Add(new EventStream("aa-b", new() { Topics = [new() { Name = "c" }] }));
        }).OfType(Topic).Select(topic => topic.Name).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("kafka.m7g.large", true)]
    [InlineData("kafka.m5.24xlarge", true)]
    [InlineData("kafka.t3.small", false)]
    [InlineData("express.m7g.large", false)]
    [InlineData("m5.large", false)]
    public void Only_sizes_that_run_its_version_are_accepted(string type, bool isAccepted)
    {
        var plan = AwsPlans.Try(model =>
            model.Add(new EventStream("events", new() { Tweaks = [new AwsEventStreamTweak { InstanceType = type }] })));

        Assert.Equal(
            isAccepted,
            !plan.Findings.Any(finding => finding is { Severity: Severity.Error, Rule.Id: "aws-event-stream-arguments" }));
    }

    [Fact]
    public void More_partitions_than_Amazon_MSK_changes_are_told() => Assert.Contains(
        AwsPlans.Try(model => model.Add(new EventStream("events", new()
        {
            Topics = [.. Enumerable.Range(1, 8).Select(number => new StreamTopic { Name = $"topic-{number}", Partitions = 200 })],
        }))).Findings,
        finding => finding.Rule.Id == "aws-event-stream-partitions" && finding.Message.Contains("1600", StringComparison.Ordinal));

    [Fact]
    public void Three_servers_need_three_zones() => Assert.Contains(
        AwsPlans.Try(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Zones = 2 }));
            model.Add(new EventStream("events"));
        }).Findings,
        finding => finding.Rule.Id == "aws-event-stream-zones");

    [Fact]
    public void A_network_that_leads_nobody_out_needs_an_image_of_its_own()
    {
        Assert.Contains(Refusals(new()), message => message.Contains("AwsEventStreamTweak.ClientImage", StringComparison.Ordinal));
        Assert.Empty(Refusals(new() { ClientImage = "111122223333.dkr.ecr.eu-west-3.amazonaws.com/kafka:4.3.1" }));

        static IEnumerable<string> Refusals(AwsEventStreamTweak tweak) => AwsPlans.Try(model =>
            {
                model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
                var events = model.Add(new EventStream("events", new() { Topics = [new() { Name = "orders" }], Tweaks = [tweak] }));
                model.Add(new ContainerService("shop")).Publishes(events);
            }).Findings
            .Where(finding => finding.Rule.Id == "aws-event-stream-arguments")
            .Select(finding => finding.Message);
    }

    private static void Declare(Model model) => model
        .Add(new ContainerService("shop", new() { Port = 8080 }))
        .Publishes(model.Add(new EventStream("events", new() { Topics = [new() { Name = "orders" }] })));
}
