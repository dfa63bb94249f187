using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;

namespace Infra.Tests.Testing;

/// <summary>How promises show on Scaleway: stores of its own, and containers on the Kubernetes that it manages.</summary>
public sealed class ScalewayFixture() : KubernetesFixture(Cloud.Scaleway)
{
    public override IEnumerable<(string Name, string Value)> ParametersOf(Plan plan, string database) =>
        Map(StoreOf(plan, database).Inputs.GetProperty("settings"));

    private const string Cache = "scaleway:redis/cluster:Cluster";

    /// <summary>Of MySQL, Scaleway has 8.0 only: the stack file says so, as its author would.</summary>
    public override StackSettings SettingsFor(SystemDeclaration system, EnvironmentKind environment)
    {
        var model = new Model();
        system.Declare(model);
        return base.SettingsFor(system, environment) with
        {
            Components = model.Components.OfType<ManagedDatabase>()
                .Where(database => database.Args is { Engine: DatabaseEngine.MySql, Version: "8.4" })
                .ToDictionary(database => database.Name, _ => new System.Text.Json.Nodes.JsonObject { ["version"] = "8.0" }),
        };
    }

    public override int ShortestSilence(Plan plan, string loadBalancer) => Math.Min(
        base.ShortestSilence(plan, loadBalancer),
        Number(AnnotationOf(plan, loadBalancer, "service.beta.kubernetes.io/scw-loadbalancer-timeout-tunnel").TrimEnd('s')));

    public override IReadOnlyList<string> Transports => ["tcp"];

    public override bool IsHighlyAvailable(Plan plan, string component) =>
        StoreOf(plan, component) is { Type: Cache } cache ? cache.Input("clusterSize") == "2" : Is(StoreOf(plan, component), "isHaCluster");

    public override int BackupDays(Plan plan, string component) =>
        int.Parse(StoreOf(plan, component).Input("backupScheduleRetention")!, System.Globalization.CultureInfo.InvariantCulture);

    public override IReadOnlyList<string> GrantsOf(Plan plan, string consumer) =>
    [
        .. base.GrantsOf(plan, consumer),
        .. plan.Of(consumer)
            .Where(resource => resource.Type.StartsWith("scaleway:", StringComparison.Ordinal))
            .Select(resource => resource.TypeName switch
            {
                "Policy" => $"{resource.Name}: {resource.Input("rules")}",
                "SqsCredentials" => $"{resource.Name}: {resource.Input("permissions")}",
                "Privilege" => $"{resource.Name}: {resource.Input("permission")} on {resource.Input("databaseName")}",
                _ => $"{resource.TypeName} {resource.Name}",
            }).Order(StringComparer.Ordinal),
    ];

    private static bool Is(PlannedResource resource, string input) => resource.Input(input) is "True" or "true";
}
