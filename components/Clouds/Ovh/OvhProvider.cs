using Infra.Components.Placements;
using Pulumi.Ovh;

namespace Infra.Components.Clouds.Ovh;

/// <summary>The one provider of a stack's part on OVHcloud.</summary>
internal static class OvhProvider
{
    /// <summary>Creates it. Which API it calls is said explicitly; only the credentials come from the environment.</summary>
    public static Provider Create(Blueprint blueprint) =>
        new("ovh", new ProviderArgs { Endpoint = blueprint.Settings.Accounts.Ovh?.Endpoint ?? OvhAccount.Europe });
}
