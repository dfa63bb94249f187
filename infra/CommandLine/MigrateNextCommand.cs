using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Migrations;
using Infra.Plans;
using Infra.Settings;

namespace Infra.CommandLine;

/// <summary>What <c>migrate next</c> was asked.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Words">Components, and behind them a state or none; nothing to ask what can be done.</param>
/// <param name="To">The cloud to which components go, where the stack file does not say so yet.</param>
/// <param name="Percent">How much of the traffic goes to the new copies; null for all of it.</param>
/// <param name="At">When the step was taken; null for now.</param>
/// <param name="Json">Whether the document is JSON; otherwise text.</param>
/// <param name="File">Where to write it; null for standard output.</param>
internal sealed record MigrateNextRequest(
    string Stack,
    IReadOnlyList<string> Words,
    string? To,
    int? Percent,
    string? At,
    bool Json,
    string? File);

/// <summary>
/// The command <c>migrate next</c>: writes the next entry of components into the stack file, and shows what deploying it does; without a
/// component, it says what can go next.
/// </summary>
internal sealed class MigrateNextCommand(
    StackFolder? stacks,
    IReadOnlyList<SystemDeclaration> systems,
    CommandOutput console,
    TimeProvider time)
{
    private readonly StackFileEdits _stacks = new(stacks, systems, console, time);

    /// <summary>Runs <c>migrate next</c> and returns the process' exit code.</summary>
    public int Run(MigrateNextRequest request)
    {
        var to = default(Cloud?);
        if (request.To is not null)
        {
            if (!CloudNames.TryParse(request.To, out var named)) return console.RefuseCloud(request.To, "--to");
            to = named;
        }

        if (_stacks.Open(request.Stack, to, out var opened) is { } refused) return refused;
        var (settings, progress) = (opened!.Settings, opened.Progress);
        if (settings.Migration is { } record && to is { } other && other != record.To)
        {
            return console.Refuse(
                $"--to is '{other.Name()}', and '{settings.Stack}' is on its way to {record.To.Name()}; allowed: {record.To.Name()}, or "
                + "nothing. A stack goes to one cloud at a time.");
        }

        if (settings.Migration is null && to == settings.Cloud)
            return console.Refuse($"--to is '{to.Value.Name()}', where '{settings.Stack}' stands already; allowed: another cloud.");
        if (progress.To is null)
        {
            return console.Refuse(
                $"'{settings.Stack}' is on no way to another cloud; allowed: --to with the one to which it goes. "
                + $"'./run migrate plan {settings.Stack} --to <cloud>' says what that takes.");
        }

        if (request.Words.Count == 0)
        {
            if (request.Percent is not null || request.At is not null || request.Json)
                return console.Refuse("--percent, --at and --json need a component; allowed: the name of one behind the stack.");
            var steps = NextSteps.Of(opened.System, settings, progress, time.GetUtcNow());
            return console.Write(json: false, request.File, _ => { }, (writer, layout) => Propose(opened, steps, writer, layout))
                ?? ExitCode.Success;
        }

        if (Steps(request, opened) is not { } entries) return ExitCode.Unusable;
        var edit = entries.Aggregate(
            new MigrationEdit(opened.Text),
            (edited, step) => edited.Text is { } text ? MigrationEdit.Append(text, step.Component, step.Entry, progress.To.Value) : edited);
        var done = string.Join(", ", entries.Select(step => $"{step.Component} is '{step.Entry}' now"));
        return _stacks.Take(
            opened,
            edit,
            $"{done}.",
            $"add {string.Join(" and ", entries.Select(step => $"'{step.Entry}' to {step.Component}"))}",
            isUndo: false,
            request.Json,
            request.File);
    }

    private List<(string Component, MigrationEntry Entry)>? Steps(MigrateNextRequest request, OpenedStack opened)
    {
        var components = opened.Progress.All.ToDictionary(component => component.Component.Name);
        var movable = components.Keys;
        var words = request.Words.ToList();
        var state = default(MigrationState?);
        if (!movable.Contains(words[^1]) && MigrationEntry.StateOf(words[^1]) is { } named)
        {
            state = named;
            words.RemoveAt(words.Count - 1);
        }

        if (words.Count == 0)
        {
            console.Refuse($"A component is missing; allowed in front of the state: {string.Join(", ", movable)}.");
            return null;
        }

        var unknown = words.Where(word => !movable.Contains(word)).Distinct().ToList();
        foreach (var word in unknown)
        {
            var isLast = word == request.Words[^1] && words.Count > 1;
            _stacks.RefuseName(word, opened, isLast ? movable.Concat(MigrationEntry.StateNames) : movable, "components that move");
        }

        if (unknown.Count > 0 || _stacks.IsTwice(words)) return null;
        var steps = new List<(string, MigrationEntry)>();
        var isRefused = false;
        foreach (var name in words)
        {
            if (Step(components[name], state, request, out var entry) is { } problem)
            {
                console.Refuse($"{name}: {problem}");
                isRefused = true;
                continue;
            }

            steps.Add((name, entry!));
        }

        return isRefused ? null : steps;
    }

    private string? Step(ComponentProgress progress, MigrationState? asked, MigrateNextRequest request, out MigrationEntry? entry)
    {
        entry = null;
        var last = progress.History?.Last;
        if (asked is null && progress.Next.Count == 0)
            return $"it has arrived ({last}); allowed: nothing more.";
        var state = asked ?? progress.Next[0].State;
        var now = time.GetUtcNow();
        if (request.Percent is { } percent)
        {
            if (state != MigrationState.Activated)
            {
                return $"--percent is {percent}, and the step is {MigrationEntry.NameOf(state)}; allowed with activated, which moves "
                    + "traffic. Leave it out.";
            }

            if (percent is < 1 or > 100) return $"--percent is {percent}; allowed: 1 to 100.";
        }

        var taken = new MigrationEntry(state, now, request.Percent);
        if (request.At is { } at)
        {
            if (taken.Dated(at) is not { } dated) return $"--at is '{at}'; allowed: {MigrationEntry.AllowedTimes}.";
            if (dated.At > now) return $"--at is '{at}', which is in the future; allowed: until now ({ProgressText.Time(now)}).";
            taken = dated;
        }
        else
        {
            // When nobody wrote and when traffic moved is known to the minute; of the rest, the day is enough.
            var written = state is MigrationState.Paused or MigrationState.Activated
                ? ProgressText.Time(now)
                : now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            taken = taken.Dated(written)!;
        }

        if (MigrationSteps.Fault(last, taken) is { } fault)
            return $"'{taken}' cannot come next{fault.Received}; allowed: {fault.Allowed}. {fault.Advice}";
        if (progress.History?.History.LastOrDefault(taken.IsBefore) is { } later)
            return $"'{taken}' is before '{later}', which it follows; allowed: later times. Give one with --at.";
        entry = taken;
        return null;
    }

    private static void Propose(OpenedStack opened, NextSteps steps, TextWriter writer, TextLayout layout)
    {
        var stack = opened.Settings.Stack;
        var first = opened.Settings.Migration is null ? $" --to {opened.Progress.To!.Value.Name()}" : "";
        var possible = steps.Steps.Where(step => step.Obstacles.Count == 0).ToList();
        var blocked = steps.Steps.Where(step => step.Obstacles.Count > 0).ToList();
        if (steps.Steps.Count == 0)
            writer.Write($"Nothing of {stack} is left to move: './run migrate status {stack}' says how to finish.\n");
        if (possible.Count > 0) writer.Write("What can go next, what needs nothing first:\n");
        foreach (var step in possible)
        {
            var (before, after) = (step.Component.Rollback, step.Component.RollbackIn(step.Step.State));
            writer.Write(
                $"  ./run migrate next {stack} {step.Component.Component.Name} {MigrationEntry.NameOf(step.Step.State)}{first}"
                + $"{(before == after ? "" : $"   ({before} → {after})")}\n");
        }

        if (possible.Count > 0 && blocked.Count > 0) writer.Write('\n');
        if (blocked.Count > 0) writer.Write("What has to wait:\n");

        // One and the same reason often bars many.
        foreach (var barred in blocked
            .SelectMany(step => step.Obstacles, (step, obstacle) => (step, obstacle))
            .GroupBy(pair => pair.obstacle))
        {
            var names = barred.Select(pair => $"{pair.step.Component.Component.Name} {MigrationEntry.NameOf(pair.step.Step.State)}");
            Paragraph.Write("", Printable.Of($"{string.Join(", ", names)}: {barred.Key}"), writer, layout);
        }

        var points = possible.Where(step => step.Component.Rollback != step.Component.RollbackIn(step.Step.State)).ToList();
        if (points.Count == 0) return;
        writer.Write('\n');
        ProgressText.WriteMeanings(
            points.SelectMany(step => new[] { step.Component.Rollback, step.Component.RollbackIn(step.Step.State) }),
            writer,
            layout);
    }
}
