using System.Globalization;
using Infra.Components.Clouds.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Relays.Aws;

/// <summary>One port of the relay.</summary>
/// <param name="Target">What it leads to.</param>
/// <param name="Number">The port on which foreign consumers reach it.</param>
/// <param name="Built">The target as it stands on AWS.</param>
/// <param name="Links">The links through it.</param>
/// <param name="Origins">Where its consumers come from.</param>
internal sealed record AwsRelayPort(
    Component Target,
    int Number,
    IAwsRelayedTarget Built,
    IReadOnlyList<Link> Links,
    IReadOnlyList<Origin> Origins)
{
    /// <summary>Where it leads.</summary>
    public AwsEndpoint Endpoint => Built.Endpoint;

    /// <summary>The port as text.</summary>
    public string Text => Number.ToString(CultureInfo.InvariantCulture);
}
