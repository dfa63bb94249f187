using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;

namespace Infra.Tests.Testing;

/// <summary>How promises show on OVHcloud: stores by its own resources, everything that runs as on any Kubernetes.</summary>
public sealed class OvhFixture() : KubernetesFixture(Cloud.Ovh)
{
    public override IEnumerable<(string Name, string Value)> ParametersOf(Plan plan, string database) =>
        Map(StoreOf(plan, database).Inputs.GetProperty("advancedConfiguration"))
            .Select(set => (set.Name[(set.Name.IndexOf('.', StringComparison.Ordinal) + 1)..], set.Value));

    /// <summary>In Gravelines: only regions of a single zone have databases of a single node.</summary>
    public override StackSettings SettingsFor(SystemDeclaration system, EnvironmentKind environment) =>
        TestSettings.For(Cloud.Ovh, environment, system) with { Location = Location.All.Single(location => location.Name == "gravelines") };

    public override int ShortestSilence(Plan plan, string loadBalancer) => Math.Min(
        base.ShortestSilence(plan, loadBalancer),
        Number(AnnotationOf(plan, loadBalancer, "loadbalancer.openstack.org/timeout-client-data")) / 1000);

    public override IReadOnlyList<string> Transports => ["tcp"];

    public override bool IsHighlyAvailable(Plan plan, string component) =>
        StoreOf(plan, component).Inputs.GetProperty("nodes").GetArrayLength() >= 2;

    /// <summary>The plan's days: OVHcloud has no others.</summary>
    public override int BackupDays(Plan plan, string component) => StoreOf(plan, component).Input("plan") switch
    {
        "essential" => 2,
        "business" or "production" => 14,
        "enterprise" or "advanced" => 30,
        var other => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{other} is not a plan")),
    };

    public override IReadOnlyList<string> GrantsOf(Plan plan, string consumer) =>
    [
        .. base.GrantsOf(plan, consumer).Where(grant => !grant.EndsWith(": ", StringComparison.Ordinal)),
        .. plan.Of(consumer).SelectMany(resource => resource.TypeName switch
        {
            "S3Policy" => [$"{resource.Name}: {resource.Input("policy")}"],
            "CloudProjectDatabaseValkeyUser" => [$"{resource.Name}: {resource.Input("categories")} {resource.Input("commands")}"],
            _ => Enumerable.Empty<string>(),
        }),
    ];
}
