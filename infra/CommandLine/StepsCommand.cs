using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Secrets;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Settings;
using Infra.Steps;

namespace Infra.CommandLine;

/// <summary>The commands that say, step by step, how a stack is deployed for the first time, and how it is taken down.</summary>
internal sealed class StepsCommand(
    StackFolder? stacks,
    IReadOnlyList<SystemDeclaration> systems,
    CommandOutput console,
    TimeProvider time)
{
    /// <summary>Runs it and returns the process' exit code.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="file">Where to write; null for standard output.</param>
    /// <param name="steps">The steps of a plan.</param>
    public int Run(string stack, string? file, Func<Plan, StackSettings, IReadOnlyList<Step>> steps)
    {
        if (stacks is null) return console.Refuse("There is no Pulumi.yaml here or in a folder above. Run this inside the project.");
        var findings = new Findings();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (stacks.Settings(stacks.NameOf(stack), systems.Select(system => system.Name), findings, today: today) is not { } settings)
        {
            console.Tell(findings);
            return ExitCode.Unusable;
        }

        var system = systems.Single(system => system.Name == settings.System);
        var plan = Rehearsal.Run(system, settings);
        // What only waits for a secret can be told all the same: giving it is a step.
        var wanted = plan.Findings
            .Where(finding => finding.Rule == SecretChecks.Missing)
            .Select(finding => finding.Component)
            .OfType<string>()
            .ToHashSet();
        if (wanted.Count > 0)
            plan = Rehearsal.Run(system, settings with { Secrets = Given(settings.Secrets, wanted) });
        if (plan.HasErrors)
        {
            foreach (var finding in plan.Findings) findings.Add(finding);
            console.Tell(findings);
            return plan.Findings.Any(SettingRules.MakesUnusable) ? ExitCode.Unusable : ExitCode.Failed;
        }

        return console.Write(json: false, file, _ => { }, (writer, _) => StepsText.Write(steps(plan, settings), writer))
            ?? ExitCode.Success;
    }

    private static Dictionary<string, SecretSource> Given(IReadOnlyDictionary<string, SecretSource> sources, HashSet<string> wanted) => new(
        sources.Concat(wanted.Select(name => KeyValuePair.Create<string, SecretSource>(name, new GivenSecret()))));
}
