using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds.Aws;

/// <summary>A stack's part on AWS.</summary>
/// <param name="cloud">The cloud.</param>
/// <param name="blueprint">The stack's blueprint.</param>
/// <param name="progress">What all clouds of the stack share.</param>
internal sealed class AwsContext(ICloud cloud, Blueprint blueprint, BuildProgress progress)
    : CloudContext<AwsGrantee>(cloud, blueprint, AwsProvider.Create(blueprint), progress)
{
    /// <summary>The addresses by which the network leaves; set once it stands.</summary>
    public IReadOnlyList<Output<string>> NetworkAddresses { get; set; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<Output<string>> EgressAddresses => NetworkAddresses;

    /// <summary>The region.</summary>
    public string Region => Blueprint.RegionOn(Cloud.Aws);

    /// <summary>The account's 12 digits; null in a hypothetical plan.</summary>
    public string? AccountId => Blueprint.Settings.Accounts.Aws?.AccountId;

    /// <summary>For how many days logs are kept; one of the periods that CloudWatch Logs knows.</summary>
    public int LogDays => IsProduction ? 30 : 7;

    /// <summary>How the name of a group of logs begins: with the stack, because several share an account.</summary>
    public string LogPrefix(string name) => $"/{Stack}/{name}-";
}
