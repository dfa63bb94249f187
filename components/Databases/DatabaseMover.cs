using Infra.Components.Clouds;
using Infra.Components.Jobs;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Components.Databases;

/// <summary>
/// What carries the rows of a database to its copy on another cloud: containers with the client of the engine, which find the copy that is
/// left under the prefix <see cref="Source"/> and the one that is filled under <see cref="Target"/>. Nobody declares them: they follow from
/// the state in which the database is.
/// </summary>
internal static class DatabaseMover
{
    /// <summary>The prefix of the copy that is left.</summary>
    public const string Source = "SOURCE";

    /// <summary>The prefix of the copy that is filled.</summary>
    public const string Target = "TARGET";

    /// <summary>
    /// The variable that holds after how many seconds without writers they are all gone, which is waited for before the last copy.
    /// </summary>
    public const string QuietSeconds = "QUIET_SECONDS";

    // The official images of both engines have their user by this number.
    private const int ImageUser = 999;

    // Whoever copies a large database takes its time. Clouds that wait for less say so.
    private const int LongestMinutes = 12 * 60;

    // The longest name of a component.
    private const int LongestName = 40;

    /// <summary>The ways in which a database's rows can be moved, the usual one first.</summary>
    /// <param name="database">The database, a server's own or another, resolved.</param>
    /// <param name="from">The cloud that it leaves.</param>
    /// <param name="to">The cloud that it goes to.</param>
    public static IReadOnlyList<MoveWay> WaysOf(Component database, Cloud from, Cloud to) =>
        ServerOf(database).Args.Engine == DatabaseEngine.PostgreSql
            ? PostgreSqlMover.WaysOf(ServerOf(database), from, to)
            : MySqlMover.Ways;

    /// <summary>The ways in which a database can be filled from a server outside of the stack.</summary>
    /// <param name="database">The database, a server's own or another, resolved.</param>
    public static IReadOnlyList<MoveWay> WaysFromOutside(Component database) =>
        ServerOf(database).Args.Engine == DatabaseEngine.PostgreSql ? [PostgreSqlMover.Dump] : MySqlMover.Ways;

    /// <summary>What carries a database's rows in the state in which it is.</summary>
    /// <param name="move">The database on its way.</param>
    public static IEnumerable<Implied> Of(Move move) =>
        ServerOf(move.Component).Args.Engine == DatabaseEngine.PostgreSql ? PostgreSqlMover.Of(move) : MySqlMover.Of(move);

    /// <summary>The server of a database, which may be the database itself.</summary>
    public static ManagedDatabase ServerOf(Component database) =>
        database is LogicalDatabase further ? further.Args.Server : (ManagedDatabase)database;

    /// <summary>What a mover is called: after its database, and after what it does.</summary>
    /// <param name="move">The database on its way.</param>
    /// <param name="ending">What it does, such as <c>move</c>.</param>
    public static string NameOf(Move move, string ending) => ShortName.Of($"{move.Component.Name}-{ending}", LongestName);

    /// <summary>A mover that ends, and holds an update up until it has.</summary>
    /// <param name="move">The database on its way.</param>
    /// <param name="ending">What it does, for its name.</param>
    /// <param name="command">What it runs.</param>
    /// <param name="image">In which image.</param>
    /// <param name="settings">Variables besides those of its links and <see cref="QuietSeconds"/>.</param>
    public static Implied Once(
        Move move,
        string ending,
        IReadOnlyList<string> command,
        PinnedImage image,
        params IEnumerable<KeyValuePair<string, Text>> settings)
    {
        var job = new DatabaseMoverJob(NameOf(move, ending), move, new()
        {
            Size = SizeOf(move),
            TimeoutMinutes = LongestMinutes,
            Retries = 2,
            User = ImageUser,
            EntryPoint = command,
            Environment = Settings(move, settings),
            DataClass = move.Component.Arguments.DataClass,
        });
        return Linked(job, move, image);
    }

    /// <summary>A mover that runs for as long as the state lasts; it is started again whenever it ends.</summary>
    /// <param name="move">The database on its way.</param>
    /// <param name="ending">What it does, for its name.</param>
    /// <param name="command">What it runs.</param>
    /// <param name="image">In which image.</param>
    /// <param name="returns">Whether it carries back what is written to the new copy.</param>
    /// <param name="settings">Variables besides those of its links and <see cref="QuietSeconds"/>.</param>
    public static Implied Always(
        Move move,
        string ending,
        IReadOnlyList<string> command,
        PinnedImage image,
        bool returns = false,
        params IEnumerable<KeyValuePair<string, Text>> settings)
    {
        var worker = new DatabaseMoverWorker(NameOf(move, ending), move, returns, new()
        {
            Size = SizeOf(move),
            Scaling = new() { AtMostOne = true },
            User = ImageUser,
            EntryPoint = command,
            Environment = Settings(move, settings),
            DataClass = move.Component.Arguments.DataClass,
        });
        return Linked(worker, move, image);
    }

    // Two processors: one end is read while the other is written.
    private static Size SizeOf(Move move) =>
        ServerOf(move.Component).Args.Size is Size.Nano or Size.Small ? Size.Small : Size.Medium;

    private static Variables Settings(Move move, IEnumerable<KeyValuePair<string, Text>> settings)
    {
        var variables = new Variables([KeyValuePair.Create<string, Text>(QuietSeconds, $"{move.QuietSeconds}"), .. settings]);
        if (move.Outside?.Source is not { } source) return variables;
        variables[$"{Source}_DATABASE"] = source.Name ?? move.Component.Name;
        variables[$"{Source}_USERNAME"] = source.Username;
        variables[$"{Source}_TLS_MODE"] = source.TlsMode;
        return variables;
    }

    private static Implied Linked<T>(T mover, Move move, PinnedImage image)
        where T : Consumer
    {
        mover.ReadsWhatMoves(move, Source).Writes(move.Component, Target);
        return new(mover, new Dictionary<string, string> { [mover.Name] = image.On(move.To) });
    }
}

/// <summary>A mover of a database.</summary>
internal interface IDatabaseMover : IMover
{
    /// <summary>The way in which the rows move.</summary>
    MoveWay Way { get; }
}

/// <summary>A mover that ends.</summary>
internal sealed class DatabaseMoverJob(string name, Move move, JobArgs args) : Job(name, args), IDatabaseMover
{
    /// <inheritdoc/>
    public Component Moved => move.Component;

    /// <inheritdoc/>
    public MoveWay Way => move.Way;
}

/// <summary>A mover that runs for as long as a state lasts.</summary>
internal sealed class DatabaseMoverWorker(string name, Move move, bool returns, ContainerServiceArgs args)
    : ContainerService(name, args), IDatabaseMover
{
    /// <inheritdoc/>
    public Component Moved => move.Component;

    /// <inheritdoc/>
    public MoveWay Way => move.Way;

    /// <inheritdoc/>
    public bool Returns => returns;
}
