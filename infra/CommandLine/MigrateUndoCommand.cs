using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Migrations;
using Infra.Settings;

namespace Infra.CommandLine;

/// <summary>What <c>migrate undo</c> was asked.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Components">The components.</param>
/// <param name="AcceptDataLoss">Why what was written to the new copies may be lost; null where it may not.</param>
/// <param name="Json">Whether the document is JSON; otherwise text.</param>
/// <param name="File">Where to write it; null for standard output.</param>
internal sealed record MigrateUndoRequest(string Stack, IReadOnlyList<string> Components, string? AcceptDataLoss, bool Json, string? File);

/// <summary>
/// The command <c>migrate undo</c>: takes the last entry of components out of the stack file, and shows what deploying that does.
/// </summary>
internal sealed class MigrateUndoCommand(
    StackFolder? stacks,
    IReadOnlyList<SystemDeclaration> systems,
    CommandOutput console,
    TimeProvider time)
{
    private readonly StackFileEdits _stacks = new(stacks, systems, console, time);

    /// <summary>Runs <c>migrate undo</c> and returns the process' exit code.</summary>
    public int Run(MigrateUndoRequest request)
    {
        if (_stacks.Open(request.Stack, null, out var opened) is { } refused) return refused;
        var stack = opened!.Settings.Stack;
        var begun = opened.Settings.Migration?.Components ?? new Dictionary<string, ComponentMigration>();
        if (begun.Count == 0) return console.Refuse($"Nothing of '{stack}' has set out to another cloud: there is nothing to take back.");
        if (request.AcceptDataLoss is { } reason && (string.IsNullOrWhiteSpace(reason) || reason.Any(char.IsControl)))
            return console.Refuse("--accept-data-loss is empty, or has more than one line; allowed: a reason, in one line.");
        if (request.Components.Count == 0)
        {
            return console.Refuse(
                "A component is missing; allowed: "
                + string.Join(", ", begun.Select(pair => $"{pair.Key} (takes '{pair.Value.Last}' back)")) + ".");
        }

        var unknown = request.Components.Where(name => !begun.ContainsKey(name)).Distinct().ToList();
        foreach (var name in unknown) _stacks.RefuseName(name, opened, begun.Keys, "components that have set out");
        if (unknown.Count > 0 || _stacks.IsTwice(request.Components)) return ExitCode.Unusable;

        var losing = request.Components.Where(name => Loses(name, opened.Progress)).ToList();
        if (request.AcceptDataLoss is null && losing.Count > 0)
        {
            foreach (var name in losing)
            {
                var progress = opened.Progress.Components.Single(component => component.Component.Name == name);
                var way = progress.Way is { } known ? $" in the way '{known.Name}'" : "";
                console.Refuse(
                    $"{name}: what {string.Join(", ", progress.Writers)} wrote to it on {opened.Progress.To!.Value.Name()} since "
                    + $"{progress.History!.Last.Time} is not carried back{way}, and would be lost; allowed: --accept-data-loss with the "
                    + "reason, which the record keeps, or going forward.");
            }

            return ExitCode.Unusable;
        }

        if (request.AcceptDataLoss is not null && losing.Count == 0)
        {
            return console.Refuse(
                $"--accept-data-loss is of no use: taking back {string.Join(", ", request.Components)} loses nothing; allowed: no such "
                + "option.");
        }

        foreach (var name in request.Components.Where(name => begun[name].Last.State == MigrationState.Retired))
            console.Tell($"{name}: where 'retired' was deployed, its old copy is gone, and an empty one is made.");
        var edit = request.Components.Aggregate(
            new MigrationEdit(opened.Text),
            (edited, name) => edited.Text is { } text
                ? MigrationEdit.RemoveLast(text, name, losing.Contains(name) ? request.AcceptDataLoss : null)
                : edited);
        var done = request.Components.Select(name => begun[name].History.Count > 1
            ? $"{name} is '{begun[name].History[^2]}' again"
            : $"{name} has not set out any more");
        var byHand = $"remove {string.Join(" and ", request.Components.Select(name => $"'{begun[name].Last}' of {name}"))}";
        return _stacks.Take(opened, edit, $"{string.Join(", ", done)}.", byHand, isUndo: true, request.Json, request.File);
    }

    private static bool Loses(string name, MigrationProgress progress)
    {
        var component = progress.Components.Single(candidate => candidate.Component.Name == name);
        // Released comes back to activated, and a smaller share to a share: the new copy goes on serving.
        return component.History!.History is [.., var before, { State: MigrationState.Activated }]
            && before.State != MigrationState.Activated
            && component.Rollback == RollbackPoint.R3;
    }
}
