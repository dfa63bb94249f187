using System.Text.RegularExpressions;

namespace Infra.Facts;

/// <summary>The patterns of names, for the tables.</summary>
internal static partial class NamePatterns
{
    /// <summary>A bucket of a store that speaks the protocol of S3 and adds no rule of its own.</summary>
    public static NameRule PlainBucketName { get; } = new(
        "name",
        63,
        PlainBucket(),
        "3 or more lower-case letters, digits, hyphens and dots that start and end with a letter or digit and are no IP address");

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\z")]
    public static partial Regex Words();

    [GeneratedRegex(@"^[A-Za-z0-9._-]+\z")]
    public static partial Regex WordsWithDots();

    [GeneratedRegex(@"^[A-Za-z0-9._/#-]+\z")]
    public static partial Regex LogGroup();

    [GeneratedRegex(@"^(?!sg-).+\z")]
    public static partial Regex SecurityGroup();

    [GeneratedRegex(@"^(?=.{2})[a-z0-9]+([._/-]+[a-z0-9]+)*\z")]
    public static partial Regex Repository();

    [GeneratedRegex(@"^[a-z](-?[a-z0-9])*\z")]
    public static partial Regex Identifier();

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@-]+\z")]
    public static partial Regex Iam();

    [GeneratedRegex(@"^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\z")]
    public static partial Regex LoadBalancer();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\z")]
    public static partial Regex TargetGroup();

    [GeneratedRegex(@"^(?!default\z)[a-z0-9 ._-]+\z")]
    public static partial Regex SubnetGroup();

    [GeneratedRegex(@"^(?!xn--|sthree-|(\d+\.){3}\d+\z)(?!.*-s3alias\z)(?!.*\.\.)[a-z0-9][a-z0-9.-]+[a-z0-9]\z")]
    public static partial Regex Bucket();

    [GeneratedRegex(@"^[A-Za-z0-9/_+=.@-]+\z")]
    public static partial Regex SecretName();

    [GeneratedRegex(@"^[A-Za-z0-9_-]+(\.fifo)?\z")]
    public static partial Regex Queue();

    [GeneratedRegex(@"^(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,}\z")]
    public static partial Regex PubSub();

    [GeneratedRegex(@"^[a-z]([a-z0-9-]*[a-z0-9])?\z")]
    public static partial Regex Rfc1035();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]*\z")]
    public static partial Regex LetterThenWords();

    [GeneratedRegex(@"^[a-z][a-z0-9-]{4,}[a-z0-9]\z")]
    public static partial Regex ServiceAccount();

    [GeneratedRegex(@"^(?!goog|(\d+\.){3}\d+\z)(?!.*google)[a-z0-9][a-z0-9._-]+[a-z0-9]\z")]
    public static partial Regex GoogleBucket();

    [GeneratedRegex(@"^[a-z][a-z0-9-]*[a-z0-9]\z")]
    public static partial Regex NodePool();

    [GeneratedRegex(@"^(?!(\d+\.){3}\d+\z)[a-z0-9][a-z0-9.-]+[a-z0-9]\z")]
    public static partial Regex PlainBucket();

    [GeneratedRegex(@"^(?!(information_schema|mysql|performance_schema|postgres|rdb|sys|template0|template1)\z)[A-Za-z0-9_$-]+\z")]
    public static partial Regex ScalewayDatabase();

    [GeneratedRegex(".")]
    public static partial Regex Anything();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?\z")]
    public static partial Regex Label();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\z")]
    public static partial Regex Subdomain();
}
