using System.Globalization;

namespace Infra.Migrations;

/// <summary>A figure of the formulas.</summary>
/// <param name="Name">What <c>infra:figures</c> calls it.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Usual">What is taken where nobody says; null where it must be said, or follows from an argument.</param>
/// <param name="Source">Where that comes from.</param>
internal sealed record MoveFigure(string Name, string Unit, double? Usual, string Source)
{
    private const string Choice = "choice; replace it by what a rehearsal took";

    /// <summary>The number of objects.</summary>
    public static readonly MoveFigure Objects = new("objects", "objects", null, "");

    /// <summary>The mean size of an object.</summary>
    public static readonly MoveFigure MeanKiB = new("meanKiB", "KiB", 1024, "choice; the bucket's metrics say it");

    /// <summary>The objects on their way at once.</summary>
    public static readonly MoveFigure Transfers = new("transfers", "objects at once", 4, "rclone documentation, --transfers: its default");

    /// <summary>The requests of one object.</summary>
    public static readonly MoveFigure RequestsPerObject = new(
        "requestsPerObject",
        "requests",
        4,
        "rclone documentation, S3: HEAD and GET at the source, PUT and HEAD at the target");

    /// <summary>How long one request takes.</summary>
    public static readonly MoveFigure RequestMilliseconds = new(
        "requestMilliseconds",
        "ms",
        30,
        "Amazon S3 white paper on performance, timeouts and retries: tens of milliseconds for objects below 512 KB");

    /// <summary>The requests that a side answers a second.</summary>
    public static readonly MoveFigure RequestsPerSecond = new(
        "requestsPerSecond",
        "requests/s",
        3500,
        "Amazon S3 user guide, performance: 3,500 writes a second and prefix");

    /// <summary>What the way carries.</summary>
    public static readonly MoveFigure NetworkMibPerSecond = new("networkMibPerSecond", "MiB/s", 119, "1 Gbit/s; " + Choice);

    /// <summary>The calls that a shard lists with a second.</summary>
    public static readonly MoveFigure ListsPerSecond = new("listsPerSecond", "calls/s", 10, "one call in 100 ms; " + Choice);

    /// <summary>The shards.</summary>
    public static readonly MoveFigure Shards = new("shards", "shards", 16, "one for each first hexadecimal digit; " + Choice);

    /// <summary>The objects that are written a second.</summary>
    public static readonly MoveFigure ChangedPerSecond = new("changedPerSecond", "objects/s", 1, "choice; the bucket's metrics say it");

    /// <summary>The size of a database.</summary>
    public static readonly MoveFigure GiB = new("gib", "GiB", null, "");

    /// <summary>What is read of a database a second.</summary>
    public static readonly MoveFigure DumpMibPerSecond = new(
        "dumpMibPerSecond",
        "MiB/s",
        48,
        "depesz.com, 26 March 2013, parallel pg_dump: 1,043 MB in 21.6 s");

    /// <summary>What is restored a second, indexes included.</summary>
    public static readonly MoveFigure RestoreMibPerSecond = new(
        "restoreMibPerSecond",
        "MiB/s",
        30,
        "mckerlie.com, 4 March 2016, speeding up Postgres restores: 50 GB in 26 min, one stream, indexes included");

    /// <summary>Statistics for the planner.</summary>
    public static readonly MoveFigure AnalyzeSeconds = new("analyzeSeconds", "s", 60, Choice);

    /// <summary>Comparing counts and sums.</summary>
    public static readonly MoveFigure VerifySeconds = new("verifySeconds", "s", 60, Choice);

    /// <summary>What is written to a database a second.</summary>
    public static readonly MoveFigure WrittenMibPerSecond = new(
        "writtenMibPerSecond",
        "MiB/s",
        0.5,
        "choice; what the database writes of its log a second says it");

    /// <summary>What a copy takes in a second.</summary>
    public static readonly MoveFigure AppliedMibPerSecond = new("appliedMibPerSecond", "MiB/s", 10, Choice);

    /// <summary>How far replication is behind when the last write is done.</summary>
    public static readonly MoveFigure LagSeconds = new("lagSeconds", "s", 2, "the most with which a window is begun");

    /// <summary>Setting sequences.</summary>
    public static readonly MoveFigure SequencesSeconds = new("sequencesSeconds", "s", 10, Choice);

    /// <summary>Until the first consumer of a new copy runs.</summary>
    public static readonly MoveFigure StartSeconds = new("startSeconds", "s", 60, Choice);

    /// <summary>Looking whether it works.</summary>
    public static readonly MoveFigure SmokeSeconds = new("smokeSeconds", "s", 120, Choice);

    /// <summary>What the updates of a window take by themselves.</summary>
    public static readonly MoveFigure UpdateSeconds = new("updateSeconds", "s", 60, Choice);

    /// <summary>The number that a text says, above 0; null where it says none.</summary>
    public static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        && number > 0
        && double.IsFinite(number)
            ? number
            : null;

    /// <summary>Every figure, in the order of messages.</summary>
    public static IReadOnlyList<MoveFigure> All { get; } =
    [
        Objects, MeanKiB, Transfers, RequestsPerObject, RequestMilliseconds, RequestsPerSecond, NetworkMibPerSecond, ListsPerSecond, Shards,
        ChangedPerSecond, GiB, DumpMibPerSecond, RestoreMibPerSecond, AnalyzeSeconds, VerifySeconds, WrittenMibPerSecond,
        AppliedMibPerSecond, LagSeconds, SequencesSeconds, StartSeconds, SmokeSeconds, UpdateSeconds,
    ];
}

/// <summary>A figure with its value.</summary>
/// <param name="Name">What <c>infra:figures</c> calls it.</param>
/// <param name="Value">The value.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Origin">Who says so: the stack file, the command line, an argument, or where what is usual comes from.</param>
internal sealed record GivenFigure(string Name, double Value, string Unit, string Origin);
