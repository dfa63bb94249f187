using Infra.Changes;
using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

public sealed class GcpReadReplicaTests
{
    private const string Instance = "gcp:sql/databaseInstance:DatabaseInstance";

    [Fact]
    public void It_copies_the_instance_privately_and_encrypted_with_the_same_flags_and_no_backups()
    {
        var plan = Plan(new() { Parameters = new Dictionary<string, string> { ["max_connections"] = "400" } });

        var replica = plan.Only(Instance, "reports");
        Assert.Equal("READ_REPLICA_INSTANCE", replica.Input("instanceType"));
        Assert.True(replica.RefersTo(plan.Only(Instance, "orders"), "masterInstanceName"));
        Assert.Equal("False", replica.Input("settings.ipConfiguration.ipv4Enabled"));
        Assert.Equal("ENCRYPTED_ONLY", replica.Input("settings.ipConfiguration.sslMode"));
        Assert.Equal("max_connections", replica.Input("settings.databaseFlags[0].name"));
        Assert.All(
            ["settings.backupConfiguration", "settings.diskSize", "settings.maintenanceWindow"],
            input => Assert.Null(replica.Input(input)));
    }

    [Fact]
    public void The_server_upgrades_it()
    {
        var (before, after) = (Plan(new() { Version = "16" }), Plan(new() { Version = "17" }));

        Assert.Equal("True", after.Only(Instance, "orders").Input("includeReplicasForMajorVersionUpgrade"));
        var changes = Comparison.Of(PlanDocument.Of(before), PlanDocument.Of(after));
        Assert.DoesNotContain(
            changes.Components.Where(component => component.Name == "reports").SelectMany(component => component.Resources),
            resource => resource.Type == Instance && resource.Effect is not (Effect.Nothing or Effect.Ignored));
    }

    private static Plan Plan(ManagedDatabaseArgs args) => new GcpFixture().PlanWithoutErrors(model => model
        .Add(new ContainerService("report"))
        .Reads(model.Add(new ReadReplica("reports", new() { Of = model.Add(new ManagedDatabase("orders", args)) }))));
}
