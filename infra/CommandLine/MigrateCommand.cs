using System.CommandLine;
using Infra.Components.Systems;
using Infra.Settings;

namespace Infra.CommandLine;

/// <summary>The command <c>migrate</c>: what moves a stack to another cloud, one command each. None of them deploys anything.</summary>
internal sealed class MigrateCommand(
    StackFolder? stacks,
    IReadOnlyList<SystemDeclaration> systems,
    CommandOutput console,
    TimeProvider time)
{
    /// <summary>The command with the commands below it.</summary>
    /// <param name="json">The option <c>--json</c> of every command that has a document.</param>
    /// <param name="file">The option <c>--output</c> of every command that has a document.</param>
    public Command Create(Option<bool> json, Option<string?> file) =>
        new("migrate", "Move a stack to another cloud in steps that can be taken back. Nothing is deployed by it.")
        {
            Plan(json, file),
        };

    private Command Plan(Option<bool> json, Option<string?> file)
    {
        var stack = new Argument<string>("stack") { Description = "The stack, as in stacks/Pulumi.<stack>.yaml." };
        var to = new Option<string>("--to")
        {
            Description = "The cloud that it goes to. What stands on infra:cloud moves; what infra:placement names stays.",
            HelpName = "cloud",
            Required = true,
        };
        var atMost = new Option<int>("--at-most")
        {
            Description = "How many components one wave moves, unless more cannot be parted.",
            HelpName = "number",
            DefaultValueFactory = _ => MigratePlanRequest.UsualAtMost,
        };
        var last = new Option<string[]>("--last")
        {
            Description = "What moves after everything but where traffic enters, such as a database whose day comes when its services have "
                + "moved. May be repeated.",
            HelpName = "component",
        };
        var figures = new Option<string[]>("--figure")
        {
            Description = "A figure of the formulas, such as photos.objects=40000000 or startSeconds=30; stronger than infra:figures. "
                + "May be repeated.",
            HelpName = "[component.]figure=number",
        };
        var runbook = new Option<string?>("--runbook")
        {
            Description = "Write a runbook to tick off into this file, too, as Markdown.",
            HelpName = "file",
        };
        var date = new Option<string?>("--date")
        {
            Description = "Plan as if today were this day, such as 2027-01-31: expiry dates are judged by it.",
            HelpName = "day",
        };
        var plan = new Command("plan", "Work out in which waves a stack moves, what each needs, copies and interrupts, and what surprises.")
        {
            stack,
            to,
            atMost,
            last,
            figures,
            runbook,
            date,
            json,
            file,
        };
        plan.SetAction(parsed => new MigratePlanCommand(stacks, systems, console, time).Run(new(
            parsed.GetRequiredValue(stack),
            parsed.GetRequiredValue(to),
            parsed.GetValue(atMost),
            parsed.GetValue(json),
            parsed.GetValue(file))
        {
            Last = parsed.GetValue(last) ?? [],
            Figures = parsed.GetValue(figures) ?? [],
            Runbook = parsed.GetValue(runbook),
            Date = parsed.GetValue(date),
        }));
        return plan;
    }
}
