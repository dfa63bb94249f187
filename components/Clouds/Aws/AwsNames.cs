using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Aws;

/// <summary>Names that AWS keeps for itself: of security groups, internal load balancers, buckets of other services.</summary>
internal static class AwsNames
{
    private static readonly Rule Reserved = Rule.Error("aws-name", "Names of components begin with nothing that AWS keeps for itself");

    /// <summary>Refuses a component's name that begins with what AWS keeps for itself.</summary>
    /// <param name="component">The component.</param>
    /// <param name="checks">Where findings go.</param>
    /// <param name="prefix">What AWS keeps for itself.</param>
    public static void Check(Component component, CloudChecks checks, string prefix)
    {
        if (!component.Name.StartsWith(prefix, StringComparison.Ordinal)) return;
        checks.Report(
            Reserved,
            component,
            $"The name '{component.Name}' starts with '{prefix}', which AWS keeps for itself; allowed: other names. Rename it.");
    }
}
