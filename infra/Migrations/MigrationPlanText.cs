using System.Globalization;
using Infra.Components.Checks;
using Infra.Plans;

namespace Infra.Migrations;

/// <summary>Writes the plan of a migration for a reader at a terminal, or into a file.</summary>
internal static class MigrationPlanText
{
    /// <summary>Writes it.</summary>
    public static void Write(MigrationPlan plan, TextWriter writer, TextLayout layout) => new Writing(plan, writer, layout).Write();

    /// <summary>The command that writes a step into the stack file, for one component.</summary>
    public static string CommandOf(string stack, string component, MoveStep step)
    {
        var percent = step.Percent is { } share ? string.Create(CultureInfo.InvariantCulture, $" --percent {share}") : "";
        return $"./run migrate next {stack} {component} {step.State}{percent}";
    }

    /// <summary>When a step may be taken, in words.</summary>
    public static string WhenOf(MoveStep step) => step.AfterSeconds switch
    {
        null => "once the data has caught up",
        0 => "at once",
        _ => $"after {Measure.TimeOf(step.AfterSeconds)}",
    };

    /// <summary>What a wave's updates make, in one line.</summary>
    public static string ResourcesOf(Wave wave) => wave.Resources.Count == 0
        ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{wave.Resources.Sum(resource => resource.Count)}: ")
            + string.Join(", ", wave.Resources.Select(Told));

    private static string Told(ResourceCount resource)
    {
        var type = resource.Type.Split(':');
        return string.Create(CultureInfo.InvariantCulture, $"{resource.Count} {type[0]} {type[^1]}");
    }

    private sealed class Writing(MigrationPlan plan, TextWriter writer, TextLayout layout)
    {
        private const int NameWidth = 20;
        private const int LabelWidth = 12;

        private readonly string _rule = new('─', layout.Width);

        public void Write()
        {
            Line(layout.Bold(Printable.Of($"{plan.Stack}: {plan.From} to {plan.To}")));
            var moving = plan.Waves.Sum(wave => wave.Components.Count);
            var size = string.Create(CultureInfo.InvariantCulture, $"at most {plan.AtMost} in one unless they cannot be parted");
            Line($"{Printable.Of(plan.System)} · {plan.Environment} · {Counted(moving, "component")} in "
                + $"{Counted(plan.Waves.Count, "wave")}, {size}");
            Line(Verdict());
            Line(_rule);
            WriteSurprises();
            WriteLists();
            foreach (var wave in plan.Waves) Write(wave);
            WriteTotals();
        }

        private void Line(string text = "") => writer.Write($"{text}\n");

        private void Words(string label, string text) => Paragraph.Write(Printable.Of(label), Printable.Of(text), writer, layout);

        private void WriteSurprises()
        {
            Line(layout.Bold("Gaps and surprises"));
            if (plan.Surprises.Count == 0) Words("", $"None: what the stack asks for, {plan.To} keeps as {plan.From} does.");
            foreach (var finding in plan.Surprises)
            {
                var words = Report.Line(finding).Split(' ', StringSplitOptions.RemoveEmptyEntries);
                foreach (var line in Paragraph.Lines("", words, " ", layout)) Line(Weighed(finding.Severity, line));
            }

            Line();
        }

        private void WriteLists()
        {
            Section("Provided by", plan.Products.Select(product => (
                product.Component,
                $"{product.FromProduct} becomes {product.ToProduct}{(product.Size is { } size ? $", {size}" : "")}")));
            Section("Fixed once there is data", plan.Fixed.Select(setting => (
                setting.Component,
                $"{setting.What}: {string.Join(", ", setting.Inputs)}")));
            Section("Stays", plan.Stays.Select(stay => (stay.Component, $"{stay.Cloud}. {stay.Reason}")));
            Section("Cannot be parted", plan.Inseparable.Select(one => ("", $"{string.Join(", ", one.Components)}: {one.Reason}")));
            if (plan.Preparations.Count == 0) return;
            Line(layout.Bold("Before the first wave"));
            foreach (var preparation in plan.Preparations) Write(preparation);
            Line();
        }

        private void Section(string title, IEnumerable<(string Name, string Text)> lines)
        {
            var all = lines.ToList();
            if (all.Count == 0) return;
            Line(layout.Bold(title));
            foreach (var (name, text) in all) Words(name.Length == 0 ? "" : layout.Column(name, NameWidth), text);
            Line();
        }

        private void Write(Wave wave)
        {
            Line(_rule);
            Line(layout.Bold(Printable.Of(string.Create(
                CultureInfo.InvariantCulture,
                $"Wave {wave.Number}: {string.Join(", ", wave.Components)}"))));
            Words("", $"{wave.Reason} Risk {wave.Risk}.");
            if (wave.Along.Count > 0) Label("along", string.Join(", ", wave.Along));
            if (wave.Hosts.Count > 0) Label("traffic", string.Join(", ", wave.Hosts));
            Label("resources", ResourcesOf(wave));
            if (wave.Preparations.Count > 0) Line("  before");
            foreach (var preparation in wave.Preparations) Write(preparation);
            foreach (var data in wave.Data) Write(data);
            if (wave.PauseSeconds != 0)
            {
                Label(
                    "pause",
                    $"{Measure.TimeOf(wave.PauseSeconds)} in which nobody writes, and has no replicas: "
                    + $"{(wave.Writers.Count == 0 ? "nobody is known to" : string.Join(", ", wave.Writers))}. "
                    + $"{string.Join(" ", wave.Pause.Select(used => $"{used.Formula} = {used.Numbers} = {used.Result}."))} "
                    + (wave.PauseSeconds is { } pause
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"A month with nothing else missing has {MoveFormulas.AvailabilityPercent(pause):0.###} %.")
                        : ""));
            }

            foreach (var link in wave.Crossing)
                Label("crosses", $"{link.Consumer} on {link.ConsumerCloud} uses {link.Target} on {link.TargetCloud}, by {Over(link.Over)}");
            Line("  steps");
            foreach (var (index, step) in wave.Steps.Index())
            {
                var percent = step.Percent is { } share ? string.Create(CultureInfo.InvariantCulture, $" {share} %") : "";
                Words(
                    string.Create(CultureInfo.InvariantCulture, $"  {index + 1}. "),
                    $"{step.State}{percent}, {WhenOf(step)}: {string.Join(", ", step.Components)}. {step.Meaning}");
            }

            foreach (var back in wave.Rollback) Label(back.Point, $"{back.Until}: {back.Cost}");
            foreach (var check in wave.Checks) Label("go if", check);
            Line();
        }

        private void Label(string label, string text) => Words(layout.Column(label, LabelWidth), text);

        private static string Over(string way) => way switch
        {
            "relay" => "a relay",
            "public-api" => "its public API",
            _ => "no way that there is",
        };

        private void Write(Preparation preparation)
        {
            Words("- ", $"{preparation.Title}. {string.Join(' ', preparation.Notes)}");
            foreach (var line in preparation.Commands.SelectMany(command => command.Split('\n'))) Line($"      {Printable.Of(line)}");
        }

        private void Write(MovedData data)
        {
            var way = data.Way is { } name ? $" by {name}" : "";
            Label("data", $"{data.Component}: {data.Holds}{way}. {data.Meaning}");
            foreach (var formula in data.Formulas)
                Words("    ", $"{formula.Name}: {formula.Formula} = {formula.Numbers} = {formula.Result}");
            foreach (var figure in data.Figures)
                Words("    ", $"{figure.Name} {Measure.Number(figure.Value)} {figure.Unit} ({figure.Origin})");
        }

        private void WriteTotals()
        {
            Line(_rule);
            Line(layout.Bold("Totals"));
            Words("", $"Copying takes {Measure.TimeOf(plan.CopySeconds)} where all of it begins at once.");
            Words("", $"The longest window in which nobody writes takes {Measure.TimeOf(plan.PauseSeconds)}.");
            Words("", $"Wave after wave, the old copies are released after {Measure.TimeOf(plan.TotalSeconds)}: each copies, pauses, "
                + "moves its traffic and is kept for a day. Copies of later waves may begin earlier.");
            Line(Verdict());
        }

        private string Weighed(Severity severity, string text) => severity switch
        {
            Severity.Error => layout.Red(text),
            Severity.Warning => layout.Yellow(text),
            _ => text,
        };

        private string Verdict()
        {
            var (errors, warnings) = (Count(Severity.Error), Count(Severity.Warning));
            var found = $"{Counted(errors, "error")}, {Counted(warnings, "warning")}";
            return errors > 0 ? layout.Red($"{found}: it cannot move yet")
                : warnings > 0 ? layout.Yellow($"{found}: it can move")
                : layout.Green($"{found}: it can move");

            int Count(Severity severity) => plan.Surprises.Count(finding => finding.Severity == severity);
        }

        private static string Counted(int count, string what) =>
            string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
    }
}
