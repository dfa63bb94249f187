using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Gcp;

/// <summary>What every component on Google Cloud needs to know.</summary>
/// <param name="Blueprint">What is built.</param>
/// <param name="Provider">The explicit provider.</param>
/// <param name="Values">The providers of random values and certificates.</param>
/// <param name="Project">The project's id.</param>
internal sealed record GcpContext(Blueprint Blueprint, Pulumi.Gcp.Provider Provider, ValueProviders Values, string Project)
{
    /// <summary>The region, such as <c>europe-west9</c>.</summary>
    public string Region => Blueprint.RegionOn(Cloud.Gcp);

    /// <summary>Whether stores are protected against deletion.</summary>
    public bool Protect => Blueprint.Profile.Protect;

    /// <summary>What the provider does when a store is to be deleted: Google Cloud's own spelling of protection.</summary>
    public string DeletionPolicy => Protect ? "PREVENT" : "DELETE";

    /// <summary>The domain of private names: services find each other below it.</summary>
    public string PrivateDomain => $"{Blueprint.Settings.Stack}.internal";

    /// <summary>The labels of something that follows components and has no arguments of its own.</summary>
    public IReadOnlyDictionary<string, string> Labels(string component, DataClass dataClass = DataClass.Internal) => GcpLabels.Of(Blueprint.Tags(component, dataClass));

    /// <summary>Where a declared component stands.</summary>
    public Placement Place(Component declared) => Place(declared.Kind, declared.Name, declared.Arguments.DataClass);

    /// <summary>Where what follows from components stands.</summary>
    public Placement Place(ComponentKind kind, string name, DataClass dataClass = DataClass.Internal) =>
        new(kind, Cloud.Gcp, name, GcpCloud.Table[kind], Provider, Labels(name, dataClass));
}
