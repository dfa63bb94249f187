using Infra.Components.Checks;
using Infra.Components.Networks;
using Infra.Components.Search;
using Infra.Components.Search.Aws;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Search;

public sealed class AwsSearchEngineTests
{
    private const string Domain = "aws:opensearch/domain:Domain";

    [Fact]
    public void It_is_in_the_data_subnets_of_three_zones_in_production_and_one_server_elsewhere()
    {
        var production = AwsPlans.Of(Declare).Only(Domain);
        var staging = AwsPlans.Of(Declare, EnvironmentKind.Staging).Only(Domain);

        Assert.Equal(
            ("3", "True", "3"),
            (
                production.Input("clusterConfig.instanceCount"),
                production.Input("clusterConfig.zoneAwarenessEnabled"),
                production.Input("clusterConfig.zoneAwarenessConfig.availabilityZoneCount")));
        Assert.NotNull(production.Input("vpcOptions.subnetIds[2]"));
        Assert.Equal("1", staging.Input("clusterConfig.instanceCount"));
        Assert.Null(staging.Input("vpcOptions.subnetIds[1]"));
    }

    [Fact]
    public void It_encrypts_at_rest_between_servers_and_to_clients_and_asks_for_a_login()
    {
        var domain = AwsPlans.Of(Declare).Only(Domain);

        Assert.Equal(
            ("True", "True", "True", "Policy-Min-TLS-1-2-PFS-2023-10"),
            (
                domain.Input("encryptAtRest.enabled"),
                domain.Input("nodeToNodeEncryption.enabled"),
                domain.Input("domainEndpointOptions.enforceHttps"),
                domain.Input("domainEndpointOptions.tlsSecurityPolicy")));
        Assert.Equal("True", domain.Input("advancedSecurityOptions.internalUserDatabaseEnabled"));
        Assert.StartsWith(
            "[secret",
            domain.Input("advancedSecurityOptions.masterUserOptions.masterUserPassword"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Passwords_have_every_class_of_characters_because_it_refuses_others()
    {
        var passwords = AwsPlans.Of(Declare).OfType("random:index/randomPassword:RandomPassword");

        Assert.Equal(["catalogue-administrator", "shop-catalogue-password"], passwords.Select(password => password.Name).Order());
        Assert.All(passwords, password => Assert.Equal(
            ("-", "1", "1", "1", "1"),
            (
                password.Input("overrideSpecial"),
                password.Input("minSpecial"),
                password.Input("minLower"),
                password.Input("minUpper"),
                password.Input("minNumeric"))));
    }

    [Fact]
    public void Only_its_consumers_and_what_sets_up_logins_reach_it()
    {
        var rules = AwsPlans.Of(Declare).OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
            .Where(rule => rule.Input("securityGroupId") == "{catalogue:SecurityGroup.id}")
            .Select(rule => (rule.Input("fromPort"), rule.Input("referencedSecurityGroupId")));

        Assert.Equal([("443", "{catalogue-setup:SecurityGroup.id}"), ("443", "{shop:SecurityGroup.id}")], rules.Order());
    }

    [Fact]
    public void Logins_are_set_up_when_its_policy_lets_requests_through_and_consumers_wait_for_them()
    {
        var plan = AwsPlans.Of(Declare);

        var run = plan.Only("aws:lambda/invocation:Invocation", "catalogue-grants");
        Assert.Contains(plan.Only("aws:opensearch/domainPolicy:DomainPolicy").Urn, run.DependsOn);
        Assert.Contains(run.Urn, plan.Only("aws:ecs/service:Service", "shop").DependsOn);
    }

    [Theory]
    [InlineData(20, "t3.medium.search")]
    [InlineData(201, "m6g.large.search")]
    [InlineData(2000, "m6g.xlarge.search")]
    public void Its_type_takes_the_volume(int storage, string type) => Assert.Equal(
        type,
        AwsPlans.Of(model => model.Add(new SearchEngine("catalogue", new() { StorageGiB = storage })))
            .Only(Domain).Input("clusterConfig.instanceType"));

    [Theory]
    [InlineData("r7g.large.search", true)]
    [InlineData("t3.small.search", true)]
    [InlineData("r7g.large", false)]
    [InlineData("large.search", false)]
    public void Only_types_of_its_own_are_accepted(string type, bool isAccepted)
    {
        var plan = AwsPlans.Try(model =>
            model.Add(new SearchEngine("catalogue", new() { Tweaks = [new AwsSearchEngineTweak { InstanceType = type }] })));

        Assert.Equal(
            isAccepted,
            !plan.Findings.Any(finding => finding is { Severity: Severity.Error, Rule.Id: "aws-search-engine-arguments" }));
    }

    [Fact]
    public void Three_servers_want_three_zones()
    {
        var plan = AwsPlans.Try(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Zones = 2 }));
            Declare(model);
        });

        Assert.Contains(plan.Findings, finding => finding is { Severity: Severity.Error, Rule.Id: "aws-search-engine-zones" });
    }

    [Fact]
    public void Who_deploys_learns_of_the_role_that_an_account_has_once() => Assert.Contains(
        AwsPlans.Of(Declare).Findings,
        finding => finding is { Severity: Severity.Info, Rule.Id: "aws-search-engine-service-role" }
            && finding.Message.Contains("create-service-linked-role", StringComparison.Ordinal));

    [Fact]
    public void A_network_without_a_way_out_wants_an_image_that_lies_inside()
    {
        var plan = AwsPlans.Try(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
            Declare(model);
        });

        Assert.Contains(plan.Findings, finding => finding is { Severity: Severity.Error, Rule.Id: "aws-search-engine-arguments" });
    }

    private static void Declare(Model model) =>
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new SearchEngine("catalogue")));
}
