using Infra.Components.Systems;

namespace Infra.Components.Streams.Aws;

/// <summary>What only an event stream on AWS has.</summary>
public sealed record AwsEventStreamTweak() : Tweak(Cloud.Aws)
{
    /// <summary>
    /// The broker size, such as <c>kafka.m7g.large</c>, instead of the one that the size promises; outside production the size decides.
    /// Sizes of t3 are refused by Amazon MSK, and not every region has those of m7g. Default: null.
    /// </summary>
    public string? InstanceType { get; init; }

    /// <summary>
    /// An image with the commands of Apache Kafka 4, which sets up logins, for networks without egress. Default: null, the one of the Kafka
    /// project from Docker Hub.
    /// </summary>
    public string? ClientImage { get; init; }

    /// <inheritdoc/>
    public override Tweak For(EnvironmentProfile profile) => profile.IsProduction ? this : this with { InstanceType = null };
}
