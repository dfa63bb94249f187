namespace Infra.Components.Systems;

/// <summary>
/// Where a component can stand. <c>Provider</c> already means something in Pulumi, hence the word cloud; plain Kubernetes is one by decree.
/// </summary>
public enum Cloud
{
    /// <summary>Amazon Web Services.</summary>
    Aws,

    /// <summary>Google Cloud.</summary>
    Gcp,

    /// <summary>Scaleway.</summary>
    Scaleway,

    /// <summary>OVHcloud.</summary>
    Ovh,

    /// <summary>Any Kubernetes cluster that is given: a laptop's, an on-premises one, or one that a cloud manages.</summary>
    Kubernetes,
}

/// <summary>The spelling of clouds in configuration, on the command line and in type tokens.</summary>
public static class CloudNames
{
    /// <summary>Every cloud, in the order in which tables list them.</summary>
    public static IReadOnlyList<Cloud> All { get; } = Enum.GetValues<Cloud>();

    /// <summary>Every spelling, for messages.</summary>
    public static string Allowed { get; } = string.Join(", ", All.Select(Name));

    /// <summary>The spelling of a cloud: <c>aws</c>, <c>gcp</c>, <c>scaleway</c>, <c>ovh</c> or <c>kubernetes</c>.</summary>
    public static string Name(this Cloud cloud) => cloud switch
    {
        Cloud.Aws => "aws",
        Cloud.Gcp => "gcp",
        Cloud.Scaleway => "scaleway",
        Cloud.Ovh => "ovh",
        Cloud.Kubernetes => "kubernetes",
        _ => throw new ArgumentOutOfRangeException(nameof(cloud), cloud, "not a cloud"),
    };

    /// <summary>
    /// Three letters for names that are short of room: those of what a cloud keeps for a component that stands on another one. Part of
    /// deployed names: frozen.
    /// </summary>
    public static string Code(this Cloud cloud) => cloud switch
    {
        Cloud.Aws => "aws",
        Cloud.Gcp => "gcp",
        Cloud.Scaleway => "scw",
        Cloud.Ovh => "ovh",
        Cloud.Kubernetes => "k8s",
        _ => throw new ArgumentOutOfRangeException(nameof(cloud), cloud, "not a cloud"),
    };

    /// <summary>Reads a spelling; false when no cloud has it.</summary>
    public static bool TryParse(string? text, out Cloud cloud)
    {
        foreach (var candidate in All)
        {
            if (candidate.Name() == text)
            {
                cloud = candidate;
                return true;
            }
        }

        cloud = default;
        return false;
    }
}
