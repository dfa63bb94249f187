using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>
/// Which provider a resource has when it is not its component's: one beside the cluster for a component in it, or the other way around.
/// </summary>
internal static class ProviderChoice
{
    /// <summary>The same options, with another provider.</summary>
    public static CustomResourceOptions On(this CustomResourceOptions options, ProviderResource provider)
    {
        options.Provider = provider;
        return options;
    }
}
