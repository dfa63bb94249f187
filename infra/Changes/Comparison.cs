using System.Text.Json;
using System.Text.RegularExpressions;
using Infra.Components.Composition;
using Infra.Components.Relays;
using Infra.Components.Systems;
using Infra.Facts;
using Infra.Rehearsals;

namespace Infra.Changes;

/// <summary>
/// Compares what is deployed with what would be, as the Pulumi engine does: by URN, through the providers' decisions on each input, with
/// what follows for whatever uses an output of something that is replaced.
/// </summary>
internal sealed partial class Comparison
{
    private const string RunsAgain = "it runs again";

    private readonly PlanDocument _to;
    private readonly Dictionary<string, DocumentedResource> _old;
    private readonly Dictionary<string, DocumentedResource> _new;
    private readonly Dictionary<string, DocumentedComponent> _before;
    private readonly Dictionary<string, DocumentedComponent> _after;
    private readonly HashSet<string> _moving;
    private readonly HashSet<string> _copies;
    private readonly Dictionary<string, Verdict> _verdicts = [];

    private Comparison(PlanDocument from, PlanDocument to)
    {
        _to = to;
        _old = ByUrn(from.Resources);
        _new = ByUrn(to.Resources);
        _before = from.Components.DistinctBy(component => component.Urn).ToDictionary(component => component.Urn);
        _after = to.Components.DistinctBy(component => component.Urn).ToDictionary(component => component.Urn);
        _moving =
        [
            .. Whereabouts.In(from.Outputs).Migration.Keys.Concat(Whereabouts.In(to.Outputs).Migration.Keys),
        ];
        _copies = [.. from.Components.Where(component => IsCopy(component) || IsLeftBehind(component)).Select(component => component.Urn)];
    }

    // What does not serve; what runs once, and does so where the copy that serves stands; and what is outside of every cloud.
    private bool IsCopy(DocumentedComponent component) =>
        !component.Serves
        || Kinds.All.Any(kind =>
            kind.Name == component.Kind && (kind.FollowsConsumers || (kind.RunsOnce && _moving.Contains(component.Name))));

    // What a cloud had for those that stood there goes with the last of them: what it holds is theirs. A relay lets consumers of other
    // clouds in, and keeps nothing of its own.
    private bool IsLeftBehind(DocumentedComponent component)
    {
        if (component.Kind == RelayKind.Instance.Name) return true;
        if (!IsFoundation(component) || _moving.Count == 0) return false;
        return _after.ContainsKey(component.Urn) || _before.Values.All(other =>
            other.Cloud != component.Cloud || IsFoundation(other) || _after.ContainsKey(other.Urn) || IsCopy(other));
    }

    private static bool IsFoundation(DocumentedComponent component) =>
        Kinds.All.Any(kind => kind.Name == component.Kind && kind.IsFoundation);

    /// <summary>What deploying one plan does to a stack that the other was deployed to.</summary>
    /// <param name="from">What is deployed.</param>
    /// <param name="to">What would be.</param>
    /// <param name="fromWords">The former in words.</param>
    /// <param name="toWords">The latter in words.</param>
    public static PlanChanges Of(PlanDocument from, PlanDocument to, string fromWords = "before", string toWords = "after") =>
        new Comparison(from, to).Run() with { From = fromWords, To = toWords };

    private static Dictionary<string, DocumentedResource> ByUrn(IReadOnlyList<DocumentedResource> resources)
    {
        var byUrn = new Dictionary<string, DocumentedResource>(resources.Count);
        foreach (var resource in resources) byUrn.TryAdd(resource.Urn, resource); // A plan with twins has findings of its own.
        return byUrn;
    }

    private PlanChanges Run()
    {
        // In the order of construction: whatever a resource refers to has its verdict already.
        foreach (var resource in _new.Values) _verdicts[resource.Urn] = Judge(resource);
        var kept = _verdicts.Values.Select(verdict => verdict.Old?.Urn).OfType<string>().ToHashSet();
        var removed = _old.Values.Where(resource => !kept.Contains(resource.Urn)).Reverse().Select(Removal).ToList();
        var changed = Collisions(removed).Concat(removed.Select(removal => (Resource: _old[removal.Urn], Change: removal))).ToList();

        var components = Grouped(changed);
        var effect = components.Select(component => component.Effect).DefaultIfEmpty(Effect.Nothing).Max();
        return new()
        {
            Stack = _to.Stack,
            From = "",
            To = "",
            Effect = effect,
            Safe = !effect.IsUnsafe(),
            Components = components,
            Findings = [],
        };
    }

    private Verdict Judge(DocumentedResource resource)
    {
        var old = _old.GetValueOrDefault(resource.Urn)
            ?? resource.Aliases.Select(_old.GetValueOrDefault).FirstOrDefault(found => found is not null);
        var facts = FactTables.Of(resource.Type);
        if (old is null) return new(resource, null, facts, []);

        var given = InputComparison.Of(old.Inputs, resource.Inputs).Where(change => !IsSame(change, old, resource)).ToList();
        var inputs = given
            .Select(change => Weigh(resource, facts, change))
            .Concat(Following(resource, given, facts))
            .Concat(OfProvider(resource, old, facts))
            .ToList();
        if (old.Protect != resource.Protect)
        {
            inputs.Add(new(
                new("(protect)", Switch(old.Protect), Switch(resource.Protect)),
                Effect.InPlace,
                resource.Protect ? null : "it can be deleted or replaced from then on",
                null));
        }

        return new(resource, old, facts, inputs);
    }

    // A plan calls a resource by the shortest name that tells it from others: with others beside it, the same one is called otherwise.
    private static bool IsSame(ChangedValue change, DocumentedResource old, DocumentedResource resource)
    {
        if (change.From.ValueKind != JsonValueKind.String || change.To.ValueKind != JsonValueKind.String) return false;
        var (before, after) = (Targets(old), Targets(resource));
        return before.Count > 0
            && before.SequenceEqual(after)
            && (Unnamed(change.From) == Unnamed(change.To) || IsOfTheSame());

        // Only what tells of the same is read by a resource of the same name.
        bool IsOfTheSame() => before.All(to => IsSameAgain(change.From, to)) && after.All(to => IsSameAgain(change.To, to));

        static string Unnamed(JsonElement text) => ReferenceName().Replace(text.GetString()!, "{");

        List<string> Targets(DocumentedResource of) =>
        [
            .. of.References
                .Where(reference => reference.Path == change.Path)
                .Select(reference => reference.To)
                .Order(StringComparer.Ordinal),
        ];
    }

    // A text that is nothing but an output which a new one has the same again.
    private static bool IsSameAgain(JsonElement? text, string urn) =>
        text is { ValueKind: JsonValueKind.String } value
        && value.GetString() is ['{', .. var reference, '}']
        && FactTables.Of(urn.Split("::")[^2].Split('$')[^1]) is { SameAgain: { Count: > 0 } same }
        && same.Any(output => reference.Contains($".{output}[", StringComparison.Ordinal));

    // What stands before the last word of a reference, such as {network:Vpc.id}.
    [GeneratedRegex(@"\{[^{}]*\.(?=[^{}.]+\})")]
    private static partial Regex ReferenceName();

    private static Weighed Weigh(DocumentedResource resource, TypeFacts? facts, ChangedValue change)
    {
        var path = change.InputPath;
        if (resource.IgnoreChanges.Any(ignored => Covers(ignored, path)))
            return new(change, Effect.Ignored, "the program leaves it to what changes it while it runs", null);
        if (resource.ReplaceOnChanges.Any(replacing => Covers(replacing, path)))
            return new(change, Effect.Replaced, "the program has it replaced", null);
        if (resource.IsProvider) return new(change, Effect.InPlace, null, null);
        if (facts is null) return new(change, Effect.InPlace, "what it does is not known: the type has no row among the facts", null);

        // A value that is hidden on both sides cannot be weighed by itself, only by that it changes.
        var (from, to) = change.IsSecret ? (default, default) : (change.From, change.To);
        if (facts.Ignores.Of(path, from, to, resource.Inputs) is { } ignores)
            return new(change, Effect.Ignored, Words("the provider does nothing about it", ignores.Change), null);
        if (facts.Replaces.Of(path, from, to, resource.Inputs) is { } replaces)
            return new(change, Effect.Replaced, null, replaces.IsCertain ? null : Condition(replaces.Change));
        if (facts.Refuses.Of(path, from, to, resource.Inputs) is { IsCertain: true } refuses)
            return new(change, Effect.Refused, Words("the cloud refuses it", refuses.Change), null);
        if (facts.Interrupts.Of(path, from, to, resource.Inputs) is { } interrupts)
            return new(change, Effect.Interruption, interrupts.Change.Note, null);
        return new(change, Effect.InPlace, null, null);
    }

    // Outputs of something new are known only once it is there: whatever reads them changes too, as far as a preview can tell.
    private IEnumerable<Weighed> Following(DocumentedResource resource, IReadOnlyList<ChangedValue> given, TypeFacts? facts) =>
        from reference in resource.References
        let target = _verdicts.GetValueOrDefault(reference.To)
        where target is { Operation: Operation.Replace }
        let change = new ChangedValue(reference.Path, default, default)
        where !given.Any(known => known.InputPath == change.InputPath)
        where !IsSameAgain(Find(resource.Inputs, change.InputPath), reference.To)
        let weighed = Weigh(resource, facts, change)
        where weighed.Effect != Effect.Ignored
        select weighed with
        {
            // What is refused says itself what to do instead.
            Note = weighed.Effect == Effect.Refused
                ? weighed.Note
                : $"it reads {target.Resource.TypeName} {target.Resource.Name}, which is "
                    + $"{(target.Condition is null ? "" : "perhaps ")}replaced",
            Condition = weighed.Effect == Effect.Replaced ? weighed.Condition ?? target.Condition : null,
        };

    // What a provider sets for all its resources changes each that sets nothing of its own there; another cluster, each of them.
    private IEnumerable<Weighed> OfProvider(DocumentedResource resource, DocumentedResource old, TypeFacts? facts)
    {
        if (resource.Provider is null || facts is null) yield break;
        if (resource.Provider != old.Provider)
        {
            yield return new(new("(provider)", Text(old.Provider), Text(resource.Provider)), Effect.Replaced, null, null);
            yield break;
        }

        if (_verdicts.GetValueOrDefault(resource.Provider) is not { Old: not null } provider) yield break;
        foreach (var set in provider.Inputs)
        {
            if (provider.Resource.Package == "kubernetes")
            {
                if (set.Change.Path is "kubeconfig" or "context" or "cluster")
                {
                    yield return set with
                    {
                        Change = set.Change.Of("provider"),
                        Effect = Effect.Replaced,
                        Condition = "it leads to another cluster",
                    };
                }
            }
            else if (facts.Replaces.Of(set.Change.Path) is not null && !resource.Inputs.TryGetProperty(set.Change.Path, out _))
            {
                yield return set with
                {
                    Change = set.Change.Of("provider"),
                    Effect = Effect.Replaced,
                    Note = "the provider's, which it has no value of its own for",
                };
            }
        }
    }

    private ResourceChange Removal(DocumentedResource resource)
    {
        // What is in a copy that does not serve is in the one that does.
        var copied = _copies.Contains(OwnerOf(resource, _old));
        var lasts = copied ? Lasting.Nothing : FactTables.Of(resource.Type)?.LastingWith(resource.Inputs) ?? Lasting.Nothing;
        var (operation, effect) = resource switch
        {
            { Protect: true } => (Operation.Delete, Effect.Refused),
            { RetainOnDelete: true } => (Operation.Forget, Effect.Removed),
            _ => (Operation.Delete, Loss(lasts) ?? Effect.Removed),
        };
        return new()
        {
            Type = resource.Type,
            Name = resource.Name,
            Urn = resource.Urn,
            Operation = operation,
            Effect = effect,
            DeletedFirst = null,
            Condition = null,
            Remark = resource switch
            {
                { Protect: true } => "it is protected: Pulumi refuses to delete it, and stops the update there",
                { RetainOnDelete: true } => "it stays in the cloud, and nobody manages it",
                _ => lasts == Lasting.Place ? null : Remark(lasts),
            },
            Inputs = [],
        };
    }

    // A new one is made before the old ones go: where the two have one name, the cloud refuses it.
    private IEnumerable<(DocumentedResource Resource, ResourceChange Change)> Collisions(IReadOnlyList<ResourceChange> removed)
    {
        var leaving = removed
            .Select(removal => (Key: Identity(_old[removal.Urn]), Resource: _old[removal.Urn]))
            .Where(left => left.Key is not null)
            .ToLookup(left => left.Key!, left => left.Resource);
        foreach (var verdict in _verdicts.Values)
        {
            if (verdict.Change() is not { } change) continue;
            var key = Identity(verdict.Resource);
            if (key is not null
                && change.Operation == Operation.Create
                && leaving[key].FirstOrDefault(left => Clash(left, verdict.Resource)) is { } other)
            {
                change = change with
                {
                    Effect = Effect.Collides,
                    Remark = $"{other.TypeName} {other.Name} has the same name in the cloud, and is deleted only afterwards",
                };
            }
            else if (key is not null
                && change is { Operation: Operation.Replace, DeletedFirst: false }
                && key == Identity(verdict.Old!)
                && Clash(verdict.Old!, verdict.Resource))
            {
                change = change with
                {
                    Effect = change.Effect == Effect.Refused ? Effect.Refused : Effect.Collides,
                    Remark = "the new one is made while the old one still has its name: the cloud refuses it",
                };
            }

            yield return (verdict.Resource, change);
        }
    }

    private static bool Clash(DocumentedResource old, DocumentedResource resource) =>
        FactTables.Of(resource.Type)?.Clashes?.Invoke(old.Inputs, resource.Inputs) ?? true;

    private List<ComponentChange> Grouped(IReadOnlyList<(DocumentedResource Resource, ResourceChange Change)> changed)
    {
        var (before, after) = (_before, _after);
        var owned = changed.ToLookup(
            pair => OwnerOf(pair.Resource, _new.ContainsKey(pair.Change.Urn) ? _new : _old),
            pair => pair.Change);
        var groups = new List<ComponentChange>();
        if (owned[""].Any()) groups.Add(Group(null, null, null, [.. owned[""]]));
        foreach (var component in after.Values.Concat(before.Values.Where(component => !after.ContainsKey(component.Urn))))
        {
            var group = Group(
                component,
                before.GetValueOrDefault(component.Urn),
                after.GetValueOrDefault(component.Urn),
                [.. owned[component.Urn]]);
            // What lasts by being a part of something else is protected as everything is.
            group = Emptied(group, kind => _old.Values.Any(resource =>
                resource.Protect && (kind.Lasts is null || OwnerOf(resource, _old) == component.Urn)));
            group = Spent(Lowered(group));
            if (group.Effect != Effect.Nothing || group.Arguments.Count > 0) groups.Add(group);
        }

        return groups;
    }

    private static ComponentChange Group(
        DocumentedComponent? component,
        DocumentedComponent? before,
        DocumentedComponent? after,
        IReadOnlyList<ResourceChange> resources)
    {
        var worst = resources.Select(resource => resource.Effect).DefaultIfEmpty(Effect.Nothing).Max();
        if (component is not null && before is null && worst <= Effect.Created) worst = Effect.Created;
        if (component is not null && after is null && worst < Effect.Removed) worst = Effect.Removed;
        if (after is { IsStopped: true } && before is { IsStopped: false } && worst < Effect.Interruption) worst = Effect.Interruption;
        return new()
        {
            Name = component?.Name ?? "providers",
            Kind = component?.Kind,
            Cloud = component?.Cloud,
            Effect = worst,
            Loses = worst is Effect.DataLost or Effect.AddressLost ? LossInWords(component?.Kind, worst) : null,
            Arguments = before is null || after is null
                ? []
                :
                [
                    .. InputComparison.Of(before.Arguments, after.Arguments)
                        .Where(change => !IsNothing(change.From) || !IsNothing(change.To))
                        .Select(change => Told(change, null, null)),
                ],
            Resources = resources,
        };
    }

    // An argument that one of the two programs does not have yet, and of which the other has nothing.
    private static bool IsNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };

    // What an argument names that no resource stands for, such as a database that a job makes, is another one then, and empty.
    private static ComponentChange Emptied(ComponentChange component, Func<ComponentKind, bool> isProtected)
    {
        if (component.Effect.IsUnsafe() || Kinds.All.FirstOrDefault(kind => kind.Name == component.Kind) is not { } kind) return component;
        if (!component.Arguments.Any(IsLasting)) return component;
        var effect = isProtected(kind) ? Effect.Refused : Effect.DataLost;
        var note = $"another one would be used, which is empty; {kind.Lasts ?? "its contents"} stay in the old one";
        return component with
        {
            Effect = effect,
            Loses = LossInWords(kind.Name, Effect.DataLost),
            Arguments =
            [
                .. component.Arguments.Select(argument => IsLasting(argument)
                    ? argument with { Effect = effect, Note = note }
                    : argument),
            ],
        };

        bool IsLasting(Difference argument) => kind.LastingArguments.Contains(argument.Path);
    }

    // Where no resource's own input says so, as where a container's image is all that changes.
    private static ComponentChange Lowered(ComponentChange component)
    {
        if (component.Effect.IsUnsafe() || Kinds.All.FirstOrDefault(kind => kind.Name == component.Kind) is not { } kind) return component;
        if (!component.Arguments.Any(IsLowered)) return component;
        return component with
        {
            Effect = Effect.Refused,
            Arguments =
            [
                .. component.Arguments.Select(argument => IsLowered(argument)
                    ? argument with { Effect = Effect.Refused, Note = "an older version does not read what a newer one wrote" }
                    : argument),
            ],
        };

        bool IsLowered(Difference argument) => kind.RisingArguments.Contains(argument.Path)
            && new InputChange(argument.Path, When.Decreased).Holds(argument.From ?? default, argument.To ?? default, default) == true;
    }

    // What was read once, when a component was made, is not read again, whatever resources come or go with it.
    private static ComponentChange Spent(ComponentChange component)
    {
        if (Kinds.All.FirstOrDefault(kind => kind.Name == component.Kind) is not { FirstArguments.Count: > 0 } kind) return component;
        if (!component.Arguments.Any(IsFirst)) return component;
        return component with
        {
            Arguments =
            [
                .. component.Arguments.Select(argument => IsFirst(argument)
                    ? argument with { Effect = Effect.Ignored, Note = "it is read when it is made, and never after" }
                    : argument),
            ],
        };

        bool IsFirst(Difference argument) => kind.FirstArguments.Any(first =>
            argument.Path == first || argument.Path.StartsWith($"{first}.", StringComparison.Ordinal));
    }

    private static string LossInWords(string? kind, Effect worst) =>
        Kinds.All.FirstOrDefault(known => known.Name == kind)?.Lasts
        ?? (worst == Effect.DataLost ? "what was written to it" : "the address by which others know it");

    private string OwnerOf(DocumentedResource resource, Dictionary<string, DocumentedResource> resources)
    {
        var parent = resource.Parent;
        while (parent is not null && !_before.ContainsKey(parent) && !_after.ContainsKey(parent))
            parent = resources.GetValueOrDefault(parent)?.Parent;
        return parent ?? "";
    }

    // What the cloud tells one from another by; null where that is nothing of the program's, or depends on what only the cloud knows.
    private static string? Identity(DocumentedResource resource)
    {
        if (FactTables.Of(resource.Type) is not { Identity: { Count: > 0 } properties }) return null;
        var values = properties.Select(property => Find(resource.Inputs, property)).ToList();
        return values[^1] is null
            ? null
            : $"{resource.Type} {resource.Provider} {string.Join(' ', values.Select(value => value?.ToString()))}";
    }

    private static JsonElement? Find(JsonElement inputs, string path)
    {
        foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step[0] == '[')
            {
                if (inputs.ValueKind != JsonValueKind.Array
                    || !int.TryParse(step.AsSpan(1, step.Length - 2), out var index)
                    || index >= inputs.GetArrayLength())
                {
                    return null;
                }

                inputs = inputs[index];
            }
            else if (inputs.ValueKind != JsonValueKind.Object || !inputs.TryGetProperty(step, out inputs))
            {
                return null;
            }
        }

        return inputs;
    }

    /// <summary>Whether a path that the program names holds another one.</summary>
    internal static bool Covers(string pattern, string path)
    {
        pattern = pattern.Replace("[*]", "[0]", StringComparison.Ordinal);
        return path.StartsWith(pattern, StringComparison.Ordinal) && (path.Length == pattern.Length || path[pattern.Length] is '.' or '[');
    }

    private static string Words(string what, InputChange change) => change.Note.Length == 0 ? what : $"{what}: {change.Note}";

    private static string Condition(InputChange change) => change switch
    {
        { Note.Length: > 0 } => change.Note,
        { When: When.Decreased } => "it becomes less",
        _ => "it goes",
    };

    private static JsonElement Switch(bool value) => JsonElement.Parse(value ? "true" : "false");

    private static JsonElement Text(string? value) => value is null ? default : JsonElement.Parse($"\"{JsonEncodedText.Encode(value)}\"");

    private static Effect? Loss(Lasting lasts) => lasts switch
    {
        Lasting.Data => Effect.DataLost,
        Lasting.Address => Effect.AddressLost,
        _ => null,
    };

    private static string? Remark(Lasting lasts) => lasts switch
    {
        Lasting.Data => "what was written to it is gone",
        Lasting.Address => "others outside the stack know it by an address that is another one then",
        Lasting.Place => "what stands in it keeps the cloud from deleting the old one, and the update stops there",
        Lasting.Value => "its value is another one then: whoever was given the old one needs it",
        _ => null,
    };

    private static Difference Told(ChangedValue change, Effect? effect, string? note) => new()
    {
        Path = change.Path,
        From = change.IsSecret || change.From.ValueKind == JsonValueKind.Undefined ? null : change.From,
        To = change.IsSecret || change.To.ValueKind == JsonValueKind.Undefined ? null : change.To,
        Secret = change.IsSecret,
        Effect = effect,
        Note = note,
    };

    /// <summary>An input that changes, and what that does.</summary>
    /// <param name="Change">What changes.</param>
    /// <param name="Effect">What that does.</param>
    /// <param name="Note">Why, in words; null for nothing to say.</param>
    /// <param name="Condition">The condition of a replacement; null where it is certain.</param>
    private sealed record Weighed(ChangedValue Change, Effect Effect, string? Note, string? Condition);

    /// <summary>What is found about a resource of the new plan.</summary>
    private sealed class Verdict(DocumentedResource resource, DocumentedResource? old, TypeFacts? facts, IReadOnlyList<Weighed> inputs)
    {
        public DocumentedResource Resource => resource;

        public DocumentedResource? Old => old;

        public IReadOnlyList<Weighed> Inputs => inputs;

        public Operation? Operation { get; } = old is null
            ? Changes.Operation.Create
            : inputs.Count == 0 ? null
            : inputs.Any(input => input.Effect == Effect.Replaced) ? Changes.Operation.Replace
            : Changes.Operation.Update;

        /// <summary>Under which condition it is replaced; null where that is certain.</summary>
        public string? Condition
        {
            get
            {
                var replacing = inputs.Where(input => input.Effect == Effect.Replaced).ToList();
                return replacing.Any(input => input.Condition is null)
                    ? null
                    : replacing.Select(input => $"{input.Change.InputPath}: {input.Condition}").Distinct().FirstOrDefault();
            }
        }

        /// <summary>The change; null where nothing changes.</summary>
        public ResourceChange? Change()
        {
            if (Operation is not { } operation) return null;
            var deletesFirst = operation == Changes.Operation.Replace
                ? resource.DeleteBeforeReplace || facts?.ProviderDeletesFirst(resource.Inputs, old!.Inputs) == true
                : default(bool?);
            var (effect, remark) = Weigh(operation, deletesFirst);
            return new()
            {
                Type = resource.Type,
                Name = resource.Name,
                Urn = resource.Urn,
                Operation = operation,
                Effect = effect,
                DeletedFirst = deletesFirst,
                Condition = operation == Changes.Operation.Replace ? Condition : null,
                Remark = remark,
                Inputs = [.. inputs.Select(input => Told(input.Change, input.Effect, Note(input)))],
            };
        }

        private static string? Note(Weighed input) => (input.Condition, input.Note) switch
        {
            (null, var note) => note,
            (var condition, null) => $"replaces it under the condition: {condition}",
            (var condition, var note) => $"{note}; replaces it under the condition: {condition}",
        };

        private (Effect Effect, string? Remark) Weigh(Operation operation, bool? deletesFirst)
        {
            var lasts = facts?.LastingWith((old ?? resource).Inputs) ?? Lasting.Nothing;
            return operation switch
            {
                Changes.Operation.Create => (Effect.Created, null),
                Changes.Operation.Update when inputs.Any(input => input.Effect == Effect.Refused) =>
                    (Effect.Refused, $"{string.Join("; ", Refusals())}, and the update stops there"),
                Changes.Operation.Update => (inputs.Max(input => input.Effect), Waiting() ?? Running()),
                // Without protection in the new plan the engine replaces it, whatever it was before.
                _ when resource.Protect && old!.Protect =>
                    (Effect.Refused, "it is protected: Pulumi refuses to replace it, and stops the update there"),
                _ when lasts == Lasting.Place => (Effect.Refused, Remark(lasts)),
                _ when Loss(lasts) is { } loss => (loss, Remark(lasts)),
                _ when facts is { Serves: true } && deletesFirst == true =>
                    (Effect.Interruption, "it is gone until the new one is there"),
                _ => (Effect.Replaced, facts is { RunsOnce: true } ? RunsAgain : Remark(lasts)),
            };
        }

        private IEnumerable<string> Refusals() =>
            inputs.Where(input => input.Effect == Effect.Refused).Select(input => input.Note!).Distinct();

        private string? Running() =>
            inputs.Any(input => input.Effect == Effect.InPlace && facts?.Runs.Of(input.Change.InputPath) is not null) ? RunsAgain : null;

        private string? Waiting() =>
            facts?.AppliesAtOnce is { } atOnce
            && inputs.Any(input => input.Effect == Effect.Interruption
                || (input.Effect == Effect.InPlace && facts.Waits.Of(input.Change.InputPath) is not null))
            && !(resource.Inputs.TryGetProperty(atOnce, out var value) && value.ValueKind == JsonValueKind.True)
                ? $"it waits for the next maintenance window, because {atOnce} is off"
                : null;
    }
}
