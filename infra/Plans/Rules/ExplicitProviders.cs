using Infra.Components.Checks;

namespace Infra.Plans.Rules;

/// <summary>
/// Every resource names its provider: a default provider would deploy to whatever account the machine happens to be logged in to.
/// </summary>
internal static class ExplicitProviders
{
    private static readonly Rule Explicit = Rule.Error("provider-explicit", "Every resource has an explicit provider");

    // What the engine itself provides, such as references to other stacks.
    private const string Engine = "pulumi";

    public static IEnumerable<Finding> Check(Plan plan) =>
        from resource in plan.Resources
        where resource is { Provider: null, IsProvider: false, IsCustom: true, IsRegistered: true } && resource.Package != Engine
        select new Finding(
            Severity.Error,
            Explicit,
            resource.Component,
            $"{resource.Urn} uses the default provider of '{resource.Package}'; allowed: an explicit one. "
            + "Give its component, or itself, the provider of its cloud; random values and certificates take one from ValueProviders.");
}
