using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>How long an update waits for a resource where the provider's own default does not fit.</summary>
internal static class Patience
{
    /// <summary>Waits for a resource to be created or updated until this much time has passed.</summary>
    public static CustomResourceOptions Within(this CustomResourceOptions options, TimeSpan most)
    {
        options.CustomTimeouts = new() { Create = most, Update = most };
        return options;
    }
}
