using Infra.Components.Databases;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

public sealed class ScalewayReadReplicaTests
{
    private const string Replica = "scaleway:databases/readReplica:ReadReplica";

    [Fact]
    public void It_has_no_address_but_the_private_networks()
    {
        var replica = new ScalewayFixture().PlanWithoutErrors(model => Declare(model, "reports")).Only(Replica);

        Assert.Null(replica.Input("directAccess"));
        Assert.Equal("True", replica.Input("privateNetwork.enableIpam"));
    }

    [Fact]
    public void An_instance_makes_one_after_the_other()
    {
        var plan = new ScalewayFixture().PlanWithoutErrors(model => Declare(model, "reports", "audit", "search"));

        Assert.Equal(
            [plan.Only(Replica, "audit").Urn, plan.Only(Replica, "reports").Urn],
            plan.Only(Replica, "search").DependsOn
                .Where(urn => urn.Contains("ReadReplica::", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_fourth_one_is_refused_and_so_is_a_size_of_its_own()
    {
        var plan = new ScalewayFixture().Plan(model => Declare(model, "reports", "audit", "search", "lake"));
        Assert.Equal("lake", Assert.Single(plan.Findings, finding => finding.Rule.Id == "read-replica-number").Component);

        plan = new ScalewayFixture().Plan(model =>
            model.Add(new ReadReplica("reports", new() { Of = model.Add(new ManagedDatabase("orders")), Size = Size.Large })));
        var finding = Assert.Single(plan.Findings, finding => finding.Rule.Id == "scaleway-read-replica-size");
        Assert.Contains("or place 'reports' on aws, gcp", finding.Message, StringComparison.Ordinal);
    }

    private static void Declare(Model model, params IEnumerable<string> names)
    {
        var orders = model.Add(new ManagedDatabase("orders"));
        foreach (var name in names) model.Add(new ReadReplica(name, new() { Of = orders }));
    }
}
