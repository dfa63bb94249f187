using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>
/// What clouds show to account holders only, or what the tables do not know: nobody could check it before an account did.
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

    /// <summary>Reports that a component gets a product of which the tables know nothing.</summary>
    /// <param name="component">The component.</param>
    /// <param name="what">What it gets, such as <c>instance class db.x2g.large</c>.</param>
    /// <param name="where">Where it should be, such as <c>eu-west-3</c>.</param>
    /// <param name="change">What to do where the cloud refuses it, as a sentence without its final dot.</param>
    /// <param name="checks">Where findings go.</param>
    public static void ReportUnknown(Component component, string what, string where, string change, CloudChecks checks) => checks.Report(
        Proven,
        component,
        $"The tables here do not know the {what}: whether {where} has it shows in the first update only. {change}, if it has not.");
}
