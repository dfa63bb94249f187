using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Gcp;

/// <summary>
/// The APIs of a project, which must be enabled before anything uses them. They are never disabled again: other stacks of the project
/// may need them. Dated 2026-11; source: Google Cloud documentation, product pages.
/// </summary>
internal static class GcpApis
{
    // Whoever runs, or is granted something, needs these.
    private static readonly ComponentKind[] Always = [ComponentKind.PrivateNetwork, ComponentKind.ServiceIdentity, ComponentKind.Job];

    /// <summary>The APIs of a kind of component.</summary>
    public static IReadOnlyList<string> Of(ComponentKind kind) => kind switch
    {
        ComponentKind.PrivateNetwork => ["compute", "dns", "servicenetworking"],
        ComponentKind.ContainerRegistry => ["artifactregistry"],
        ComponentKind.ServiceIdentity => ["iam", "secretmanager"],
        ComponentKind.ContainerService or ComponentKind.Job => ["run"],
        ComponentKind.DnsZone => ["dns"],
        ComponentKind.Certificate => ["certificatemanager"],
        ComponentKind.Bucket => ["storage"],
        ComponentKind.ManagedDatabase => ["sqladmin"],
        ComponentKind.Cache => ["redis"],
        ComponentKind.LoadBalancer => ["compute"],
        _ => [],
    };

    /// <summary>The APIs that a stack uses.</summary>
    /// <param name="blueprint">The stack.</param>
    /// <param name="fetchesImages">Whether images of foreign registries are fetched, which takes a registry even where the system has none.</param>
    public static IEnumerable<string> Of(Blueprint blueprint, bool fetchesImages)
    {
        var kinds = Always.Concat(blueprint.On<Component>(Cloud.Gcp).Select(component => component.Kind));
        if (fetchesImages || blueprint.Model.Find<ContainerRegistry>() is not null) kinds = kinds.Append(ComponentKind.ContainerRegistry);
        return kinds.SelectMany(Of).Distinct().Order(StringComparer.Ordinal);
    }
}
