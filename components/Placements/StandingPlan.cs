using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>Which copies of a system's components stand where, and what each is for.</summary>
internal static class StandingPlan
{
    /// <summary>The copies, in the order of the components' declaration.</summary>
    /// <param name="model">The system, resolved.</param>
    /// <param name="passages">Who is on the way to another cloud.</param>
    /// <param name="settings">The stack's settings.</param>
    public static IReadOnlyList<Standing> Of(Model model, Passages passages, StackSettings settings)
    {
        var consumers = model.Links.ToLookup(link => link.Target, link => link.Consumer);

        // What nobody uses keeps no cloud from being left.
        var used = model.Components
            .Where(component => component.Kind is { IsFoundation: false, FollowsConsumers: false } && component.Stands)
            .SelectMany(CopiesOf)
            .Select(copy => copy.Cloud)
            .Order()
            .ToList();
        var home = used.Count == 0 || used.Contains(settings.Cloud) ? settings.Cloud : used[0];
        return
        [
            .. model.Components.Where(component => !component.Kind.IsFoundation && component.Stands).SelectMany(StandingsOf),
        ];

        IEnumerable<Standing> StandingsOf(Component component) => component.Kind.FollowsConsumers
            ? consumers[component]
                .SelectMany(CopiesOf)
                .Select(copy => copy.Cloud)
                .DefaultIfEmpty(home)
                .Distinct()
                .Order()
                .Select(cloud => new Standing(component, cloud))
            : CopiesOf(component);

        IEnumerable<Standing> CopiesOf(Component component)
        {
            // What carries data works beside the copy that is filled.
            if (component is IMover mover) return [new(component, passages.Of(mover.Moved)!.To)];
            if (passages.Of(component) is not { } passage) return [new(component, passages.PlaceOf(component))];
            if (passage.IsFromOutside) return [Copy(passage.To, StandingState.Active)];
            var left = Copy(passage.From, passage.HasArrived ? StandingState.Beside : StandingState.Active);
            var made = Copy(passage.To, passage.HasArrived ? StandingState.Active : StandingState.Beside);

            // What runs once runs where it serves: twice would be once too often.
            if (passage.State == MigrationState.Retired || (component.Kind.RunsOnce && passage.HasArrived)) return [made];
            return component.Kind.RunsOnce ? [left] : passage.HasArrived ? [made, left] : [left, made];

            Standing Copy(Cloud cloud, StandingState state) => new(component, cloud, state, passage);
        }
    }
}
