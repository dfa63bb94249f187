using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>
/// What clouds show to account holders only: tables hold it by its pattern, and nobody could check it before an account did.
/// </summary>
internal static class UnprovenProducts
{
    private static readonly Rule Proven = Rule.Info("product-unproven", "What is asked of a cloud is named by a public source");

    /// <summary>Reports that a component, or the whole stack, gets something unproven.</summary>
    /// <param name="component">The component; null for the whole stack.</param>
    /// <param name="what">What it gets, such as <c>node type DB-PRO2-M</c>.</param>
    /// <param name="change">What to do where the cloud refuses it, as a sentence without its final dot.</param>
    /// <param name="checks">Where findings go.</param>
    public static void Report(Component? component, string what, string change, CloudChecks checks) => checks.Report(
        Proven,
        component,
        $"No public source names the {what}: {checks.Cloud.Name()} shows it to account holders only, and may refuse it in the first "
        + $"update. {change}, if so.");
}
