using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Settings;

namespace Infra.CommandLine;

/// <summary>What <c>plan</c> was asked.</summary>
/// <param name="Stack">The stack; null to list the stacks.</param>
/// <param name="Cloud">The hypothetical cloud; null for the stack's own.</param>
/// <param name="Date">The day by which expiry dates are judged; null for today.</param>
/// <param name="Json">Whether the document is JSON; otherwise text.</param>
/// <param name="File">Where to write it; null for standard output.</param>
internal sealed record PlanRequest(string? Stack, string? Cloud, string? Date, bool Json, string? File);

/// <summary>The command <c>plan</c>.</summary>
internal sealed class PlanCommand(
    StackFolder? stacks,
    IReadOnlyList<SystemDeclaration> systems,
    CommandOutput console,
    TimeProvider time)
{
    /// <summary>Runs it and returns the process' exit code.</summary>
    public int Run(PlanRequest request)
    {
        if (stacks is null) return console.Refuse("There is no Pulumi.yaml here or in a folder above. Run this inside the project.");
        return request.Stack is { } stack ? Plan(stacks, stacks.NameOf(stack), request) : List(stacks, request);
    }

    private int List(StackFolder folder, PlanRequest request)
    {
        if (request.Cloud is not null || request.Date is not null)
        {
            var option = request.Cloud is not null ? "--cloud" : "--date";
            return console.Refuse($"{option} needs a stack; stacks that exist: {string.Join(", ", folder.Stacks)}.");
        }

        var findings = new Findings();
        var list = StackList.Read(folder, findings);
        MadeZones.Check(folder, systems, findings);
        console.Tell(findings);
        return Write(request, list.WriteJson, (writer, _) => list.WriteText(writer))
            ?? (findings.HasErrors ? ExitCode.Unusable : ExitCode.Success);
    }

    private int Plan(StackFolder folder, string stack, PlanRequest request)
    {
        var cloud = default(Cloud?);
        if (request.Cloud is not null)
        {
            if (!CloudNames.TryParse(request.Cloud, out var named)) return console.RefuseCloud(request.Cloud);
            cloud = named;
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (request.Date is { } day
            && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out today))
        {
            return console.Refuse($"--date is '{day}'; allowed: a day, such as 2027-01-31.");
        }

        var findings = new Findings();
        if (folder.Settings(stack, systems.Select(system => system.Name), findings, cloud, today) is not { } settings)
            return RefuseSettings(findings);

        var plan = Rehearsal.Run(systems.Single(system => system.Name == settings.System), settings);
        if (plan.Findings.Any(SettingRules.MakesUnusable))
        {
            foreach (var finding in plan.Findings) findings.Add(finding);
            return RefuseSettings(findings);
        }

        // What the settings were warned of is a part of the plan.
        plan = plan with { Findings = [.. findings.All, .. plan.Findings] };
        return Write(request, stream => PlanJson.Write(plan, stream), (writer, layout) => PlanText.Write(plan, writer, layout))
            ?? (plan.HasErrors ? ExitCode.Failed : ExitCode.Success);
    }

    private int? Write(PlanRequest request, Action<Stream> json, Action<TextWriter, TextLayout> text) =>
        console.Write(request.Json, request.File, json, text);

    private int RefuseSettings(Findings findings)
    {
        console.Tell(findings);
        return ExitCode.Unusable;
    }
}
