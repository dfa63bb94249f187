using System.Collections;
using System.Text.Json;
using Infra.Components.Placements;

namespace Infra.Rehearsals;

/// <summary>
/// Where a stack stands, as it exports it: what no update may change by itself, because everything would be made anew somewhere else. What
/// is not known, as before the first update, is null or empty.
/// </summary>
internal sealed record Whereabouts
{
    /// <summary>The outputs that say so.</summary>
    public static IReadOnlyList<string> Outputs { get; } =
        ["accounts", "environment", "inventory", "location", "migration", "placement", "regions", "stack"];

    /// <summary>The stack's name, which is part of physical names.</summary>
    public string? Stack { get; init; }

    /// <summary>The environment.</summary>
    public string? Environment { get; init; }

    /// <summary>The place on the map.</summary>
    public string? Location { get; init; }

    /// <summary>The region on each cloud that it uses.</summary>
    public IReadOnlyDictionary<string, string> Regions { get; init; } = new Dictionary<string, string>();

    /// <summary>The account, or project, on each cloud that it uses.</summary>
    public IReadOnlyDictionary<string, string> Accounts { get; init; } = new Dictionary<string, string>();

    /// <summary>The cloud of each component.</summary>
    public IReadOnlyDictionary<string, string> Placement { get; init; } = new Dictionary<string, string>();

    /// <summary>How far each component has got that is on its way to another cloud.</summary>
    public IReadOnlyDictionary<string, DeployedPassage> Migration { get; init; } = new Dictionary<string, DeployedPassage>();

    /// <summary>What an update could take away, by the end of its component's URN.</summary>
    public IReadOnlyDictionary<string, string> Inventory { get; init; } = new Dictionary<string, string>();

    /// <summary>Where a stack is to stand.</summary>
    public static Whereabouts Of(Blueprint blueprint) => new()
    {
        Stack = blueprint.Settings.Stack,
        Environment = blueprint.Profile.Name,
        Location = blueprint.Settings.Location.Name,
        Regions = SystemStack.RegionsOf(blueprint),
        Accounts = SystemStack.AccountsOf(blueprint),
        Migration = DeployedPassage.Of(blueprint),
        Placement = SystemStack.DeployedPlacementOf(blueprint),
    };

    /// <summary>Where a stack stands, by the outputs in its plan.</summary>
    public static Whereabouts In(JsonElement outputs)
    {
        return Of(name => outputs.TryGetProperty(name, out var value) ? Value(value) : null);

        static object? Value(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Object => value.EnumerateObject().ToDictionary(entry => entry.Name, entry => Value(entry.Value)),
            _ => null,
        };
    }

    /// <summary>Where a stack stands, by its outputs as the engine gives them.</summary>
    /// <param name="output">The value of an output; null where there is none.</param>
    public static Whereabouts Of(Func<string, object?> output)
    {
        return new()
        {
            Stack = output("stack") as string,
            Environment = output("environment") as string,
            Location = output("location") as string,
            Regions = Texts("regions"),
            Accounts = Texts("accounts"),
            Placement = Texts("placement"),
            Migration = (
                from entry in Texts("migration")
                let passage = DeployedPassage.Read(entry.Value)
                where passage is not null
                select (entry.Key, Passage: passage)).ToDictionary(pair => pair.Key, pair => pair.Passage),
            Inventory = Texts("inventory"),
        };

        Dictionary<string, string> Texts(string name)
        {
            var texts = new Dictionary<string, string>();
            if (output(name) is not IDictionary map) return texts;
            foreach (DictionaryEntry entry in map)
            {
                if (entry is { Key: string key, Value: string text }) texts[key] = text;
            }

            return texts;
        }
    }
}
