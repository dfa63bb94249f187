using Infra.Components.Systems;

namespace Infra.Components.Buckets.Aws;

/// <summary>What only a bucket on AWS has.</summary>
public sealed record AwsBucketTweak() : Tweak(Cloud.Aws)
{
    /// <summary>
    /// The ARN of the KMS key that encrypts objects. Default: null, S3's own keys. Objects that exist keep the key they were written with.
    /// </summary>
    public string? KmsKeyArn { get; init; }
}
