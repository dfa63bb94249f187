using Infra.Components.Jobs;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Components.Caches;

/// <summary>What becomes of the keys of a cache that goes to another cloud: nobody declares what carries them.</summary>
internal static class CacheMover
{
    /// <summary>The prefix of the copy that is left.</summary>
    public const string Source = "SOURCE";

    /// <summary>The prefix of the copy that is filled.</summary>
    public const string Target = "TARGET";

    /// <summary>The variable that holds after how many seconds without writers they are all gone.</summary>
    public const string QuietSeconds = "QUIET_SECONDS";

    /// <summary>Nothing is carried over.</summary>
    public static readonly MoveWay Cold = new(
        "cold",
        "The new copy starts empty: whatever is in the cache alone, such as sessions, is lost, and everything else is worked out anew "
        + "while the databases behind it bear the load.");

    /// <summary>Every key is carried over, while nobody writes.</summary>
    public static readonly MoveWay Copy = new(
        "copy",
        "While nobody writes, all keys are copied with the moment at which they end, and compared; a rehearsal in the new copy says before "
        + "how long that takes and what would not go. What is written to the new copy afterwards is not carried back.")
    {
        Pauses = true,
    };

    // Nobody's in the image, which needs none.
    private const int User = 1000;

    // All keys of the largest cache. Clouds that wait for less say so.
    private const int LongestMinutes = 4 * 60;

    // The longest name of a component.
    private const int LongestName = 40;

    /// <summary>
    /// The ways of a cache: one that may forget starts empty unless the stack file says otherwise, one that may not is copied.
    /// </summary>
    public static IReadOnlyList<MoveWay> WaysOf(Cache cache) => cache.Args.Eviction == Eviction.None ? [Copy, Cold] : [Cold, Copy];

    /// <summary>What carries a cache's keys in the state in which it is.</summary>
    /// <param name="move">The cache on its way.</param>
    public static IEnumerable<Implied> Of(Move move)
    {
        if (move.Way.Name != Copy.Name) return [];
        return move.State switch
        {
            MigrationState.Migrated => [Linked(
                new CacheRehearsal(NameOf(move, "rehearse"), move.Component, new()
                {
                    Size = Size.Small,
                    Scaling = new() { AtMostOne = true },
                    User = User,
                    EntryPoint = CacheCopy.Rehearsal,
                    Environment = Settings(move),
                    DataClass = move.Component.Arguments.DataClass,
                }),
                move)],
            MigrationState.Paused => [Linked(
                new CacheMoverJob(NameOf(move, "move"), move.Component, new()
                {
                    Size = Size.Small,
                    TimeoutMinutes = LongestMinutes,
                    Retries = 2,
                    User = User,
                    EntryPoint = CacheCopy.Command,
                    Environment = Settings(move),
                    DataClass = move.Component.Arguments.DataClass,
                }),
                move)],
            _ => [],
        };
    }

    private static string NameOf(Move move, string ending) => ShortName.Of($"{move.Component.Name}-{ending}", LongestName);

    private static Variables Settings(Move move)
    {
        var variables = new Variables { [QuietSeconds] = $"{move.QuietSeconds}" };
        if (move.Outside?.Source is not { } source) return variables;
        variables[$"{Source}_USERNAME"] = source.Username;
        variables[$"{Source}_TLS_MODE"] = source.TlsMode;
        return variables;
    }

    private static Implied Linked<T>(T mover, Move move)
        where T : Consumer
    {
        mover.ReadsWhatMoves(move, Source).Writes(move.Component, Target);
        return new(mover, new Dictionary<string, string> { [mover.Name] = CacheCopy.Image.On(move.To) });
    }
}

/// <summary>Copies the keys of a cache while nobody writes.</summary>
internal sealed class CacheMoverJob(string name, Component moved, JobArgs args) : Job(name, args), IMover
{
    /// <inheritdoc/>
    public Component Moved => moved;
}

/// <summary>Copies the keys of a cache while the old copy serves.</summary>
internal sealed class CacheRehearsal(string name, Component moved, ContainerServiceArgs args) : ContainerService(name, args), IMover
{
    /// <inheritdoc/>
    public Component Moved => moved;
}
