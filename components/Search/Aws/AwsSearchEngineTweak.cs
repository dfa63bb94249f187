using Infra.Components.Systems;

namespace Infra.Components.Search.Aws;

/// <summary>What only a search engine on AWS has.</summary>
public sealed record AwsSearchEngineTweak() : Tweak(Cloud.Aws)
{
    /// <summary>
    /// The instance type, such as <c>r7g.large.search</c>, instead of the one that the size promises; outside production the size decides.
    /// One that has storage of its own is refused by AWS. Default: null.
    /// </summary>
    public string? InstanceType { get; init; }

    /// <summary>
    /// An image with curl, which sets up logins, for networks without egress. Default: null, the one of curl's own project from Docker Hub.
    /// </summary>
    public string? ClientImage { get; init; }

    /// <inheritdoc/>
    public override Tweak For(EnvironmentProfile profile) => profile.IsProduction ? this : this with { InstanceType = null };
}
