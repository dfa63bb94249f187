using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Plans.Rules;
using Pulumi;
using Pulumi.Testing;

namespace Infra.Rehearsals;

/// <summary>
/// Works out the plan of a stack: builds it under Pulumi's own test runtime, with no engine, no account and no network, and records
/// everything it registers. Nothing that is made in a rehearsal survives it.
/// </summary>
public static class Rehearsal
{
    /// <summary>The project's name, as <c>Pulumi.yaml</c> spells it; it is part of every URN.</summary>
    public const string Project = "infra";

    // Far longer than the largest stack needs; a resource that waits for itself would wait for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The plan of a system under the settings of a stack. With errors in the blueprint it has findings and no resources.
    /// </summary>
    public static Plan Run(SystemDeclaration system, StackSettings settings)
    {
        try
        {
            return RunPrepared(system, settings);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A fault of a check or of this program; what is wrong with a component was reported as its own.
            var findings = new Findings(settings.Environment);
            findings.Report(RehearsalRules.Succeeds, null, $"The stack cannot be worked out: {Failure.Describe(exception)}.");
            return PlanDrawing.Empty(new Blueprint(new Model(), settings, []), findings);
        }
    }

    private static Plan RunPrepared(SystemDeclaration system, StackSettings settings)
    {
        var prepared = PreparedStack.Of(system, settings);
        if (prepared.Findings.HasErrors) return PlanDrawing.Empty(prepared.Blueprint, prepared.Findings);
        var plan = Run(prepared.Blueprint, prepared.Build, prepared.Findings, prepared.Waive);
        if (plan.Components.Count > 0 || plan.HasErrors) return plan;
        prepared.Findings.Report(
            RehearsalRules.HasResources,
            null,
            $"Nothing of '{settings.System}' stands on {settings.Cloud.Name()}; allowed: one component at least. "
            + "Change infra:cloud, or declare a component.");
        return plan with { Findings = prepared.Findings.All };
    }

    /// <summary>
    /// The same run with outputs that stay unknown, as in a first preview. It must register the same resources as
    /// <see cref="Run(SystemDeclaration, StackSettings)"/>.
    /// </summary>
    public static UnknownRun RunUnknown(SystemDeclaration system, StackSettings settings)
    {
        var prepared = PreparedStack.Of(system, settings);
        return prepared.Findings.HasErrors
            ? new([], prepared.Findings.All)
            : RunUnknown(prepared.Blueprint, prepared.Build, prepared.Findings);
    }

    internal static Plan Run(Blueprint blueprint, Construction construction, Findings findings, Action<bool>? waive = null)
    {
        var take = Record(blueprint, construction, unknown: false, new HashSet<string>());
        var twice = take.Recorder.Resources
            .GroupBy(recorded => recorded.Urn)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToHashSet();
        // Where resources are constructed is costly to know, so it is noted in a second run, and only for those that collide.
        if (twice.Count > 0) take = Record(blueprint, construction, unknown: false, twice);

        using var rendering = new InputRendering(take.Recorder.Resources, take.Recorder.Placeholders);
        take.Report(findings, rendering.Readable);
        var plan = new PlanDrawing(blueprint, take.Recorder, rendering).Draw(take.Stack, findings);
        take.ReportUnexplained(findings, rendering.Readable);
        foreach (var finding in PlanRules.Check(plan)) findings.Add(finding);
        waive?.Invoke(true);
        return plan;
    }

    internal static UnknownRun RunUnknown(Blueprint blueprint, Construction construction, Findings findings)
    {
        var take = Record(blueprint, construction, unknown: true, new HashSet<string>());
        take.Report(findings, text => text);
        take.ReportUnexplained(findings, text => text);
        return new([.. take.Recorder.Resources.Select(recorded => recorded.Urn)], findings.All);
    }

    private static Take Record(Blueprint blueprint, Construction construction, bool unknown, IReadOnlySet<string> watched)
    {
        var recorder = new Recorder(blueprint.Settings, unknown, watched);
        var take = new Take(recorder);
        var factory = new StackFactory(() => take.Stack = new SystemStack(
            blueprint,
            construction,
            take.Failures.AddFailure,
            new StackOptions { ResourceTransformations = { recorder.Observe } }));
        var options = new TestOptions { ProjectName = Project, StackName = blueprint.Settings.Stack, IsPreview = unknown };

        // A thread of its own: the runtime's ambient deployment stays in it, and no synchronisation context of the caller gets in.
        var thread = new Thread(() => take.Exception = Run(recorder, factory, options)) { IsBackground = true, Name = "rehearsal" };
        using (new MachineIsolation())
        {
            thread.UnsafeStart();
            take.IsComplete = thread.Join(Patience);
        }

        if (!unknown) recorder.ExamineUnregistered();
        return take;
    }

    private static Exception? Run(Recorder recorder, StackFactory factory, TestOptions options)
    {
        try
        {
            Deployment.TestWithServiceProviderAsync<SystemStack>(recorder, factory, options).GetAwaiter().GetResult();
            return null;
        }
#pragma warning disable CA1031 // Whatever the program or the runtime throws becomes a finding.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }
    }

    private static void AddFailure(this List<(string Component, Exception Exception)> failures, string component, Exception exception) =>
        failures.Add((component, exception));

    /// <summary>What one run gave.</summary>
    private sealed class Take(Recorder recorder)
    {
        public Recorder Recorder => recorder;

        public SystemStack? Stack { get; set; }

        public List<(string Component, Exception Exception)> Failures { get; } = [];

        public Exception? Exception { get; set; }

        public bool IsComplete { get; set; }

        /// <summary>Reports the components that could not be built.</summary>
        public void Report(Findings findings, Func<string, string> readable)
        {
            foreach (var (component, exception) in Failures)
                findings.Report(RehearsalRules.Built, component, $"It cannot be built: {readable(Failure.Describe(exception))}.");
        }

        /// <summary>
        /// The runtime's own errors name no resource and come incomplete: they are reported only when nothing else explains the failure.
        /// </summary>
        public void ReportUnexplained(Findings findings, Func<string, string> readable)
        {
            if (!IsComplete)
            {
                var waiting = Recorder.Resources
                    .Where(recorded => recorded.Inputs is null && recorded.Resource is CustomResource)
                    .Select(recorded => recorded.Urn);
                findings.Report(
                    RehearsalRules.Ends,
                    null,
                    $"The rehearsal does not end; resources that were never registered: {string.Join(", ", waiting)}. "
                    + "One of them waits for itself: look for a cycle in its inputs.");
            }
            else if (Exception is not null && !findings.HasErrors)
            {
                findings.Report(
                    RehearsalRules.Succeeds,
                    null,
                    $"The stack cannot be built: {readable(Failure.FirstLine(Failure.Cause(Exception).Message))}.");
            }
        }
    }
}

/// <summary>What a run with unknown outputs registered.</summary>
/// <param name="Urns">The URNs of all resources, components included, in the order of construction.</param>
/// <param name="Findings">What went wrong.</param>
public sealed record UnknownRun(IReadOnlyList<string> Urns, IReadOnlyList<Finding> Findings);
