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
            Status(json, file),
            Next(json, file),
            Undo(json, file),
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

    private Command Status(Option<bool> json, Option<string?> file)
    {
        var stack = new Argument<string>("stack") { Description = "The stack, as in stacks/Pulumi.<stack>.yaml." };
        var status = new Command("status", "Show where each component stands, what comes next, and what going back costs.")
        {
            stack,
            json,
            file,
        };
        status.SetAction(parsed => new MigrateStatusCommand(stacks, systems, console, time).Run(
            parsed.GetRequiredValue(stack),
            parsed.GetValue(json),
            parsed.GetValue(file)));
        return status;
    }

    private Command Next(Option<bool> json, Option<string?> file)
    {
        var stack = new Argument<string>("stack") { Description = "The stack, as in stacks/Pulumi.<stack>.yaml." };
        var step = new Argument<string[]>("component")
        {
            Description = "Components that take the step, and behind them the state that it reaches: migrated, paused, activated, released "
                + "or retired. Without a state, each takes its next one; without anything, what can go next is listed.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var to = new Option<string?>("--to")
        {
            Description = "The cloud to which components go: for the first step, which begins infra:migration.",
            HelpName = "cloud",
        };
        var percent = new Option<int?>("--percent")
        {
            Description = "How much of the traffic goes to the new copies, 1 to 100: for activated. Default: all of it.",
            HelpName = "number",
        };
        var at = new Option<string?>("--at")
        {
            Description = "When the step was taken: a day, or a time with Z or an offset, such as 2026-11-21T06:00Z. Default: now.",
            HelpName = "time",
        };
        var next = new Command("next", "Write the next step of components into the stack file, and show what deploying it does.")
        {
            stack,
            step,
            to,
            percent,
            at,
            json,
            file,
        };
        next.SetAction(parsed => new MigrateNextCommand(stacks, systems, console, time).Run(new(
            parsed.GetRequiredValue(stack),
            parsed.GetValue(step) ?? [],
            parsed.GetValue(to),
            parsed.GetValue(percent),
            parsed.GetValue(at),
            parsed.GetValue(json),
            parsed.GetValue(file))));
        return next;
    }

    private Command Undo(Option<bool> json, Option<string?> file)
    {
        var stack = new Argument<string>("stack") { Description = "The stack, as in stacks/Pulumi.<stack>.yaml." };
        var components = new Argument<string[]>("component")
        {
            Description = "Components whose last step is taken back.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var accept = new Option<string?>("--accept-data-loss")
        {
            Description = "Why what was written to the new copy of a store may be lost: where it is not carried back. The record keeps it.",
            HelpName = "reason",
        };
        var undo = new Command("undo", "Take the last step of components out of the stack file, and show what deploying that does.")
        {
            stack,
            components,
            accept,
            json,
            file,
        };
        undo.SetAction(parsed => new MigrateUndoCommand(stacks, systems, console, time).Run(new(
            parsed.GetRequiredValue(stack),
            parsed.GetValue(components) ?? [],
            parsed.GetValue(accept),
            parsed.GetValue(json),
            parsed.GetValue(file))));
        return undo;
    }
}
