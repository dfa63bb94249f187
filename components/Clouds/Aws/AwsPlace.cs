using System.Text.RegularExpressions;
using Infra.Components.Checks;

namespace Infra.Components.Clouds.Aws;

/// <summary>What AWS says of the place itself: the region, and what is written on everything there.</summary>
internal static partial class AwsPlace
{
    private static readonly Rule Region = Rule.Error("aws-region", "The stack's region of AWS is one whose availability zones are listed");
    private static readonly Rule Tag = Rule.Error("aws-tag", "The stack's owner can be written into a tag of AWS");

    /// <summary>Reports what is wrong with it.</summary>
    /// <returns>Whether the place is known well enough to check what stands there.</returns>
    public static bool Check(CloudChecks checks)
    {
        if (checks.Region.Length > 0 && AwsRegions.Zones(checks.Region).Count == 0)
        {
            checks.Report(
                Region,
                null,
                $"The region is '{checks.Region}', whose availability zones are not listed; allowed: {string.Join(", ", AwsRegions.All)}. "
                + "Change infra:location or infra:regions.aws.");
        }

        if (!TagValue().IsMatch(checks.Settings.Owner))
        {
            checks.Report(
                Tag,
                null,
                $"infra:owner is '{checks.Settings.Owner}'; allowed in a tag on AWS: 1 to 256 letters, digits, spaces and + - = . _ : / @. "
                + "Change it.");
        }

        foreach (var standing in checks.Blueprint.On(checks.Cloud)) AwsNames.Check(standing.Component, checks, "sg-");
        return true;
    }

    [GeneratedRegex(@"^[\p{L}\p{Zs}\p{Nd}_.:/=+\-@]{1,256}\z")]
    private static partial Regex TagValue();
}
