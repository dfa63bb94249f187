using Infra.Components.Systems;

namespace Infra.Components.Networks.Aws;

/// <summary>What only a network on AWS has.</summary>
public sealed record AwsNetworkTweak() : Tweak(Cloud.Aws)
{
    /// <summary>
    /// Services of AWS that are reached by a private endpoint in every zone instead of through the internet gateway, such as <c>sqs</c>;
    /// each is billed by the hour and zone. Default: none; without egress, those that containers cannot do without are added.
    /// </summary>
    public IReadOnlyList<string> InterfaceEndpoints { get; init; } = [];
}
