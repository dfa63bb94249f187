using Infra.Components.LoadBalancers;
using Pulumi;

namespace Infra.Components.Dns.Aws;

/// <summary>
/// Where traffic enters on AWS, to which Route 53 leads by an alias: also from the zone's own name, where no CNAME may stand.
/// </summary>
internal interface IAwsAliasTarget : IEntrance
{
    /// <summary>The hosted zone of its name, which is AWS's own.</summary>
    Output<string> HostedZoneId { get; }

    /// <summary>Whether Route 53 may ask for its health, which it refuses for CloudFront.</summary>
    bool TellsItsHealth { get; }
}
