using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>What a placed component is made with: what it is, where it stands, by what, and whose it is.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Cloud">Where it stands, whatever implements it.</param>
/// <param name="Name">The declared component's name.</param>
/// <param name="Backing">How the cloud provides it.</param>
/// <param name="RunsOn">The product that does, such as <c>Amazon RDS</c>.</param>
/// <param name="Provider">The cloud's explicit provider: default providers are not used.</param>
/// <param name="Tags">The tags of its resources.</param>
/// <param name="IsProtected">Whether it is protected against deletion, by Pulumi and by its cloud.</param>
public sealed record PlacedComponentArgs(
    ComponentKind Kind,
    Cloud Cloud,
    string Name,
    Backing Backing,
    string RunsOn,
    ProviderResource Provider,
    IReadOnlyDictionary<string, string> Tags,
    bool IsProtected);
