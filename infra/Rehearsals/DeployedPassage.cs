using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Rehearsals;

/// <summary>How far a component of a stack has got on its way to another cloud, as the stack exports it for its next update.</summary>
/// <param name="State">How far.</param>
/// <param name="From">The cloud that it leaves.</param>
/// <param name="To">The cloud that it goes to.</param>
internal sealed record DeployedPassage(MigrationState State, string From, string To)
{
    private const string Losing = "loses";
    private const string Accepting = "accepts";
    private const string Pausing = "pauses";

    /// <summary>Whether what is written to its new copy gets lost when it goes back.</summary>
    public bool Loses { get; init; }

    /// <summary>Whether the stack file accepts that.</summary>
    public bool Accepts { get; init; }

    /// <summary>Whether it is paused on its way, so that this is a step of its own.</summary>
    public bool Pauses { get; init; }

    /// <summary>The ways of the components that are on one, by histories of their own or along with others.</summary>
    public static IReadOnlyDictionary<string, DeployedPassage> Of(Blueprint blueprint)
    {
        var passages = new Passages(blueprint.Model, blueprint.Settings);
        return (
            from component in blueprint.Model.Components
            let passage = passages.Of(component)
            where passage is not null
            let history = passages.HistoryOf(component) ?? (component.StandsOn is { } server ? passages.HistoryOf(server) : null)
            select (component.Name, Deployed: new DeployedPassage(passage.State, passage.From.Name(), passage.To.Name())
            {
                Loses = passages.WayOf(component) is { Returns: false },
                Accepts = history?.AcceptDataLoss is not null,
                Pauses = history?.Reached(MigrationState.Paused) == true,
            })).ToDictionary(pair => pair.Name, pair => pair.Deployed);
    }

    /// <summary>Reads the exported text; null for one that another program wrote.</summary>
    public static DeployedPassage? Read(string text) =>
        text.Split(' ') is [var word, var from, var to, .. var marks] && MigrationEntry.StateOf(word) is { } state
            ? new(state, from, to)
            {
                Loses = marks.Contains(Losing),
                Accepts = marks.Contains(Accepting),
                Pauses = marks.Contains(Pausing),
            }
            : null;

    /// <summary>The text that the stack exports, such as <c>activated aws scaleway loses</c>.</summary>
    public override string ToString() => string.Join(
        ' ',
        new[] { MigrationEntry.NameOf(State), From, To, Loses ? Losing : "", Accepts ? Accepting : "", Pauses ? Pausing : "" }
            .Where(word => word.Length > 0));
}
