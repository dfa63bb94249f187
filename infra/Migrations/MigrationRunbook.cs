using System.Globalization;
using Infra.Components.Checks;

namespace Infra.Migrations;

/// <summary>
/// Writes the plan of a migration as a runbook in Markdown to tick off: who does what, when, and when it is given up. Every box of it is
/// one thing that somebody does or looks at.
/// </summary>
internal static class MigrationRunbook
{
    private static readonly string[] Roles = ["commander", "database", "network", "application", "scribe", "communication"];

    // When a window is given up, and what must hold before: the usual of such days, with numbers to look at.
    private static readonly string[] Aborts =
    [
        "more than 0.5 % of requests fail (5xx) for 3 minutes",
        "the 95th percentile of the response time is twice what it was before",
        "replication is behind by more than 2 s after the switch",
        "a check of the data fails",
    ];

    /// <summary>Writes it.</summary>
    public static void Write(MigrationPlan plan, TextWriter writer) => new Writing(plan, writer).Write();

    private sealed class Writing(MigrationPlan plan, TextWriter writer)
    {
        public void Write()
        {
            Line($"# {plan.Stack}: from {plan.From} to {plan.To}");
            Line();
            var day = plan.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Line($"Planned on {day} by `./run migrate plan {plan.Stack} --to {plan.To}`; times are predictions by the formulas there.");
            Line();
            Line("| Role | Who |");
            Line("| --- | --- |");
            foreach (var role in Roles) Line($"| {role} | |");
            Line();
            WriteSurprises();
            Line("## Before the first wave");
            Line();
            foreach (var stay in plan.Stays) Box($"`{stay.Component}` stays: {stay.Reason}");
            Box("A backup of every store was restored and looked at.");
            Box("Dashboards and alerts of both clouds show the same.");
            foreach (var preparation in plan.Preparations) Write(preparation);
            Line();
            foreach (var wave in plan.Waves) Write(wave);
            Line("## Afterwards");
            Line();
            Box($"`infra:migration` is removed and `infra:cloud` is {plan.To}: the preview changes nothing.");
            Box("Times in which names are kept are what they were.");
            Box($"Nothing is left on {plan.From} but what stays, and nothing there is paid for any more.");
        }

        private void WriteSurprises()
        {
            if (plan.Surprises.Count == 0) return;
            Line("## Gaps and surprises");
            Line();
            foreach (var finding in plan.Surprises.Where(finding => finding.Severity != Severity.Info)) Box($"**{Report.Line(finding)}**");
            foreach (var finding in plan.Surprises.Where(finding => finding.Severity == Severity.Info)) Box(Report.Line(finding));
            Line();
        }

        private void Write(Wave wave)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"## Wave {wave.Number}: {string.Join(", ", wave.Components)}"));
            Line();
            Line($"{wave.Reason} New resources: {MigrationPlanText.ResourcesOf(wave)}. Copying takes {Measure.TimeOf(wave.CopySeconds)}"
                + (wave.PauseSeconds == 0 ? "." : $", the window {Measure.TimeOf(wave.PauseSeconds)}."));
            Line();
            foreach (var data in wave.Data) Line($"- `{data.Component}`, {data.Holds}: {data.Meaning}");
            if (wave.Data.Count > 0) Line();
            if (wave.PauseSeconds != 0)
            {
                Box("T-5 d: no more releases of the code that is not needed for the move.");
                Box("T-2 d: no more changes of schemas.");
                Box("T-1 d: no more changes of the infrastructure.");
            }

            foreach (var preparation in wave.Preparations) Write(preparation);
            Line();
            Line("Go or no go, at T-60 min:");
            Line();
            foreach (var check in wave.Checks) Box(check);
            Line();
            Line("Steps, each with its own go:");
            Line();
            foreach (var step in wave.Steps) Write(step);
            Line();
            Line($"Given up when {string.Join("; ", wave.PauseSeconds > 0 ? [.. Aborts, Overtime(wave)] : Aborts)}.");
            Line();
            foreach (var back in wave.Rollback) Line($"- {back.Point}, {back.Until}: {back.Cost}");
            Line();
        }

        private static string Overtime(Wave wave) => $"the window takes more than {Measure.TimeOf(wave.PauseSeconds * 3 / 2)} (150 %)";

        private void Write(MoveStep step)
        {
            var percent = step.Percent is { } share ? string.Create(CultureInfo.InvariantCulture, $" {share} %") : "";
            var at = step.State == "paused" ? " T-15 min: users are told. T0: writers stop." : "";
            Box($"**{step.State}{percent}**, {MigrationPlanText.WhenOf(step)}: {string.Join(", ", step.Components)}.{at} {step.Meaning}");
            Line();
            Line("  ```sh");
            foreach (var component in step.Components) Line($"  {MigrationPlanText.CommandOf(plan.Stack, component, step)}");
            Line($"  pulumi up --stack {plan.Stack}");
            Line("  ```");
            Line();
        }

        private void Write(Preparation preparation)
        {
            Box($"{preparation.Title}. {string.Join(' ', preparation.Notes)}");
            if (preparation.Commands.Count == 0) return;
            Line();
            Line("  ```sh");
            foreach (var line in preparation.Commands.SelectMany(command => command.Split('\n'))) Line($"  {line}");
            Line("  ```");
            Line();
        }

        private void Box(string text) => Line($"- [ ] {text}");

        private void Line(string text = "") => writer.Write($"{Printable.Of(text)}\n");
    }
}
