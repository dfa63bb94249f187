using Infra.Components.Systems;

namespace Infra.Components.Brokers.Aws;

/// <summary>What only a message broker on AWS has.</summary>
public sealed record AwsMessageBrokerTweak() : Tweak(Cloud.Aws)
{
    /// <summary>
    /// The instance type, such as <c>mq.m7g.4xlarge</c>, instead of the one that the size promises; outside production the size decides.
    /// Default: null.
    /// </summary>
    public string? InstanceType { get; init; }

    /// <summary>Whether changes happen at once instead of in the maintenance window. Default: null, at once outside production.</summary>
    public bool? ApplyImmediately { get; init; }

    /// <summary>
    /// An image with curl, which sets up logins, for networks without egress. Default: null, the one of curl's own project from Docker Hub.
    /// </summary>
    public string? ClientImage { get; init; }

    /// <inheritdoc/>
    public override Tweak For(EnvironmentProfile profile) => profile.IsProduction ? this : this with { InstanceType = null };
}
