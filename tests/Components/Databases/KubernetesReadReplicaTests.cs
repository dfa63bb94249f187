using Infra.Changes;
using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

public sealed class KubernetesReadReplicaTests
{
    private const string Cluster = "kubernetes:postgresql.cnpg.io/v1:Cluster";
    private const string Source = "spec.externalClusters[0]";

    [Fact]
    public void It_follows_its_servers_over_verified_TLS_and_from_their_archive()
    {
        var plan = Plan(new());

        var replica = plan.Only(Cluster, "reports");
        Assert.Equal("reports-17", replica.Input("metadata.name"));
        Assert.Equal("1", replica.Input("spec.instances"));
        Assert.Equal("orders", replica.Input("spec.replica.source"));
        Assert.Equal("orders", replica.Input("spec.bootstrap.pg_basebackup.source"));
        Assert.Equal("orders", replica.Input($"{Source}.name"));
        Assert.Equal("verify-full", replica.Input($"{Source}.connectionParameters.sslmode"));
        Assert.Equal("orders-replication", replica.Input($"{Source}.sslCert.name"));
        Assert.Equal(
            plan.Only(Cluster, "orders").Input("spec.plugins[0].parameters.serverName"),
            replica.Input($"{Source}.plugin.parameters.serverName"));
        Assert.Null(replica.Input("spec.plugins"));
        Assert.Contains(plan.Only(Cluster, "orders").Urn, replica.DependsOn);
    }

    [Fact]
    public void The_servers_authority_signs_its_certificate_which_consumers_verify()
    {
        var plan = Plan(new());

        Assert.Equal(
            plan.Only(Cluster, "orders").Input("spec.certificates.serverCASecret"),
            plan.Only(Cluster, "reports").Input("spec.certificates.serverCASecret"));
        var variables = new KubernetesFixture().VariablesOf(plan, "report");
        Assert.Equal("verify-full", variables["REPORTS_TLS_MODE"].Value);
        Assert.StartsWith("reports-17-r.", variables["REPORTS_HOST"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_of_the_servers_is_another_copy_that_stands_before_the_old_one_goes()
    {
        var changes = Comparison.Of(PlanDocument.Of(Plan(new() { Version = "16" })), PlanDocument.Of(Plan(new() { Version = "17" })));

        var replica = Assert.Single(
            changes.Components.Single(component => component.Name == "reports").Resources,
            resource => resource.Type == Cluster);
        Assert.Equal((Operation.Replace, false), (replica.Operation, replica.DeletedFirst));
        Assert.DoesNotContain(
            changes.Components.SelectMany(component => component.Resources),
            resource => resource.Effect is Effect.DataLost or Effect.Refused or Effect.Collides);
    }

    [Fact]
    public void Readers_of_MySQL_enter_at_the_routers_port_for_readers()
    {
        var variables = new KubernetesFixture().VariablesOf(Plan(new() { Engine = DatabaseEngine.MySql }), "report");

        Assert.Equal("6447", variables["REPORTS_PORT"].Value);
        Assert.StartsWith("orders.", variables["REPORTS_HOST"].Value, StringComparison.Ordinal);
    }

    private static Plan Plan(ManagedDatabaseArgs args) => KubernetesPlans.Good(model => model.Add(new ContainerService("report")).Reads(
        model.Add(new ReadReplica("reports", new() { Of = model.Add(new ManagedDatabase("orders", args)) }))));
}
