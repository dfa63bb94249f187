using Infra.Components.Systems;

namespace Infra.Components.Databases.Kubernetes;

/// <summary>What a database may ask of a given Kubernetes cluster beyond the neutral arguments.</summary>
public sealed record KubernetesDatabaseTweak() : Tweak(Cloud.Kubernetes)
{
    /// <summary>The storage class of its volumes; null for the cluster's. Changing it replaces nothing: new volumes get it.</summary>
    public string? StorageClass { get; init; }

    /// <summary>How many servers run, an odd number from 1 to 9; null for 3 with high availability, else 1.</summary>
    public int? Instances { get; init; }

    /// <summary>The engine's own parameters, such as <c>max_connections</c>. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}
