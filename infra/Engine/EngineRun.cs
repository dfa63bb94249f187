using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Settings;

namespace Infra.Engine;

/// <summary>The real run, under <c>pulumi up</c> and <c>pulumi preview</c>: rehearses first, then builds the same for real.</summary>
internal static class EngineRun
{
    // Pulumi's code for "the user has been told": the engine's host then adds no message of its own.
    private const int ReportedByEngine = 32;

    /// <summary>Runs under the engine and returns the process' exit code.</summary>
    /// <param name="variables">What the engine says.</param>
    /// <param name="systems">The systems that can be deployed.</param>
    /// <param name="error">Receives what could not be told to the engine.</param>
    /// <param name="time">Says which day it is.</param>
    public static async Task<int> RunAsync(
        EngineVariables variables,
        IReadOnlyList<SystemDeclaration> systems,
        TextWriter error,
        TimeProvider time)
    {
        // Both happen before the engine is spoken to: a test runtime cannot start inside a deployment, and nothing made in it may survive.
        var findings = new Findings();
        if (EngineConfiguration.Read(variables.Configuration, variables.SecretKeys, findings) is not { } configuration)
        {
            // What this program cannot read, Pulumi's runtime cannot either: there is no log to write to.
            await error.WriteLineAsync(Report.Refusal(variables.Stack, findings));
            return ExitCode.Failed;
        }

        var (system, settings, plan) = Rehearse(variables.Stack, configuration, systems, findings, time);
        // What the rehearsal could show, it never knew: values enter here, for what is deployed alone.
        if (settings is not null)
        {
            var secrets = EngineConfiguration.Reveal(settings.Secrets, variables.Configuration, variables.SecretKeys, findings);
            settings = settings with { Secrets = secrets };
        }

        var report = findings.HasErrors ? Report.Refusal(variables.Stack, findings) : null;
        try
        {
            var exitCode = report is null
                ? await SystemStack.DeployAsync(system!, settings!, plan! with { Findings = findings.All })
                : await SystemStack.RefuseAsync(report);
            if (report is not null && exitCode != ReportedByEngine) await error.WriteLineAsync(report);
            return exitCode;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Without an engine that listens there is no log: the author still gets sentences, not a stack trace.
            if (report is not null) await error.WriteLineAsync(report);
            await error.WriteLineAsync($"The Pulumi engine cannot be reached: {Printable.Of(exception.Message)}");
            return ExitCode.Failed;
        }
    }

    // Whatever a system, a check or a component does, its author gets a sentence.
    private static (SystemDeclaration? System, StackSettings? Settings, Plan? Plan) Rehearse(
        string stack,
        JsonObject configuration,
        IReadOnlyList<SystemDeclaration> systems,
        Findings findings,
        TimeProvider time)
    {
        try
        {
            var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            var settings = SettingsReader.Read(stack, configuration, systems.Select(system => system.Name), findings, today: today);
            var system = systems.FirstOrDefault(candidate => candidate.Name == settings?.System);
            if (settings is null || system is null) return (null, null, null);
            var plan = Rehearsal.Run(system, settings);
            foreach (var finding in plan.Findings) findings.Add(finding);
            return (system, settings, plan);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            findings.Report(RehearsalRules.Succeeds, null, $"The stack cannot be worked out: {Failure.Describe(exception)}.");
            return (null, null, null);
        }
    }
}
