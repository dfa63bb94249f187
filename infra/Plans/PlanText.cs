using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Plans;

/// <summary>Writes a plan for a reader at a terminal of 120 columns.</summary>
public static class PlanText
{
    private const int NameWidth = 18;
    private const int KindWidth = 20;
    private const int CloudWidth = 12;
    private const int BackingWidth = 12;
    private const int TypeWidth = 42;
    private const int ResourceWidth = 58;

    private static readonly string Rule = new('─', Paragraph.Width);

    /// <summary>Writes a plan.</summary>
    public static void Write(Plan plan, TextWriter writer)
    {
        writer.Write($"{plan.Stack}\n{plan.System} · {plan.Environment} · {plan.Location}\n{Rule}\n");
        WriteGroup("providers", plan.Resources.Where(resource => resource.Component is null), writer);
        var resources = plan.Resources.ToLookup(resource => resource.ComponentUrn);
        foreach (var component in plan.Components)
        {
            var state = component.State == "active" ? "" : $"  {component.State}";
            WriteGroup(
                $"{Pad(component.Name, NameWidth)}{Pad(component.Kind.Name, KindWidth)}{Pad(component.Cloud.Name(), CloudWidth)}"
                + $"{Pad(component.Backing.Name(), BackingWidth)}{component.RunsOn}{state}",
                resources[component.Urn],
                writer,
                always: true);
        }

        WriteExposures(plan, writer);
        WriteFindings(plan, writer);
        WriteTotals(plan, writer);
    }

    private static void WriteGroup(string title, IEnumerable<PlannedResource> resources, TextWriter writer, bool always = false)
    {
        var list = resources.ToList();
        if (list.Count == 0 && !always) return;
        writer.Write($"{title}\n");
        for (var index = 0; index < list.Count; index++)
        {
            var resource = list[index];
            var type = resource.IsProvider ? "Provider" : resource.TypeName;
            var line = $"{(index == list.Count - 1 ? "└─ " : "├─ ")}{Pad(type, TypeWidth)}"
                + $"{(resource.Protect ? Pad(resource.Name, ResourceWidth) + "protected" : resource.Name)}";
            writer.Write($"{line}\n");
        }

        writer.Write('\n');
    }

    private static void WriteExposures(Plan plan, TextWriter writer)
    {
        writer.Write($"{Rule}\nReachable from outside\n");
        var exposures = Exposures.Of(plan).ToList();
        if (exposures.Count == 0) writer.Write("  nothing\n");
        foreach (var (resource, what) in exposures)
        {
            writer.Write(
                $"  {Pad(resource.Component ?? "", NameWidth)}{Pad($"{resource.TypeName} {resource.Name}", TypeWidth + NameWidth)}"
                + $"{what}\n");
        }

        writer.Write('\n');
    }

    private static void WriteFindings(Plan plan, TextWriter writer)
    {
        if (plan.Findings.Count == 0) return;
        writer.Write("Findings\n");
        foreach (var finding in plan.Findings.OrderByDescending(finding => finding.Severity))
            Paragraph.Write("", Report.Line(finding), writer);
        writer.Write('\n');
    }

    private static void WriteTotals(Plan plan, TextWriter writer)
    {
        writer.Write("Totals\n");
        var clouds = CloudNames.All
            .Where(cloud =>
                plan.Components.Any(component => component.Cloud == cloud) || plan.Resources.Any(resource => resource.Cloud == cloud))
            .ToList();
        foreach (var cloud in clouds)
        {
            WriteCounts(
                cloud.Name(),
                plan.Components.Count(component => component.Cloud == cloud),
                plan.Resources.Count(resource => resource.Cloud == cloud),
                writer);
        }

        if (clouds.Count != 1) WriteCounts("all", plan.Components.Count, plan.Resources.Count, writer);
        var (errors, warnings) = (Count(Severity.Error), Count(Severity.Warning));
        writer.Write($"  {Pad("findings", NameWidth)}{Counted(errors, "error")}, {Counted(warnings, "warning")}\n");

        int Count(Severity severity) => plan.Findings.Count(finding => finding.Severity == severity);
    }

    private static void WriteCounts(string what, int components, int resources, TextWriter writer) =>
        writer.Write($"  {Pad(what, NameWidth)}{Pad(Counted(components, "component"), KindWidth)}{Counted(resources, "resource")}\n");

    private static string Counted(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    // A text longer than its column pushes the next one on by a space, rather than being cut.
    private static string Pad(string text, int width) => text.Length < width ? text.PadRight(width) : text + " ";
}
