using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.Clouds.Aws;

/// <summary>What every component on AWS needs to know of its stack.</summary>
/// <param name="blueprint">The stack's blueprint.</param>
/// <param name="provider">The one provider, explicit.</param>
/// <param name="values">The providers of random values and certificates.</param>
internal sealed class AwsContext(Blueprint blueprint, ProviderResource provider, ValueProviders values)
    : CloudContext(Cloud.Aws, AwsCloud.Table, blueprint, provider, values)
{
    /// <summary>The region.</summary>
    public string Region => Blueprint.RegionOn(Cloud.Aws);

    /// <summary>The account's 12 digits; null in a hypothetical plan.</summary>
    public string? AccountId => Blueprint.Settings.Accounts.Aws?.AccountId;

    /// <summary>For how many days logs are kept; one of the periods that CloudWatch Logs knows.</summary>
    public int LogDays => IsProduction ? 30 : 7;
}
