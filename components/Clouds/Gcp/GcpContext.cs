using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds.Gcp;

/// <summary>What every component on Google Cloud needs to know.</summary>
/// <param name="blueprint">The stack's blueprint.</param>
/// <param name="provider">The one provider, explicit.</param>
/// <param name="values">The providers of random values and certificates.</param>
/// <param name="project">The project's id.</param>
internal sealed class GcpContext(Blueprint blueprint, ProviderResource provider, ValueProviders values, string project)
    : CloudContext(Cloud.Gcp, GcpCloud.Table, blueprint, provider, values)
{
    /// <summary>The project's id.</summary>
    public string Project => project;

    /// <summary>The region, such as <c>europe-west9</c>.</summary>
    public string Region => Blueprint.RegionOn(Cloud.Gcp);

    /// <summary>What the provider does when a store is to be deleted: Google Cloud's own spelling of protection.</summary>
    public string DeletionPolicy => Protect ? "PREVENT" : "DELETE";

    /// <summary>The domain of private names: services find each other below it.</summary>
    public string PrivateDomain => $"{Blueprint.Settings.Stack}.internal";

    /// <summary>The tags in the form of labels.</summary>
    public override IReadOnlyDictionary<string, string> Tags(string component, DataClass dataClass = DataClass.Internal) => GcpLabels.Of(Blueprint.Tags(component, dataClass));
}
