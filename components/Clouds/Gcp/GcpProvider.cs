using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi.Gcp;

namespace Infra.Components.Clouds.Gcp;

/// <summary>The one provider of a stack's part on Google Cloud.</summary>
internal static class GcpProvider
{
    private static readonly string[] StackLabels = ["environment", "owner", "stack", "system"];

    /// <summary>
    /// Creates it. Whatever the environment could say about the target is said explicitly, and the zone explicitly not, because nothing
    /// here has one; only the credentials come from outside.
    /// </summary>
    public static Provider Create(Blueprint blueprint, string project)
    {
        var args = new ProviderArgs
        {
            Project = project,
            Region = blueprint.RegionOn(Cloud.Gcp),
            Zone = null,
            AddPulumiAttributionLabel = false,
            DefaultLabels = GcpLabels.Of(blueprint.Tags("stack", DataClass.Internal))
                .Where(label => StackLabels.Contains(label.Key))
                .ToDictionary()
                .Input(),
        };
        if (blueprint.Settings.Accounts.Gcp?.ServiceAccount is { } account) args.ImpersonateServiceAccount = account;
        return new Provider("gcp", args);
    }
}
