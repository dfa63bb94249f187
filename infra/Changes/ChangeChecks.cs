using System.Globalization;
using System.Text.Json;
using Infra.Components.Checks;
using Infra.Components.Composition;

namespace Infra.Changes;

/// <summary>Says of each component what would surprise whoever deploys a change, and what to do instead.</summary>
internal static class ChangeChecks
{
    // Errors in every environment: what a preview holds may be worth little, but whoever asks what is lost is told.
    private static readonly Rule Data = Rule.OfChange("change-data", "A change keeps what others wrote", Severity.Error);
    private static readonly Rule Refused = Rule.OfChange(
        "change-refused",
        "A change is refused neither by protection nor by the cloud",
        Severity.Error);
    private static readonly Rule Collision = Rule.OfChange(
        "change-collision",
        "A change makes nothing under a name that is still taken",
        Severity.Error);
    private static readonly Rule Address = Rule.OfChange(
        "change-address",
        "A change keeps the addresses by which others know a stack",
        Severity.Warning);
    private static readonly Rule Interruption = Rule.OfChange("change-interruption", "A change interrupts nothing", Severity.Warning);
    private static readonly Rule Effective = Rule.OfChange("change-ignored", "A change has an effect", Severity.Warning);

    /// <summary>
    /// Reports what an update would take away, or not go through with, before it begins. What an environment does not protect it may lose:
    /// there it is a warning.
    /// </summary>
    public static void CheckDeployed(PlanChanges changes, EnvironmentKind environment, Findings findings)
    {
        var loss = environment == EnvironmentKind.Production ? Severity.Error : Severity.Warning;
        foreach (var component in changes.Components)
        {
            foreach (var effect in component.Resources.Where(resource => resource.Effect is Effect.Refused or Effect.DataLost)
                .GroupBy(resource => resource.Effect))
            {
                Report(component, effect.Key, [.. effect], findings, loss);
            }

            ReportEmptied(component, findings, loss);
        }
    }

    /// <summary>Reports it.</summary>
    public static void Check(PlanChanges changes, Findings findings)
    {
        foreach (var component in changes.Components)
        {
            ReportEmptied(component, findings, Severity.Error);
            foreach (var effect in component.Resources.GroupBy(resource => resource.Effect).OrderByDescending(group => group.Key))
                Report(component, effect.Key, [.. effect], findings);
            foreach (var argument in component.Arguments.Where(argument => argument.Effect == Effect.Ignored))
            {
                findings.Report(
                    Effective,
                    component.Name,
                    $"{argument.Path} of '{component.Name}' changes, and nothing happens to what is there: {argument.Note}. Undo the "
                    + "change, or leave it where it only says what is true.");
            }

            foreach (var (resource, input) in Ignored(component))
            {
                findings.Report(
                    Effective,
                    component.Name,
                    $"{input.Path} of {Named(resource)} changes, and nothing happens: {input.Note}. Undo the change, or change what "
                    + "does it.");
            }
        }
    }

    private static void ReportEmptied(ComponentChange component, Findings findings, Severity loss)
    {
        foreach (var argument in component.Arguments.Where(argument => argument.Effect is Effect.Refused or Effect.DataLost))
        {
            findings.Report(
                argument.Effect == Effect.Refused ? Refused : Data,
                component.Name,
                $"{argument.Path} is {argument.From} where it is deployed, and would be {argument.To}: {argument.Note}; allowed: "
                + $"{argument.From}. Undo the change, or declare a component of another name beside it, move what is in it, and remove "
                + "this one last; or accept the change with a waiver of this rule.",
                argument.Effect == Effect.Refused ? Severity.Error : loss);
        }
    }

    private static void Report(
        ComponentChange component,
        Effect effect,
        IReadOnlyList<ResourceChange> resources,
        Findings findings,
        Severity loss = Severity.Error)
    {
        var which = string.Join(", ", resources.Select(Named).Distinct());
        switch (effect)
        {
            case Effect.DataLost:
                findings.Report(
                    Data,
                    component.Name,
                    $"{which} would be {Done(resources)}{Causes(resources)}, and {component.Loses ?? "what was written to it"} "
                    + "would be gone; "
                    + "allowed: changes in place. Undo the change, or copy what is needed first and accept the loss with a waiver "
                    + "of this rule.",
                    loss);
                break;
            case Effect.Refused:
                foreach (var same in resources.GroupBy(resource => resource.Remark))
                {
                    var beside = IsFoundation(component)
                        ? "deploy a stack of another name beside it and move there"
                        : "declare a component of another name beside it, move what is in it, and remove this one last";
                    var advice = same.All(resource => resource.Operation == Operation.Update)
                        ? $"Undo the change, or {beside}"
                        : $"Undo the change, or {beside}; to lose it on purpose, save what is needed, run 'pulumi state unprotect' with "
                            + "its URN first, and accept it with a waiver of this rule";
                    findings.Report(
                        Refused,
                        component.Name,
                        $"{string.Join(", ", same.Select(Named).Distinct())} would be {Done([.. same])}{Causes([.. same])}: "
                        + $"{same.Key}, with the "
                        + $"rest of the update not done; allowed: changes in place. {advice}.");
                }

                break;
            case Effect.Collides:
                findings.Report(
                    Collision,
                    component.Name,
                    $"{which} would be made{Causes(resources)} while another one still has its name: the cloud would refuse it, with the "
                    + "update half done; allowed: another name, or the old one deleted first. Rename it, or remove the old one in "
                    + "an update of "
                    + "its own.");
                break;
            case Effect.AddressLost:
                findings.Report(
                    Address,
                    component.Name,
                    $"{which} would be {Done(resources)}{Causes(resources)}, and {component.Loses ?? "its address"} would be another one. "
                    + "Tell those who use it, and change what points at it.");
                break;
            case Effect.Interruption:
                findings.Report(
                    Interruption,
                    component.Name,
                    $"{which} would not answer for a while{Causes(resources)}: {string.Join("; ", Durations(resources))}. "
                    + "Deploy it at a quiet hour.");
                break;
        }
    }

    private static bool IsFoundation(ComponentChange component) =>
        Kinds.All.Any(kind => kind.Name == component.Kind && kind.IsFoundation);

    private static IEnumerable<(ResourceChange Resource, Difference Input)> Ignored(ComponentChange component) =>
        from resource in component.Resources
        from input in resource.Inputs
        where input.Effect == Effect.Ignored
        select (resource, input);

    private static IEnumerable<string> Durations(IReadOnlyList<ResourceChange> resources) => resources
        .SelectMany(resource => resource.Inputs.Where(input => input.Effect == Effect.Interruption).Select(input => input.Note)
            .Append(resource.Remark))
        .OfType<string>()
        .Distinct();

    private static string Done(IReadOnlyList<ResourceChange> resources) =>
        resources.All(resource => resource.Operation == Operation.Delete) ? "deleted"
        : resources.All(resource => resource.Operation == Operation.Update) ? "changed"
        : resources.Any(resource => resource.Operation == Operation.Delete) ? "deleted or replaced" : "replaced";

    // Which inputs do it: those with the weight of the replacement, or of the interruption.
    private static string Causes(IReadOnlyList<ResourceChange> resources)
    {
        var causes = resources
            .SelectMany(resource => resource.Inputs)
            .Where(input => input.Effect is Effect.Replaced or Effect.Interruption or Effect.Refused)
            .Select(input => $"{input.Path}{Values(input)}")
            .Distinct()
            .ToList();
        var condition = resources.Select(resource => resource.Condition).FirstOrDefault(condition => condition is not null);
        return (causes.Count == 0 ? "" : $" by the change of {string.Join(", ", causes)}")
            + (condition is null ? "" : $" (if {condition})");
    }

    // Long values are no help in a sentence: diff tells them.
    private static string Values(Difference input) =>
        input is { From: { } from, To: { } to } && Short(from) is { } before && Short(to) is { } after
            ? string.Create(CultureInfo.InvariantCulture, $" from {before} to {after}")
            : "";

    private static string? Short(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number && value.ToString() is { Length: > 0 and <= 48 } text ? text : null;

    private static string Named(ResourceChange resource) => $"{resource.Type[(resource.Type.LastIndexOf(':') + 1)..]} {resource.Name}";
}
