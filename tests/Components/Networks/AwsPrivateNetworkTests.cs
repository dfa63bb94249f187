using Infra.Components.Checks;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace Infra.Tests.Networks;

public sealed class AwsPrivateNetworkTests
{
    [Fact]
    public void Subnets_take_fixed_slots_of_the_block_in_zones_of_the_region()
    {
        var subnets = Plan(new() { Cidr = "10.20.0.0/16" }).OfType("aws:ec2/subnet:Subnet").ToDictionary(
            subnet => subnet.Name,
            subnet => $"{subnet.Input("cidrBlock")} {subnet.Input("availabilityZoneId")}");

        Assert.Equal("10.20.0.0/20 euw3-az1", subnets["network-private-1"]);
        Assert.Equal("10.20.32.0/20 euw3-az3", subnets["network-private-3"]);
        Assert.Equal("10.20.225.0/24 euw3-az2", subnets["network-data-2"]);
        Assert.Equal("10.20.242.0/24 euw3-az3", subnets["network-public-3"]);
    }

    [Fact]
    public void A_third_zone_moves_no_subnet()
    {
        var two = Blocks(Plan(new() { Zones = 2 }));
        var three = Blocks(Plan(new() { Zones = 3 }));

        Assert.Equal(6, two.Count);
        Assert.Subset(three, two);

        static SortedSet<string> Blocks(Plan plan) =>
            new(
                plan.OfType("aws:ec2/subnet:Subnet").Select(subnet => $"{subnet.Name} {subnet.Input("cidrBlock")}"),
                StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(Egress.PerZone, EnvironmentKind.Production, 3)]
    [InlineData(Egress.PerZone, EnvironmentKind.Preview, 1)]
    [InlineData(Egress.Shared, EnvironmentKind.Production, 1)]
    [InlineData(Egress.None, EnvironmentKind.Production, 0)]
    public void Gateways_to_the_internet_are_as_many_as_the_egress_says(Egress egress, EnvironmentKind environment, int gateways) =>
        Assert.Equal(gateways, Plan(new() { Egress = egress }, environment).OfType("aws:ec2/natGateway:NatGateway").Count);

    [Fact]
    public void Stores_have_no_way_out()
    {
        var plan = Plan(new());
        var table = plan.Only("aws:ec2/routeTable:RouteTable", "network-data");

        Assert.Equal(
            3,
            plan.OfType("aws:ec2/routeTableAssociation:RouteTableAssociation").Count(association => association.RefersTo(table)));
        Assert.DoesNotContain(plan.OfType("aws:ec2/route:Route"), route => route.RefersTo(table));
    }

    [Fact]
    public void Names_resolve_inside_it_and_nothing_gets_a_public_address_of_its_own_accord()
    {
        var plan = Plan(new());

        Assert.Equal(
            ("True", "True"),
            (plan.Only("aws:ec2/vpc:Vpc").Input("enableDnsSupport"), plan.Only("aws:ec2/vpc:Vpc").Input("enableDnsHostnames")));
        Assert.All(plan.OfType("aws:ec2/subnet:Subnet"), subnet => Assert.Equal("False", subnet.Input("mapPublicIpOnLaunch")));
    }

    [Fact]
    public void A_gateway_waits_for_its_own_way_out_and_every_zone_uses_its_own()
    {
        var plan = Plan(new());

        Assert.All(
            plan.OfType("aws:ec2/natGateway:NatGateway"),
            gateway => Assert.Contains(plan.Only("aws:ec2/route:Route", "network-public-internet").Urn, gateway.DependsOn));
        Assert.Equal(
            ["{network-nat-1:NatGateway.id}", "{network-nat-2:NatGateway.id}", "{network-nat-3:NatGateway.id}"],
            plan.OfType("aws:ec2/route:Route").Select(route => route.Input("natGatewayId")).OfType<string>().Order());
    }

    [Fact]
    public void Objects_reach_containers_without_passing_a_gateway()
    {
        var plan = Plan(new());

        var endpoint = plan.Only("aws:ec2/vpcEndpoint:VpcEndpoint", "network-s3");
        Assert.Equal("Gateway", endpoint.Input("vpcEndpointType"));
        Assert.All(
            Enumerable.Range(1, 3),
            zone => Assert.True(endpoint.RefersTo(plan.Only("aws:ec2/routeTable:RouteTable", $"network-private-{zone}"))));
    }

    [Fact]
    public void The_default_security_group_lets_nothing_in_or_out()
    {
        var group = Plan(new()).Only("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");

        Assert.Null(group.Input("ingress"));
        Assert.Null(group.Input("egress"));
    }

    [Fact]
    public void Without_egress_containers_reach_AWS_by_private_endpoints_and_nothing_else()
    {
        var plan = AwsPlans.Of(
            model =>
            {
                model.Add(new PrivateNetwork(
                    "network",
                    new() { Egress = Egress.None, Tweaks = [new AwsNetworkTweak { InterfaceEndpoints = ["sqs"] }] }));
                model.Add(new ContainerService("shop"));
            },
            settings: settings => settings with
            {
                Images = new Dictionary<string, string>
                {
                    ["shop"] = $"111122223333.dkr.ecr.eu-west-3.amazonaws.com/shop@{TestSettings.Digest}",
                },
            });

        Assert.Equal(
            [
                "com.amazonaws.eu-west-3.ecr.api",
                "com.amazonaws.eu-west-3.ecr.dkr",
                "com.amazonaws.eu-west-3.logs",
                "com.amazonaws.eu-west-3.s3",
                "com.amazonaws.eu-west-3.secretsmanager",
                "com.amazonaws.eu-west-3.sqs",
            ],
            plan.OfType("aws:ec2/vpcEndpoint:VpcEndpoint").Select(endpoint => endpoint.Input("serviceName")).Order());
        Assert.DoesNotContain(
            plan.OfType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"),
            rule => rule.Input("cidrIpv4") == "0.0.0.0/0");
    }

    [Fact]
    public void Without_egress_an_image_of_a_public_registry_is_refused() =>
        Assert.Contains("Push the image to Amazon ECR", AwsPlans.OnlyError(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
            model.Add(new ContainerService("shop"));
        }), StringComparison.Ordinal);

    [Fact]
    public void Flows_are_logged_to_a_bucket_that_only_the_log_service_writes_to()
    {
        var plan = Plan(new());

        Assert.True(plan.Only("aws:ec2/flowLog:FlowLog").RefersTo(plan.Only("aws:s3/bucket:Bucket", "network-logs"), "logDestination"));
        var statements = plan.Only("aws:s3/bucketPolicy:BucketPolicy", "network-logs-policy").Statements();
        Assert.Contains("Deny s3:* on {network-logs.arn} {network-logs.arn}/*", statements);
        Assert.Contains("Allow s3:PutObject on {network-logs.arn}/AWSLogs/*", statements);
    }

    [Fact]
    public async Task The_bucket_of_logs_is_the_one_that_held_flow_logs_alone()
    {
        var buckets = RegisteredOptions.Of(Cloud.Aws, "aws:s3/bucket:Bucket", model => model.Add(new ContainerService("shop")));

        var names = new List<string>();
        foreach (Output<Alias> former in buckets["network-logs"].Aliases)
        {
            if ((await OutputUtilities.GetValueAsync(former)).Name is { } name)
                names.Add(await OutputUtilities.GetValueAsync<string>(name));
        }

        Assert.Contains("network-flows", names);
    }

    [Fact]
    public void Where_only_a_bucket_stands_there_is_no_network_to_pay_for() =>
        Assert.Empty(AwsPlans.Of(model => model.Add(new Components.Buckets.Bucket("photos"))).OfType("aws:ec2/vpc:Vpc"));

    private static Plan Plan(PrivateNetworkArgs args, EnvironmentKind environment = EnvironmentKind.Production) => AwsPlans.Of(
        model =>
        {
            model.Add(new PrivateNetwork("network", args));
            model.Add(new Components.Caches.Cache("sessions"));
        },
        environment);
}
