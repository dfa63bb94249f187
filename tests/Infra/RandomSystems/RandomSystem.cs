using System.Text;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.RandomSystems;

/// <summary>A component of a random system, as data: it can be told, left out and declared in another order.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Its arguments, as they read.</param>
/// <param name="Create">Makes it; what it refers to is given by name.</param>
internal sealed record RandomPart(string Name, string Arguments, Func<Func<string, Component>, Component> Create)
{
    /// <summary>What it uses.</summary>
    public IReadOnlyList<RandomLink> Links { get; init; } = [];
}

/// <summary>A link of a random system; one whose variables are named sets two of its author's, one of them composed of every key.</summary>
internal sealed record RandomLink(Intent Intent, string Target, string? Prefix, bool IsNamed = false)
{
    /// <summary>The variables that it names; null where it leaves them to the kind.</summary>
    public Variables? VariablesOf(Component target)
    {
        if (!IsNamed || target.Kind.ConnectionKeys.Count == 0) return null;
        var name = Target.Replace('-', '_').ToUpperInvariant();
        var keys = target.Kind.ConnectionKeys.Select(key => key.Name).ToList();
        return new()
        {
            [$"{name}_FIRST"] = $"{{{keys[0]}}}",
            [$"{name}_ALL"] = string.Join(' ', keys.Select(key => $"{key}={{{key}:url}}")),
        };
    }
}

/// <summary>A random system with its settings and placement.</summary>
internal sealed record RandomSystem
{
    public required Cloud Cloud { get; init; }

    public required EnvironmentKind Environment { get; init; }

    public required string Stack { get; init; }

    public required string Location { get; init; }

    public required IReadOnlyList<RandomPart> Parts { get; init; }

    public IReadOnlyDictionary<string, Cloud> Placement { get; init; } = new Dictionary<string, Cloud>();

    public MigrationRecord? Migration { get; init; }

    /// <summary>The system, with its components in the order in which they stand in <see cref="Parts"/>.</summary>
    public SystemDeclaration Declaration => TestSystems.Declare(model =>
    {
        var made = new Dictionary<string, Component>();
        foreach (var part in Parts) model.Add(Find(part.Name));
        foreach (var part in Parts)
        {
            foreach (var link in part.Links)
            {
                var target = Find(link.Target);
                ((Consumer)made[part.Name]).Add(link.Intent, target, link.Prefix, link.VariablesOf(target));
            }
        }

        Component Find(string name)
        {
            if (!made.TryGetValue(name, out var component))
                made.Add(name, component = Parts.Single(part => part.Name == name).Create(Find));
            return component;
        }
    });

    /// <summary>Its settings.</summary>
    public StackSettings Settings
    {
        get
        {
            var all = Fixtures.Clouds.Select(cloud => Fixtures.Of(cloud).SettingsFor(Declaration, Environment)).ToList();
            return all.First(settings => settings.Cloud == Cloud) with
            {
                Stack = Stack,
                Location = Infra.Components.Placements.Location.All.Single(location => location.Name == Location),
                Placement = Placement,
                Migration = Migration,

                // The cluster that the contracts of plain Kubernetes ask for, whatever else the stack stands on.
                Accounts = all.First(settings => settings.Cloud == Cloud.Kubernetes).Accounts,
            };
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder().Append($"{Cloud.Name()}, {Environment}, {Location}, stack '{Stack}'\n");
        foreach (var part in Parts)
        {
            text.Append($"  {part.Name}: {part.Arguments}");
            foreach (var link in part.Links)
                text.Append($"; {link.Intent} {link.Target} as {(link.IsNamed ? "named" : link.Prefix ?? "usual")}");
            if (Placement.TryGetValue(part.Name, out var placed)) text.Append($"; on {placed.Name()}");
            if (Migration?.Components.GetValueOrDefault(part.Name) is { } history)
                text.Append($"; to {Migration.To.Name()}: {string.Join(", ", history.History)}");
            text.Append('\n');
        }

        return text.ToString();
    }
}
