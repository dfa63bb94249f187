using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Systems;
using System.Text.RegularExpressions;

namespace Infra.Components.Buckets.Aws;

/// <summary>Buckets on AWS.</summary>
internal sealed partial class AwsBuckets() : Provision<Bucket, AwsContext>(BucketKind.Instance, new(Backing.Native, "Amazon S3"))
{
    // The prefix is part of the rule's identifier, which has 255 characters at most (Amazon S3 API: LifecycleRule).
    private const int LongestPrefix = 240;

    private static readonly Rule Arguments = Rule.Error("aws-bucket-arguments", "Amazon S3 accepts the bucket's arguments");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [new("access keys", "Consumers on AWS need no keys: their role gives access.")];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(AwsBucketTweak)];

    /// <inheritdoc/>
    protected override void Check(Bucket component, CloudChecks checks)
    {
        AwsNames.Check(component, checks, "sthree-");
        var guard = checks.Guard(component, Arguments);
        if (component.Args.Tweak<AwsBucketTweak>()?.KmsKeyArn is { } key)
        {
            guard.Matches(
                "AwsBucketTweak.KmsKeyArn",
                key,
                KeyArn(),
                "the ARN of a key, such as arn:aws:kms:eu-west-3:123456789012:key/…");
        }

        foreach (var rule in component.Args.Lifecycle)
        {
            guard.Require(
                rule.Prefix.Length <= LongestPrefix,
                "Lifecycle.Prefix",
                $"{rule.Prefix.Length} characters",
                $"{LongestPrefix} characters at most: the rule's identifier on S3 holds it");
        }
    }

    /// <inheritdoc/>
    protected override Reach ReachOf(Bucket component) => Reach.PublicApi;

    /// <inheritdoc/>
    protected override PlacedComponent Build(Bucket component, AwsContext context) => new AwsBucket(component, context);

    [GeneratedRegex(@"^arn:aws:kms:[a-z0-9-]+:\d{12}:key/[A-Za-z0-9-]+\z")]
    private static partial Regex KeyArn();
}
