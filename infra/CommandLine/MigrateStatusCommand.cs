using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Migrations;
using Infra.Rehearsals;
using Infra.Settings;

namespace Infra.CommandLine;

/// <summary>The command <c>migrate status</c>: where each component of a stack stands on its way to another cloud.</summary>
internal sealed class MigrateStatusCommand(
    StackFolder? stacks,
    IReadOnlyList<SystemDeclaration> systems,
    CommandOutput console,
    TimeProvider time)
{
    /// <summary>Runs it and returns the process' exit code.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="json">Whether the document is JSON; otherwise text.</param>
    /// <param name="file">Where to write it; null for standard output.</param>
    public int Run(string stack, bool json, string? file)
    {
        if (stacks is null) return console.Refuse("There is no Pulumi.yaml here or in a folder above. Run this inside the project.");
        var findings = new Findings();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (stacks.Settings(stacks.NameOf(stack), systems.Select(system => system.Name), findings, today: today) is not { } settings)
        {
            console.Tell(findings);
            return ExitCode.Unusable;
        }

        var prepared = PreparedStack.Of(systems.Single(system => system.Name == settings.System), settings);
        if (prepared.Findings.All.Any(SettingRules.MakesUnusable) || prepared.Blueprint.Model.Components.Count == 0)
        {
            console.Tell(prepared.Findings);
            return ExitCode.Unusable;
        }

        foreach (var error in prepared.Findings.All.Where(finding => finding.Severity == Severity.Error)) console.Tell(Report.Line(error));
        var progress = MigrationProgress.Of(prepared.Blueprint);
        return console.Write(
            json,
            file,
            stream => ProgressJson.Write(progress, stream),
            (writer, layout) => ProgressText.Write(progress, settings.Cloud, writer, layout))
            ?? (prepared.Findings.HasErrors ? ExitCode.Failed : ExitCode.Success);
    }
}
