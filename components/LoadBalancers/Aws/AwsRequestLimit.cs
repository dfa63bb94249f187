using System.Text.Json.Nodes;
using Infra.Components.Clouds.Aws;
using Waf = Pulumi.Aws.WafV2;
using WafInputs = Pulumi.Aws.WafV2.Inputs;

namespace Infra.Components.LoadBalancers.Aws;

/// <summary>
/// A web ACL of AWS WAF before an Application Load Balancer, which lets so many requests a minute through from an address.
/// </summary>
internal static class AwsRequestLimit
{
    private const int WindowSeconds = 60;

    /// <summary>Creates it.</summary>
    /// <param name="most">How many.</param>
    /// <param name="entry">Where HTTP enters.</param>
    /// <param name="site">Where it stands.</param>
    public static void Create(int most, AwsHttpEntry entry, AwsLoadBalancerSite site)
    {
        var name = $"{site.Name}-limit";

        // Statements nest without end, and so do their classes: as text they are one input.
        JsonArray rules =
        [
            new JsonObject
            {
                ["Name"] = "requests",
                ["Priority"] = 0,
                ["Statement"] = new JsonObject
                {
                    ["RateBasedStatement"] = new JsonObject
                    {
                        ["Limit"] = most,
                        ["EvaluationWindowSec"] = WindowSeconds,
                        ["AggregateKeyType"] = "IP",
                    },
                },
                ["Action"] = new JsonObject
                {
                    ["Block"] = new JsonObject { ["CustomResponse"] = new JsonObject { ["ResponseCode"] = 429 } },
                },
                ["VisibilityConfig"] = new JsonObject
                {
                    ["SampledRequestsEnabled"] = false,
                    ["CloudWatchMetricsEnabled"] = true,
                    ["MetricName"] = "requests",
                },
            },
        ];
        var acl = new Waf.WebAcl(
            name,
            new()
            {
                Scope = "REGIONAL",
                DefaultAction = new WafInputs.WebAclDefaultActionArgs { Allow = new WafInputs.WebAclDefaultActionAllowArgs() },
                RuleJson = rules.ToJsonString(),
                VisibilityConfig = new WafInputs.WebAclVisibilityConfigArgs
                {
                    SampledRequestsEnabled = false,
                    CloudwatchMetricsEnabled = true,
                    MetricName = name,
                },
                Tags = site.Tags.AsInput(),
            },
            site.Child());
        _ = new Waf.WebAclAssociation(name, new() { ResourceArn = entry.Balancer.Arn, WebAclArn = acl.Arn }, site.Child());
    }
}
