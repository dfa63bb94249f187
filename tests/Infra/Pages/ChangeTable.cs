using System.Collections;
using System.Collections.Concurrent;
using Infra.Changes;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;

namespace Infra.Tests.Pages;

/// <summary>
/// What a change of each argument does to a production stack that is deployed: worked out by comparing plans of a kind's probe, in which
/// one argument differs. Nothing in it is written by hand.
/// </summary>
internal static class ChangeTable
{
    private static readonly ConcurrentDictionary<(string Kind, Cloud Cloud), IReadOnlyList<ArgumentChange>> Known = [];

    /// <summary>The table of a kind on a cloud; null where a system does not declare the kind.</summary>
    public static string? Markdown(ComponentKind kind, Cloud cloud) =>
        KindProbe.All.Any(probe => probe.Kind == kind)
            ? MarkedText.Table(["Argument", "Change", "Effect", "What happens"], Of(kind, cloud).Select(change => (IReadOnlyList<string>)
            [
                $"`{change.Argument}`{(change.Variant is { } variant ? $" of {variant}" : "")}", change.Values, change.Effect, change.What,
            ]))
            : null;

    /// <summary>What a change of each argument does.</summary>
    public static IReadOnlyList<ArgumentChange> Of(ComponentKind kind, Cloud cloud) => Known.GetOrAdd((kind.Name, cloud), _ =>
    {
        var probe = KindProbe.Of(kind.Name);
        if (probe is not StoreProbe { Variants.Count: > 1 } store) return [.. Steps(probe, cloud, null).SelectMany(Rows)];

        // What is the same of all variants is said once.
        return
        [
            .. store.Variants
                .SelectMany(variant => Steps(probe, cloud, variant).SelectMany(Rows))
                .GroupBy(row => row with { Variant = null })
                .SelectMany(same => same.Count() == store.Variants.Count ? [same.Key] : same.AsEnumerable())
                .GroupBy(row => row.Argument)
                .SelectMany(rows => rows),
        ];
    });

    /// <summary>Every pair of plans in which one argument of a kind differs, and the change from the one to the other in words.</summary>
    public static IEnumerable<ArgumentSteps> Steps(KindProbe probe, Cloud cloud, string? variant)
    {
        var before = Planned(probe, cloud, variant, arguments => { });
        var arguments = Created(probe, cloud, new(), variant).Arguments;
        foreach (var (path, values) in OtherArguments.Of(probe, variant))
        {
            var from = OtherArguments.Get(arguments, path);
            var name = string.Join('.', path.Split('.').Select(step => char.ToLowerInvariant(step[0]) + step[1..]));
            var plans = values
                .Select(value => (Value: value, Plan: Planned(probe, cloud, variant, changed => OtherArguments.Set(changed, path, value))))
                .ToList();

            // Of several forms of a value, those count that this cloud accepts.
            if (from is not Enum && plans.Any(after => !after.Plan.HasErrors)) plans.RemoveAll(after => after.Plan.HasErrors);
            else if (from is not Enum) plans.RemoveRange(1, plans.Count - 1);
            yield return new(name, variant, [.. plans.SelectMany(after =>
            {
                var (there, back) = Words(from, OtherArguments.Value(after.Value, from, arguments));
                return new[] { new ArgumentStep(there, before, after.Plan), new ArgumentStep(back, after.Plan, before) };
            })]);
        }
    }

    private static IEnumerable<ArgumentChange> Rows(ArgumentSteps steps)
    {
        // What is not accepted was never deployed: nobody changes it back.
        var possible = steps.All.Where(step => !step.Before.HasErrors).Select(step => (step.Words, Weighed: Weighed(step))).ToList();
        var effects = possible.GroupBy(step => step.Weighed).ToList();
        return effects.Select(same => new ArgumentChange(
            steps.Argument,
            steps.Variant,
            effects.Count == 1 && possible.Count == steps.All.Count ? "any" : Joined([.. same.Select(step => step.Words).Distinct()]),
            same.Key.Effect,
            same.Key.What));
    }

    // A → B and B → A are one.
    private static string Joined(List<string> changes)
    {
        var told = new List<string>();
        foreach (var change in changes)
        {
            var ends = change.Split(" → ");
            var back = ends.Length == 2 ? $"{ends[1]} → {ends[0]}" : null;
            if (back is not null && told.IndexOf(back) is var at and >= 0) told[at] = $"{ends[1]} ↔ {ends[0]}";
            else told.Add(change);
        }

        return string.Join("; ", told);
    }

    private static (string There, string Back) Words(object? from, object to) => (from, to) switch
    {
        (bool, true) => ("on", "off"),
        (bool, false) => ("off", "on"),
        (int less, int more) => less < more ? ("raised", "lowered") : ("lowered", "raised"),
        (Enum, Enum) or (string, string) => ($"{from} → {to}", $"{to} → {from}"),
        (null, _) => ("set", "unset"),
        (ICollection { Count: 0 }, IReadOnlyDictionary<string, string> { Count: 1 } other) =>
            ($"{other.Keys.Single()} set", $"{other.Keys.Single()} unset"),
        (ICollection { Count: 0 }, IReadOnlyList<string> { Count: 1 } other) => ($"{other[0]} added", $"{other[0]} removed"),
        (ICollection one, ICollection other) when one.Count < other.Count => ("one more", "one less"),
        (ICollection one, ICollection other) when one.Count > other.Count => ("one less", "one more"),
        _ => ("another value", "another value"),
    };

    private static (string Effect, string What) Weighed(ArgumentStep step)
    {
        // A plan that is refused says so before anything is deployed.
        var errors = step.After.Findings
            .Where(finding => finding.Severity == Severity.Error)
            .Select(finding => $"`{finding.Rule.Id}`")
            .Distinct()
            .ToList();
        if (errors.Count > 0) return ("not accepted", string.Join(", ", errors));
        var changes = Comparison.Of(PlanDocument.Of(step.Before), PlanDocument.Of(step.After));
        if (changes.Effect == Effect.Nothing) return ("nothing", "");
        var resources = changes.Components.SelectMany(component => component.Resources).ToList();

        // An update that is refused changes nothing else.
        var notable = (changes.Effect == Effect.Refused ? resources.Where(resource => resource.Effect == Effect.Refused) : resources)
            .Where(IsNotable)
            .GroupBy(resource => (resource.Effect, Type: resource.Type[(resource.Type.LastIndexOf(':') + 1)..]))
            .OrderByDescending(group => group.Key.Effect)
            .Select(group => $"`{group.Key.Type}` {Words(group.First())}");
        var arguments = changes.Components
            .SelectMany(component => component.Arguments)
            .Where(argument => argument.Note is not null)
            .Select(argument => $"`{argument.Path}`: {argument.Note}");
        return (changes.Effect.Name(), string.Join("; ", arguments.Concat(notable).Distinct()));
    }

    private static bool IsNotable(ResourceChange resource) =>
        resource.Effect > Effect.InPlace
        || resource.Effect == Effect.Ignored
        || (resource.Effect == Effect.InPlace
            && (resource.Remark is not null || Ignored(resource).Any()));

    private static string Words(ResourceChange resource)
    {
        var effect = resource.Effect is Effect.Removed or Effect.Replaced
            ? resource.Effect.Name()
            : $"{Done(resource.Operation)}, {resource.Effect.Name()}";
        var order = resource.DeletedFirst == true ? ", deleted first" : "";
        var notes = resource.Inputs
            .Where(input => input.Effect == resource.Effect && resource.Operation == Operation.Update
                && resource.Effect is Effect.Ignored or Effect.Interruption or Effect.Refused)
            .Select(input => input.Note)
            .Concat(resource.Effect == Effect.Ignored ? [] : Ignored(resource))
            .Append(resource.Effect is Effect.InPlace or Effect.Replaced || resource is { Effect: Effect.Interruption, DeletedFirst: null }
                ? resource.Remark
                : null)
            .OfType<string>()
            .Distinct()
            .ToList();
        return effect + order + (resource.Condition is { } condition ? $" if {condition}" : "")
            + (notes.Count == 0 ? "" : $" ({string.Join("; ", notes)})");
    }

    // What the program itself leaves to others surprises nobody.
    private static IEnumerable<string> Ignored(ResourceChange resource) => resource.Inputs
        .Where(input => input.Effect == Effect.Ignored && input.Note!.StartsWith("the provider", StringComparison.Ordinal))
        .Select(input => $"{input.Path}: {input.Note}");

    private static string Done(Operation operation) => operation switch
    {
        Operation.Create => "created",
        Operation.Update => "changed",
        Operation.Replace => "replaced",
        Operation.Delete => "deleted",
        Operation.Forget => "forgotten",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "not an operation"),
    };

    private static Component Created(KindProbe probe, Cloud cloud, Model model, string? variant)
    {
        var component = variant is not null && probe is StoreProbe store
            ? store.Create(model, "target", variant)
            : probe.Create(model, "target");
        probe.Suit(cloud, component.Arguments);
        return component;
    }

    private static Plan Planned(KindProbe probe, Cloud cloud, string? variant, Action<Arguments> change) => Fixtures.Of(cloud).Plan(model =>
    {
        var component = Created(probe, cloud, model, variant);
        change(component.Arguments);
        model.Add(component);
        probe.Surround(model, component);
    });
}

/// <summary>What a change of an argument does.</summary>
/// <param name="Argument">The argument, as a stack file spells it.</param>
/// <param name="Variant">The variant of the kind, such as an engine; null where all do the same.</param>
/// <param name="Values">Which change.</param>
/// <param name="Effect">The worst that happens.</param>
/// <param name="What">What happens to which resources.</param>
internal sealed record ArgumentChange(string Argument, string? Variant, string Values, string Effect, string What);

/// <summary>The changes of an argument that are tried.</summary>
/// <param name="Argument">The argument, as a stack file spells it.</param>
/// <param name="Variant">The variant of the kind; null where it has none.</param>
/// <param name="All">The changes, each in both directions.</param>
internal sealed record ArgumentSteps(string Argument, string? Variant, IReadOnlyList<ArgumentStep> All);

/// <summary>A change of an argument.</summary>
/// <param name="Words">Which, in words.</param>
/// <param name="Before">The plan that is deployed.</param>
/// <param name="After">The plan that would be.</param>
internal sealed record ArgumentStep(string Words, Plan Before, Plan After);
