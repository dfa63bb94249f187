namespace Infra.Components.Mail.Aws;

/// <summary>
/// Where Amazon SES takes mails by SMTP, of the regions in which a stack can stand, and where it publishes the keys that it signs them
/// with. Dated 2026-11; source: AWS General Reference, "Amazon Simple Email Service endpoints and quotas".
/// </summary>
internal static class AwsMailEndpoints
{
    private const string UsualKeys = "dkim.amazonses.com";

    private static readonly SortedDictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["ap-northeast-1"] = UsualKeys,
        ["ap-south-1"] = UsualKeys,
        ["ap-southeast-1"] = UsualKeys,
        ["ap-southeast-2"] = UsualKeys,
        ["ca-central-1"] = UsualKeys,
        ["eu-central-1"] = UsualKeys,
        ["eu-north-1"] = UsualKeys,
        ["eu-south-1"] = "dkim.eu-south-1.amazonses.com",
        ["eu-west-1"] = UsualKeys,
        ["eu-west-2"] = UsualKeys,
        ["eu-west-3"] = UsualKeys,
        ["sa-east-1"] = UsualKeys,
        ["us-east-1"] = UsualKeys,
        ["us-east-2"] = UsualKeys,
        ["us-west-2"] = UsualKeys,
    };

    /// <summary>The regions with an SMTP endpoint.</summary>
    public static IEnumerable<string> Regions => Keys.Keys;

    /// <summary>Whether a region has one.</summary>
    public static bool Has(string region) => Keys.ContainsKey(region);

    /// <summary>The endpoint of a region.</summary>
    public static string HostOf(string region) => $"email-smtp.{region}.amazonaws.com";

    /// <summary>The region of an endpoint.</summary>
    public static string RegionOf(string host) => host.Split('.')[1];

    /// <summary>Where mails come back to that cannot be delivered.</summary>
    public static string FeedbackOf(string region) => $"feedback-smtp.{region}.amazonses.com";

    /// <summary>The domain below which the keys of a region's identities are published.</summary>
    public static string KeysOf(string region) => Keys[region];
}
