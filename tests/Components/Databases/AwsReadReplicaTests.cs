using Infra.Changes;
using Infra.Components.Databases;
using Infra.Components.Databases.Aws;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

public sealed class AwsReadReplicaTests
{
    private const string Instance = "aws:rds/instance:Instance";

    [Fact]
    public void It_takes_over_from_the_server_what_RDS_takes_over_and_is_asked_for_the_rest()
    {
        var plan = Plan(new());

        var replica = plan.Only(Instance, "reports");
        Assert.True(replica.RefersTo(plan.Only(Instance, "orders"), "replicateSourceDb"));
        Assert.Equal("True", replica.Input("storageEncrypted"));
        Assert.Equal("False", replica.Input("publiclyAccessible"));
        Assert.Equal("True", replica.Input("skipFinalSnapshot"));
        Assert.All(
            [
                "engine", "engineVersion", "dbName", "username", "password", "manageMasterUserPassword", "dbSubnetGroupName",
                "allocatedStorage",
            ],
            input => Assert.Null(replica.Input(input)));
    }

    [Fact]
    public void A_server_with_a_replica_has_a_password_of_the_stacks_which_nothing_but_its_secret_shows()
    {
        var plan = Plan(new());
        var (alone, copied) = (Plan(new(), replicas: 0).Only(Instance), plan.Only(Instance, "orders"));

        Assert.Equal("True", alone.Input("manageMasterUserPassword"));
        Assert.Null(copied.Input("manageMasterUserPassword"));
        Assert.StartsWith("[secret", copied.Input("password"), StringComparison.Ordinal);
        var secret = plan.Only("aws:secretsmanager/secret:Secret", "orders-administrator");
        Assert.Equal("orders", secret.Component);
        foreach (var task in new[] { "orders-grants", "reports-grants" })
            Assert.Contains(plan.Only("aws:ecs/taskDefinition:TaskDefinition", task).References, to => to.To == secret.Urn);
    }

    [Fact]
    public void Its_readers_do_not_reach_the_server_but_what_sets_up_their_logins_does()
    {
        var plan = Plan(new());

        Assert.Equal(
            ["reports-setup", "shop-orders-access"],
            plan.OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
                .Where(rule => rule.RefersTo(plan.Only("aws:ec2/securityGroup:SecurityGroup", "orders"), "securityGroupId"))
                .Select(rule => rule.Name)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_volume_that_does_not_grow_is_raised_with_the_servers()
    {
        var replica = Plan(new() { StorageGiB = 100, MaximumStorageGiB = 100 }).Only(Instance, "reports");

        Assert.Equal("100", replica.Input("allocatedStorage"));
        Assert.Null(replica.Input("maxAllocatedStorage"));
    }

    [Fact]
    public void Another_version_of_the_server_is_refused_until_its_replicas_are_taken_away()
    {
        var refused = Refused(Plan(new() { Version = "16" }), Plan(new() { Version = "17" }));

        var change = Assert.Single(refused);
        Assert.Equal("reports", change.Name);
        Assert.Contains("take them away before", change.Remark, StringComparison.Ordinal);
        Assert.Empty(Refused(Plan(new() { Version = "16" }, replicas: 0), Plan(new() { Version = "17" }, replicas: 0)));
    }

    [Fact]
    public void The_last_replica_goes_only_where_the_server_keeps_its_password()
    {
        var change = Assert.Single(Refused(Plan(new()), Plan(new(), replicas: 0)));
        Assert.Equal("orders", change.Name);
        Assert.Contains("keep AwsDatabaseTweak.OwnPassword", change.Remark, StringComparison.Ordinal);

        Tweak[] kept = [new AwsDatabaseTweak { OwnPassword = true }];
        Assert.Empty(Refused(Plan(new()), Plan(new() { Tweaks = kept }, replicas: 0)));
        Assert.Empty(Refused(Plan(new(), replicas: 2), Plan(new())));
    }

    [Fact]
    public void A_size_beside_an_instance_class_is_refused()
    {
        var plan = AwsPlans.Try(model => model.Add(new ReadReplica("reports", new()
        {
            Of = model.Add(new ManagedDatabase("orders", new() { Tweaks = [new AwsDatabaseTweak { InstanceClass = "db.r7g.4xlarge" }] })),
            Size = Size.XXLarge,
        })));

        var finding = Assert.Single(plan.Findings, finding => finding.Rule.Id == "read-replica-machine");
        Assert.Contains("AwsDatabaseTweak.InstanceClass of 'orders' is db.r7g.4xlarge", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_replicas_than_RDS_makes_of_a_server_are_refused()
    {
        var plan = AwsPlans.Try(model => Declare(model, new(), replicas: 16));

        var finding = Assert.Single(plan.Findings, finding => finding.Rule.Id == "read-replica-number");
        Assert.Equal("reports16", finding.Component);
    }

    private static List<ResourceChange> Refused(Plan before, Plan after) =>
    [
        .. Comparison.Of(PlanDocument.Of(before), PlanDocument.Of(after)).Components
            .SelectMany(component => component.Resources)
            .Where(resource => resource.Effect == Effect.Refused),
    ];

    private static Plan Plan(ManagedDatabaseArgs args, int replicas = 1) => AwsPlans.Of(model => Declare(model, args, replicas));

    private static void Declare(Model model, ManagedDatabaseArgs args, int replicas)
    {
        var orders = model.Add(new ManagedDatabase("orders", args));
        model.Add(new ContainerService("shop")).Writes(orders);
        for (var number = 1; number <= replicas; number++)
        {
            var name = number == 1 ? "reports" : $"reports{number}";
            model.Add(new ContainerService($"reader{number}")).Reads(model.Add(new ReadReplica(name, new() { Of = orders })));
        }
    }
}
