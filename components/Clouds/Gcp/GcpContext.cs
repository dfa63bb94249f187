using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds.Gcp;

/// <summary>What every component on Google Cloud needs to know, and what has been built there so far.</summary>
/// <param name="cloud">Google Cloud.</param>
/// <param name="blueprint">The stack's blueprint.</param>
/// <param name="progress">What all clouds of the stack share.</param>
internal sealed class GcpContext(ICloud cloud, Blueprint blueprint, BuildProgress progress)
    : CloudContext<GcpGrantee>(cloud, blueprint, GcpProvider.Create(blueprint, ProjectOf(blueprint)), progress)
{
    // Stands in plans of a cloud that the stack file does not name; the checks demand an account everywhere else.
    private const string NoProject = "hypothetical";

    private readonly ICloud _cloud = cloud;
    private IReadOnlyList<Output<string>> _egressAddresses = [];

    /// <summary>The project's id.</summary>
    public string Project { get; } = ProjectOf(blueprint);

    /// <summary>The region, such as <c>europe-west9</c>.</summary>
    public string Region => Blueprint.RegionOn(Cloud);

    /// <summary>What the provider does when a store is to be deleted: Google Cloud's own spelling of protection.</summary>
    public string DeletionPolicy => Protect ? "PREVENT" : "DELETE";

    /// <summary>The domain of private names: services find each other below it.</summary>
    public string PrivateDomain => $"{Stack}.internal";

    /// <inheritdoc/>
    public override IReadOnlyList<Output<string>> EgressAddresses => _egressAddresses;

    /// <summary>The tags in the form of labels.</summary>
    public override IReadOnlyDictionary<string, string> Tags(string component, DataClass dataClass = DataClass.Internal) =>
        GcpLabels.Of(Blueprint.Tags(component, dataClass));

    /// <summary>The APIs of a kind of component.</summary>
    public IReadOnlyList<string> ApisOf(ComponentKind kind) => (_cloud.Find(kind) as IUsesApis)?.Apis ?? [];

    /// <summary>Keeps the addresses from which everything here reaches the internet, for those who admit them.</summary>
    public void LeavesBy(IReadOnlyList<Output<string>> addresses) => _egressAddresses = addresses;

    private static string ProjectOf(Blueprint blueprint) => blueprint.Settings.Accounts.Gcp?.Project ?? NoProject;
}
