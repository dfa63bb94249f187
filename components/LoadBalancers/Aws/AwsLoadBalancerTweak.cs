using Infra.Components.Clouds.Aws;
using Infra.Components.Systems;

namespace Infra.Components.LoadBalancers.Aws;

/// <summary>What only a load balancer on AWS has.</summary>
public sealed record AwsLoadBalancerTweak() : Tweak(Cloud.Aws)
{
    /// <summary>
    /// The TLS versions and ciphers that clients may use, by the name of one of AWS's policies. Default:
    /// <c>ELBSecurityPolicy-TLS13-1-2-2021-06</c>, TLS 1.2 and 1.3 with forward secrecy; devices that are never updated may need an older
    /// one.
    /// </summary>
    public string TlsPolicy { get; init; } = "ELBSecurityPolicy-TLS13-1-2-2021-06";

    /// <summary>
    /// For how many days every request is logged to a bucket, 1 to 3650; 0 for not at all. Default: null, 90 in production and 0 elsewhere.
    /// </summary>
    public int? AccessLogDays { get; init; }

    /// <summary>For how many days every request to a load balancer is logged; 0 for not at all.</summary>
    internal static int DaysOf(LoadBalancerArgs args, AwsContext context) =>
        args.Tweak<AwsLoadBalancerTweak>()?.AccessLogDays ?? (context.IsProduction ? 90 : 0);
}
