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
                $"`{change.Argument}`", change.Values, change.Effect, change.What,
            ]))
            : null;

    /// <summary>What a change of each argument does.</summary>
    public static IReadOnlyList<ArgumentChange> Of(ComponentKind kind, Cloud cloud) => Known.GetOrAdd((kind.Name, cloud), _ =>
    {
        var probe = KindProbe.Of(kind.Name);
        var before = Planned(probe, cloud, arguments => { });
        var arguments = probe.Create(new(), "target").Arguments;
        return [.. OtherArguments.Of(probe).SelectMany(argument => Changes(argument.Path, argument.Values))];

        IEnumerable<ArgumentChange> Changes(string path, IReadOnlyList<object> values)
        {
            var effects = values
                .Select(value => (Value: value, Plan: Planned(probe, cloud, changed => OtherArguments.Set(changed, path, value))))
                .SelectMany(after => Both(OtherArguments.Get(arguments, path), after.Value, before, after.Plan))
                .GroupBy(change => (change.Effect, change.What))
                .ToList();
            var name = string.Join('.', path.Split('.').Select(step => char.ToLowerInvariant(step[0]) + step[1..]));
            return effects.Select(same => new ArgumentChange(
                name,
                effects.Count == 1 ? "any" : string.Join("; ", same.Select(change => change.Values).Distinct()),
                same.Key.Effect,
                same.Key.What));
        }
    });

    private static IEnumerable<(string Values, string Effect, string What)> Both(object? from, object to, Plan before, Plan after)
    {
        var (there, back) = (from, to) switch
        {
            (bool, true) => ("on", "off"),
            (bool, false) => ("off", "on"),
            (int less, int more) => less < more ? ("more", "less") : ("less", "more"),
            (Enum, Enum) => ($"{from} → {to}", $"{to} → {from}"),
            (null, _) => ("set", "unset"),
            _ => ("another value", "another value"),
        };
        yield return (there, Weighed(before, after).Effect, Weighed(before, after).What);
        yield return (back, Weighed(after, before).Effect, Weighed(after, before).What);
    }

    private static (string Effect, string What) Weighed(Plan before, Plan after)
    {
        // A plan that is refused says so before anything is deployed; one that could not have been deployed is left by nobody.
        var errors = after.Findings
            .Where(finding => finding.Severity == Severity.Error)
            .Select(finding => $"`{finding.Rule.Id}`")
            .Distinct()
            .ToList();
        if (errors.Count > 0) return ("not accepted", string.Join(", ", errors));
        if (before.HasErrors) return ("in place", "from a value that is not accepted");
        var changes = Comparison.Of(PlanDocument.Of(before), PlanDocument.Of(after));
        if (changes.Effect == Effect.Nothing) return ("nothing", "");
        var notable = changes.Components
            .SelectMany(component => component.Resources)
            .Where(resource => resource.Effect > Effect.InPlace || resource.Effect == Effect.Ignored)
            .GroupBy(resource => (resource.Effect, Type: resource.Type[(resource.Type.LastIndexOf(':') + 1)..]))
            .OrderByDescending(group => group.Key.Effect)
            .Select(group => $"`{group.Key.Type}` {Words(group.First())}")
            .Distinct();
        return (changes.Effect.Name(), string.Join("; ", notable));
    }

    private static string Words(ResourceChange resource)
    {
        var effect = resource.Effect is Effect.Removed or Effect.Replaced
            ? resource.Effect.Name()
            : $"{Done(resource.Operation)}, {resource.Effect.Name()}";
        var order = resource.DeletedFirst == true ? ", deleted first" : "";
        var note = resource.Inputs
            .Where(input => input.Effect == resource.Effect && resource.Effect is Effect.Interruption or Effect.Ignored)
            .Select(input => input.Note)
            .FirstOrDefault(note => note is not null);
        return effect + order + (resource.Condition is { } condition ? $" if {condition}" : "") + (note is null ? "" : $" ({note})");
    }

    private static string Done(Operation operation) => operation switch
    {
        Operation.Create => "created",
        Operation.Update => "changed",
        Operation.Replace => "replaced",
        Operation.Delete => "deleted",
        Operation.Forget => "forgotten",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "not an operation"),
    };

    private static Plan Planned(KindProbe probe, Cloud cloud, Action<Arguments> change) => Fixtures.Of(cloud).Plan(model =>
    {
        var component = probe.Create(model, "target");
        change(component.Arguments);
        model.Add(component);
        probe.Surround(model, component);
    });
}

/// <summary>What a change of an argument does.</summary>
/// <param name="Argument">The argument, as a stack file spells it.</param>
/// <param name="Values">Which change.</param>
/// <param name="Effect">The worst that happens.</param>
/// <param name="What">What happens to which resources.</param>
internal sealed record ArgumentChange(string Argument, string Values, string Effect, string What);
