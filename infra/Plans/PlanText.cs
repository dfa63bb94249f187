using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Plans;

/// <summary>Writes a plan for a reader at a terminal, or into a file.</summary>
public static class PlanText
{
    /// <summary>Writes a plan of 120 columns, without anything but text.</summary>
    public static void Write(Plan plan, TextWriter writer) => Write(plan, writer, TextLayout.Plain);

    /// <summary>Writes a plan.</summary>
    internal static void Write(Plan plan, TextWriter writer, TextLayout layout) => new Writing(plan, writer, layout).Write();

    private sealed class Writing(Plan plan, TextWriter writer, TextLayout layout)
    {
        private const int NameWidth = 18;
        private const int KindWidth = 20;
        private const int CloudWidth = 12;
        private const int BackingWidth = 12;
        private const int ProtectedWidth = 10;
        private const string Between = " · ";

        // Of 120 columns, types have 42, names of resources 58, and the branches of the tree 3.
        private readonly int _typeWidth = layout.Width * 42 / TextLayout.Plain.Width;
        private readonly string _rule = new('─', layout.Width);

        private int ResourceWidth => layout.Width - 3 - _typeWidth - ProtectedWidth - 7;

        public void Write()
        {
            Line(layout.Bold(Printable.Of(plan.Stack)));
            Line($"{Printable.Of(plan.System)}{Between}{plan.Environment}{Between}{plan.Location}");
            Line(Verdict());
            Line(_rule);
            WriteGroup("providers", null, plan.Resources.Where(resource => resource.Component is null).ToList());
            var resources = plan.Resources.ToLookup(resource => resource.ComponentUrn);
            foreach (var component in plan.Components) WriteGroup(Title(component), component, [.. resources[component.Urn]]);
            WriteExposures();
            WriteFindings();
            WriteTotals();
        }

        private void Line(string text = "") => writer.Write($"{text}\n");

        private string Title(PlannedComponent component)
        {
            var state = component.State == "active" ? "" : $"  {component.State}";
            return layout.Bold(layout.Column(Printable.Of(component.Name), NameWidth))
                + layout.Column(component.Kind.Name, KindWidth)
                + layout.Column(component.Cloud.Name(), CloudWidth)
                + layout.Column(component.Backing.Name(), BackingWidth)
                + layout.Rest(Printable.Of(component.RunsOn + state), NameWidth + KindWidth + CloudWidth + BackingWidth);
        }

        private void WriteGroup(string title, PlannedComponent? component, List<PlannedResource> resources)
        {
            if (resources.Count == 0 && component is null) return;
            Line(title);
            if (component is not null) WriteDecisions(component);
            for (var index = 0; index < resources.Count; index++) WriteResource(resources[index], isLast: index == resources.Count - 1);
            Line();
        }

        // What production has less of than usual is marked where it stands, and among the findings.
        private void WriteDecisions(PlannedComponent component)
        {
            if (component.Decisions.Count == 0) return;
            var parts = component.Decisions.Select(decision => Printable.Of(Told(decision, component.Product)));
            foreach (var line in Paragraph.Lines("", parts, Between, layout))
            {
                var text = layout.Rest(line, 0);
                Line(text.Contains("(usual: ", StringComparison.Ordinal) ? layout.Yellow(text) : text);
            }
        }

        private string Told(Decision decision, string? product)
        {
            var value = decision.What == "size" && product is not null ? $"{decision.Value} ({product})" : decision.Value;
            return decision.Usual is { } usual && plan.Environment == EnvironmentProfile.Of(EnvironmentKind.Production).Name
                ? $"{decision.What} {value} (usual: {usual})"
                : $"{decision.What} {value}";
        }

        private void WriteResource(PlannedResource resource, bool isLast)
        {
            var type = resource.IsProvider ? "Provider" : resource.TypeName;
            var options = new[]
            {
                resource.Protect ? "protected" : null,
                resource.RetainOnDelete ? "retained" : null,
                resource.DeleteBeforeReplace ? "deleted before replaced" : null,
                resource.IgnoreChanges.Count > 0 ? $"ignores {Printable.Of(string.Join(", ", resource.IgnoreChanges))}" : null,
            }.OfType<string>().ToList();
            var name = Printable.Of(resource.Name);
            var line = (isLast ? "└─ " : "├─ ") + layout.Column(type, _typeWidth);
            if (options.Count == 0)
            {
                Line(line + layout.Rest(name, line.Length));
                return;
            }

            line += layout.Column(name, ResourceWidth);
            var told = string.Join(", ", options);
            if (line.Length + told.Length <= layout.Width || options is ["protected"])
            {
                Line(line + told);
                return;
            }

            // What does not fit beside the name stands below it.
            Line(line + (resource.Protect ? options[0] : ""));
            var below = string.Join(", ", resource.Protect ? options.Skip(1) : options);
            if (below.Length > 0) Line(layout.Rest($"{(isLast ? "   " : "│  ")}{new string(' ', _typeWidth)}{below}", 0));
        }

        private void WriteExposures()
        {
            Line(_rule);
            Line(layout.Bold("Reachable from outside"));
            var exposures = Exposures.Of(plan).ToList();
            if (exposures.Count == 0) Line("  nothing");
            foreach (var (resource, what) in exposures)
            {
                var line = $"  {layout.Column(Printable.Of(resource.Component ?? ""), NameWidth)}"
                    + layout.Column($"{resource.TypeName} {Printable.Of(resource.Name)}", _typeWidth + NameWidth);
                Line(line + layout.Rest(Printable.Of(what), line.Length));
            }

            Line();
        }

        private void WriteFindings()
        {
            if (plan.Findings.Count == 0) return;
            Line(layout.Bold("Findings"));
            foreach (var finding in plan.Findings.OrderByDescending(finding => finding.Severity))
            {
                var words = Report.Line(finding).Split(' ', StringSplitOptions.RemoveEmptyEntries);
                foreach (var line in Paragraph.Lines("", words, " ", layout)) Line(Weighed(finding.Severity, line));
            }

            Line();
        }

        private string Weighed(Severity severity, string text) => severity switch
        {
            Severity.Error => layout.Red(text),
            Severity.Warning => layout.Yellow(text),
            _ => text,
        };

        private void WriteTotals()
        {
            Line(layout.Bold("Totals"));
            var clouds = CloudNames.All
                .Where(cloud =>
                    plan.Components.Any(component => component.Cloud == cloud) || plan.Resources.Any(resource => resource.Cloud == cloud))
                .ToList();
            foreach (var cloud in clouds)
            {
                WriteCounts(
                    cloud.Name(),
                    plan.Components.Count(component => component.Cloud == cloud),
                    plan.Resources.Count(resource => resource.Cloud == cloud));
            }

            if (clouds.Count != 1) WriteCounts("all", plan.Components.Count, plan.Resources.Count);
            Line(Verdict());
        }

        private void WriteCounts(string what, int components, int resources) => Line(
            $"  {layout.Column(what, NameWidth)}{layout.Column(Counted(components, "component"), KindWidth)}"
            + Counted(resources, "resource"));

        private string Verdict()
        {
            var (errors, warnings) = (Count(Severity.Error), Count(Severity.Warning));
            var found = $"{Counted(errors, "error")}, {Counted(warnings, "warning")}";
            return errors > 0 ? layout.Red($"{found}: nothing would be deployed")
                : warnings > 0 ? layout.Yellow($"{found}: can be deployed")
                : layout.Green($"{found}: can be deployed");

            int Count(Severity severity) => plan.Findings.Count(finding => finding.Severity == severity);
        }

        private static string Counted(int count, string what) =>
            string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
    }
}
