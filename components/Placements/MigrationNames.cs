using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>Checks what <c>infra:migration</c> names beside the system: components that exist, that move, and how they can.</summary>
internal static class MigrationNames
{
    /// <summary>Reports what the record names and must not.</summary>
    /// <param name="model">The system, resolved.</param>
    /// <param name="settings">The stack's settings.</param>
    /// <param name="findings">Where findings go.</param>
    public static void Check(Model model, StackSettings settings, Findings findings)
    {
        if (settings.Migration is not { } record) return;
        var byName = model.Components.ToDictionary(component => component.Name);
        var movable = model.Components
            .Where(component => Stays(component, settings) is null && CloudOf(component, settings) != record.To)
            .Select(component => component.Name)
            .ToList();
        var allowed = movable.Count == 0 ? $"none, because nothing stands elsewhere than on {record.To.Name()}" : string.Join(", ", movable);
        foreach (var (key, name) in record.Components.Keys.Select(name => ("components", name))
            .Concat(record.Ways.Keys.Select(name => ("ways", name))))
        {
            var path = $"infra:migration.{key}.{name}";
            if (!byName.TryGetValue(name, out var component))
            {
                findings.Report(
                    SettingNames.Unknown,
                    null,
                    $"infra:migration.{key} names '{name}', which '{settings.System}' does not have; allowed components that move: "
                    + $"{allowed}.{Spelling.Suggestion(name, movable)} Correct the name or remove it.");
            }
            else if (Stays(component, settings) is { } reason)
            {
                findings.Report(
                    SettingNames.Unmovable,
                    name,
                    $"{path} moves a {component.Kind}, and {reason}; allowed components that move: {allowed}. Remove it.");
            }
            else if (CloudOf(component, settings) == record.To)
            {
                findings.Report(
                    SettingNames.Unmovable,
                    name,
                    $"{path} moves it to {record.To.Name()}, where it stands already "
                    + $"({(settings.Placement.ContainsKey(name) ? $"infra:placement.{name}" : "infra:cloud")}); allowed: another cloud than "
                    + "the one that it leaves, which its placement names until the migration is finished. "
                    + $"{(key == "ways" ? "Remove it." : "Correct the placement, or remove it from the record once it is retired.")}");
            }
        }

        foreach (var (name, way) in record.Ways)
        {
            if (!byName.TryGetValue(name, out var component)
                || Stays(component, settings) is not null
                || CloudOf(component, settings) == record.To)
            {
                continue;
            }

            var ways = component.Kind.WaysToMove(component, CloudOf(component, settings), record.To).Select(known => known.Name).ToList();
            if (ways.Contains(way)) continue;
            findings.Report(
                SettingNames.Unmovable,
                name,
                $"infra:migration.ways.{name} is '{way}'; allowed from {CloudOf(component, settings).Name()} to {record.To.Name()}: "
                + (ways.Count == 0
                    ? $"none, because a {component.Kind} holds nothing that is moved. Remove it."
                    : $"{string.Join(", ", ways)}.{Spelling.Suggestion(way, ways)} Correct the way, or remove it for {ways[0]}."));
        }
    }

    /// <summary>Why a component is in no migration, in words; null where it may be.</summary>
    public static string? Stays(Component component, StackSettings settings) => component switch
    {
        { Kind.IsFoundation: true } => "it follows what moves: it stands on every cloud where something does",
        { Kind.Stage: BuildStage.Zone } => "a zone stays where it is, also after the migration: its cloud is the one that infra:placement "
            + "gives it, and traffic is moved by its records",
        { Kind.FollowsConsumers: true } => "it exists outside of every cloud, and its consumers take their way to it along",
        { StandsOn: { } server } when !settings.Placement.ContainsKey(component.Name) => $"it is a part of '{server.Name}', and moves with it",
        _ => null,
    };

    /// <summary>The cloud that a component leaves: the one on which it is placed.</summary>
    public static Cloud CloudOf(Component component, StackSettings settings) =>
        settings.Placement.TryGetValue(component.Name, out var placed) ? placed
        : component.StandsOn is { } server ? CloudOf(server, settings)
        : settings.Cloud;
}
