using System.Text;
using Infra.Changes;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Migrations;
using Infra.Rehearsals;
using Infra.Settings;

namespace Infra.CommandLine;

/// <summary>
/// Edits of stack files by commands: a file is written as a whole, only where it then says exactly what was meant and can be planned, and
/// only where nobody changed it meanwhile.
/// </summary>
internal sealed class StackFileEdits(
    StackFolder? stacks,
    IReadOnlyList<SystemDeclaration> systems,
    CommandOutput console,
    TimeProvider time)
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a stack for a step.</summary>
    /// <param name="named">The stack.</param>
    /// <param name="to">The cloud to which components go, where its file does not say so yet; null for what the file says.</param>
    /// <param name="opened">The stack.</param>
    /// <returns>The process' exit code where it cannot be used; otherwise null.</returns>
    public int? Open(string named, Cloud? to, out OpenedStack? opened)
    {
        opened = null;
        if (stacks is null) return console.Refuse("There is no Pulumi.yaml here or in a folder above. Run this inside the project.");
        var stack = stacks.NameOf(named);
        var findings = new Findings();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (stacks.Settings(stack, Names, findings, today: today) is null)
        {
            console.Tell(findings);
            console.Tell($"stacks/{StackFolder.FileOf(stack)} is left as it is.");
            return ExitCode.Unusable;
        }

        var path = stacks.PathOf(StackFolder.FileOf(stack));
        var content = Encoding.GetString(File.ReadAllBytes(path));
        var text = content.TrimStart('\ufeff');
        if (Settings(stack, text, findings) is not { } settings)
        {
            console.Tell(findings);
            return ExitCode.Unusable;
        }

        var system = systems.Single(candidate => candidate.Name == settings.System);
        var prepared = PreparedStack.Of(system, settings);
        if (prepared.Findings.All.Any(SettingRules.MakesUnusable) || prepared.Blueprint.Model.Components.Count == 0)
        {
            console.Tell(prepared.Findings);
            return ExitCode.Unusable;
        }

        opened = new(path, content[..^text.Length], text, system, settings, MigrationProgress.Of(prepared.Blueprint, to));
        return null;
    }

    private IEnumerable<string> Names => systems.Select(system => system.Name);

    private StackSettings? Settings(string stack, string text, Findings findings)
    {
        var configuration = StackFile.Parse(text, $"stacks/{StackFolder.FileOf(stack)}", findings);
        if (configuration is null || findings.HasErrors) return null;
        return SettingsReader.Read(stack, configuration, Names, findings, today: DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
    }

    /// <summary>Writes an edited file, where it can be planned, and shows what deploying it does.</summary>
    /// <param name="opened">The stack.</param>
    /// <param name="edit">The edit of its file.</param>
    /// <param name="done">What has been done with it, as a sentence.</param>
    /// <param name="byHand">What is to be done by hand where the file cannot be edited.</param>
    /// <param name="isUndo">Whether errors may remain that there are already: going back is never barred by them.</param>
    /// <param name="json">Whether the document is JSON; otherwise text.</param>
    /// <param name="file">Where to write it; null for standard output.</param>
    /// <returns>The process' exit code.</returns>
    public int Take(OpenedStack opened, MigrationEdit edit, string done, string byHand, bool isUndo, bool json, string? file)
    {
        var name = $"stacks/{StackFolder.FileOf(opened.Settings.Stack)}";
        if (edit.Text is not { } text)
            return console.Refuse($"{name} cannot be edited: {edit.Problem}. It is left as it is; {byHand} by hand.");
        var findings = new Findings();
        if (Settings(opened.Settings.Stack, text, findings) is not { } settings)
        {
            console.Tell(findings);
            return console.Refuse($"{name} is left as it is.");
        }

        var before = Side(opened.System, opened.Settings, $"{name} as it was");
        var after = Side(opened.System, settings, $"{name} as it is now");
        var known = before.Document.Errors.ToHashSet();
        var errors = after.Document.Errors;
        foreach (var error in errors) console.Tell($"error: {error}");
        if (errors.Any(error => !isUndo || !known.Contains(error)))
        {
            console.Tell($"{name} is left as it is: with that, the stack could not be deployed.");
            return ExitCode.Failed;
        }

        if (Write(opened, text, name) is { } unwritten) return unwritten;
        console.Tell($"{name}: {done} Nothing is deployed: 'pulumi up --stack {opened.Settings.Stack}' does it.");
        if (before.IsUnplanned || after.IsUnplanned)
        {
            console.Tell("What that changes cannot be told, because one of the two cannot be planned.");
            return ExitCode.Failed;
        }

        var changes = PlanComparison.Of(before, after);
        return console.Write(
            json,
            file,
            stream => ChangesJson.Write(changes, stream),
            (writer, layout) => ChangesText.Write(changes, writer, layout))
            ?? (changes.Safe && errors.Count == 0 ? ExitCode.Success : ExitCode.Failed);
    }

    private int? Write(OpenedStack opened, string text, string name)
    {
        try
        {
            // Somebody may have saved it meanwhile.
            if (Encoding.GetString(File.ReadAllBytes(opened.Path)) != opened.Mark + opened.Text)
                return console.Refuse($"{name} was changed while this ran. It is left as it is; run this again.");
            DocumentFile.Write(opened.Path, stream => stream.Write(Encoding.GetBytes(opened.Mark + text)));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return console.Refuse($"{name} cannot be written: {exception.Message}");
        }
    }

    private static PlannedSide Side(SystemDeclaration system, StackSettings settings, string words) =>
        new(PlanDocument.Of(Rehearsal.Run(system, settings)), words, settings);

    /// <summary>Tells that a name is none of those that are allowed, and why.</summary>
    public void RefuseName(string name, OpenedStack opened, IEnumerable<string> allowed, string what)
    {
        var names = allowed.ToList();
        if (opened.Progress.Staying.TryGetValue(name, out var reason))
        {
            console.Refuse($"'{name}' does not move: {reason}; allowed: {string.Join(", ", names)}.");
            return;
        }

        console.Refuse(
            $"'{name}' is none of the {what} of '{opened.Settings.Stack}'; allowed: {string.Join(", ", names)}."
            + Spelling.Suggestion(name, names));
    }

    /// <summary>Whether a name stands twice among some, which is told.</summary>
    public bool IsTwice(IEnumerable<string> names)
    {
        var twice = names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        foreach (var name in twice) console.Refuse($"'{name}' is named twice; allowed: once, for one step.");
        return twice.Count > 0;
    }
}

/// <summary>A stack file that was read.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Mark">What stands in front of its text: a byte order mark, or nothing.</param>
/// <param name="Text">Its text.</param>
/// <param name="System">The system.</param>
/// <param name="Settings">What it says.</param>
/// <param name="Progress">Where the stack stands on its way.</param>
internal sealed record OpenedStack(
    string Path,
    string Mark,
    string Text,
    SystemDeclaration System,
    StackSettings Settings,
    MigrationProgress Progress);
