using Infra.Components.Buckets.Aws;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Aws;
using Pulumi;
using S3Inputs = Pulumi.Aws.S3.Inputs;

namespace Infra.Components.Networks.Aws;

/// <summary>
/// The stack's one bucket of logs: of the network's traffic, and of the requests that load balancers answered. Each has its own path and
/// days.
/// </summary>
internal sealed class AwsLogBucket
{
    // Where flow logs go by themselves.
    private const string Flows = "AWSLogs/";

    private readonly AwsPrivateBucket _bucket;

    private AwsLogBucket(
        string network,
        bool flows,
        bool isProtected,
        AwsContext context,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        var balancers = Logged(context).ToList();
        _bucket = new AwsPrivateBucket($"{network}-logs", tags, child, new()
        {
            Protect = isProtected,
            ForceDestroy = !isProtected,
            // From when it held the logs of traffic alone.
            FormerName = $"{network}-flows",
            Statements = arn =>
            [
                .. flows ? Delivery(arn, context) : [],
                // The path holds the account: no other account's load balancer can write here.
                .. balancers.Select(balancer => new Statement
                {
                    Service = "logdelivery.elasticloadbalancing.amazonaws.com",
                    Actions = ["s3:PutObject"],
                    Resources = [Output.Format($"{arn}/{PrefixOf(balancer.Name)}/AWSLogs/{context.AccountId ?? "*"}/*")],
                }),
            ],
        });
        var aging = balancers.Select(balancer =>
            Keep(balancer.Name, $"{PrefixOf(balancer.Name)}/", AwsLoadBalancerTweak.DaysOf(balancer.Args, context)));
        _bucket.Age(flows ? aging.Prepend(Keep("flows", Flows, context.IsProduction ? 90 : 14)) : aging);
    }

    /// <summary>The bucket's ARN.</summary>
    public Output<string> Arn => _bucket.Bucket.Arn;

    /// <summary>The bucket's name.</summary>
    public Output<string> Name => _bucket.Bucket.BucketName;

    /// <summary>What lets logs in: whoever writes must wait for it.</summary>
    public Resource Policy => _bucket.Policy;

    /// <summary>The path of a load balancer's logs.</summary>
    public static string PrefixOf(string balancer) => $"load-balancers/{balancer}";

    /// <summary>Creates it where something is logged; null where nothing is.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="flows">Whether the network's traffic is logged.</param>
    /// <param name="isProtected">Whether it is protected against deletion, with what is in it.</param>
    /// <param name="context">The stack.</param>
    /// <param name="tags">The tags of its resources.</param>
    /// <param name="child">Makes the options of a child.</param>
    public static AwsLogBucket? Create(
        string network,
        bool flows,
        bool isProtected,
        AwsContext context,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child) =>
        flows || Logged(context).Any() ? new(network, flows, isProtected, context, tags, child) : null;

    private static IEnumerable<LoadBalancer> Logged(AwsContext context) =>
        context.On<LoadBalancer>().Where(balancer => AwsLoadBalancerTweak.DaysOf(balancer.Args, context) > 0);

    private static IEnumerable<Statement> Delivery(Output<string> arn, AwsContext context)
    {
        const string Service = "delivery.logs.amazonaws.com";
        IReadOnlyList<Condition> source =
            context.AccountId is { } account ? [new("StringEquals", "aws:SourceAccount", account)] : [];
        yield return new()
        {
            Service = Service,
            Actions = ["s3:PutObject"],
            Resources = [Output.Format($"{arn}/{Flows}*")],
            Conditions = source,
        };
        yield return new() { Service = Service, Actions = ["s3:GetBucketAcl", "s3:ListBucket"], Resources = [arn], Conditions = source };
    }

    private static S3Inputs.BucketLifecycleConfigurationRuleArgs Keep(string id, string prefix, int days) => new()
    {
        Id = id,
        Status = "Enabled",
        Filter = new S3Inputs.BucketLifecycleConfigurationRuleFilterArgs { Prefix = prefix },
        Expiration = new S3Inputs.BucketLifecycleConfigurationRuleExpirationArgs { Days = days },
    };
}
