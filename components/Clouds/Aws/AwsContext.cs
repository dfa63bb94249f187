using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Aws;

/// <summary>What every component on AWS needs to know of its stack.</summary>
/// <param name="Blueprint">The stack's blueprint.</param>
/// <param name="Provider">The one provider, explicit.</param>
/// <param name="Values">The providers of random values and certificates.</param>
internal sealed record AwsContext(Blueprint Blueprint, Pulumi.Aws.Provider Provider, ValueProviders Values)
{
    /// <summary>The stack's name.</summary>
    public string Stack => Blueprint.Settings.Stack;

    /// <summary>The region.</summary>
    public string Region => Blueprint.RegionOn(Cloud.Aws);

    /// <summary>The account's 12 digits; null in a hypothetical plan.</summary>
    public string? AccountId => Blueprint.Settings.Accounts.Aws?.AccountId;

    /// <summary>Whether stores are protected against deletion.</summary>
    public bool Protect => Blueprint.Profile.Protect;

    /// <summary>Whether users are served.</summary>
    public bool IsProduction => Blueprint.Profile.Kind == EnvironmentKind.Production;

    /// <summary>For how many days logs are kept; one of the periods that CloudWatch Logs knows.</summary>
    public int LogDays => IsProduction ? 30 : 7;

    /// <summary>The tags of what follows from components and is none itself.</summary>
    public IReadOnlyDictionary<string, string> Tags(string component, DataClass dataClass = DataClass.Internal) => Blueprint.Tags(component, dataClass);

    /// <summary>Where a declared component stands.</summary>
    public Placement Place(Component declared) => Place(declared.Kind, declared.Name, declared.Arguments.DataClass);

    /// <summary>Where what follows from components stands.</summary>
    public Placement Place(ComponentKind kind, string name, DataClass dataClass = DataClass.Internal) =>
        new(kind, Cloud.Aws, name, AwsCloud.Table[kind], Provider, Tags(name, dataClass));
}
