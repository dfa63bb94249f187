using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>Which state follows which, whatever the component: the order that every history keeps.</summary>
internal static class MigrationSteps
{
    /// <summary>What is wrong with an entry behind another one; null where it may stand there.</summary>
    /// <param name="before">The entry in front of it; null for the first one.</param>
    /// <param name="entry">The entry.</param>
    public static StepFault? Fault(MigrationEntry? before, MigrationEntry entry)
    {
        if (before is null)
        {
            // A name has no copy, and begins with activated; whether it is one shows only beside the system.
            return entry.State is MigrationState.Migrated or MigrationState.Activated
                ? null
                : new(
                    ", and nothing stands in front of it",
                    "migrated first, because a copy must stand on the new cloud before anything else happens",
                    "Begin with migrated, when it was.");
        }

        if (before.State == MigrationState.Retired)
        {
            return new(
                ", behind 'retired', after which the old copy is gone",
                "nothing behind retired",
                "Remove it; to move the component again, finish this migration first.");
        }

        if (before.State == MigrationState.Activated && entry.State == MigrationState.Activated)
        {
            if (before.IsPartial && (entry.Percent ?? 100) > before.Percent) return null;
            return before.IsPartial
                ? new(
                    $", behind '{before}'",
                    "a share of the traffic that grows",
                    "Correct the percentage; to take some of it back, remove the last entry.")
                : Twice(before);
        }

        if (entry.State == before.State) return Twice(before);
        if (entry.State < before.State)
        {
            return new(
                $", behind '{before}', which comes later",
                "states in their order, which is " + string.Join(", ", MigrationEntry.StateNames),
                "To go back, remove the last entry; add none.");
        }

        if (before is { State: MigrationState.Paused } && entry is { State: MigrationState.Activated, IsPartial: true })
        {
            return new(
                $", behind '{before}'",
                "activated as a whole, because what was paused has one copy that is written to",
                "Remove the percentage.");
        }

        if (before is { State: MigrationState.Activated, IsPartial: true })
        {
            return new(
                $", behind '{before}', and the old copy still serves a part of the traffic",
                "activated for all of it in between",
                "Add activated 100%, when it was.");
        }

        return Following(before.State).Contains(entry.State)
            ? null
            : new(
                $", behind '{before}'",
                $"{string.Join(" or ", Following(before.State).Select(MigrationEntry.NameOf))} in between",
                "Add what is missing, when it was, or remove this entry.");
    }

    /// <summary>The states that may follow one that a component is in as a whole.</summary>
    public static IReadOnlyList<MigrationState> Following(MigrationState? state) => state switch
    {
        null => [MigrationState.Migrated],
        MigrationState.Migrated => [MigrationState.Paused, MigrationState.Activated],
        MigrationState.Paused => [MigrationState.Activated],
        MigrationState.Activated => [MigrationState.Released],
        MigrationState.Released => [MigrationState.Retired],
        MigrationState.Retired => [],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "not a state"),
    };

    private static StepFault Twice(MigrationEntry before) =>
        new($", behind '{before}'", "a state once", "Remove one of the two.");
}

/// <summary>What is wrong with an entry of a history.</summary>
/// <param name="Received">What stands there, behind the entry itself.</param>
/// <param name="Allowed">What may stand there.</param>
/// <param name="Advice">What to change.</param>
internal sealed record StepFault(string Received, string Allowed, string Advice);
