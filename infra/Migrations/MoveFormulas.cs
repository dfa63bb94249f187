namespace Infra.Migrations;

/// <summary>
/// How long data takes to move, and how long nobody may write meanwhile. Pure functions: seconds, MiB, numbers of objects and rates a
/// second in, seconds out. Infinity means that what is written comes faster than it is carried.
/// </summary>
internal static class MoveFormulas
{
    /// <summary>The keys that one call lists at most (Amazon S3 API reference, ListObjectsV2: MaxKeys).</summary>
    public const int KeysPerList = 1000;

    private const double SecondsOfMonth = 30 * 24 * 60 * 60;

    /// <summary>
    /// Objects copied a second: <c>R = min(transfers / secondsPerObject, requests / requestsPerObject, bandwidth / meanSize)</c>.
    /// </summary>
    /// <param name="transfers">How many objects are on their way at once, of all shards together.</param>
    /// <param name="requestsPerObject">The requests that one object takes, on both sides together.</param>
    /// <param name="requestSeconds">How long one of them takes.</param>
    /// <param name="requestsPerSecond">The requests that the slower of both sides answers.</param>
    /// <param name="mibPerSecond">What the narrowest part of the way carries.</param>
    /// <param name="meanMib">The mean size of an object.</param>
    public static double ObjectsPerSecond(
        double transfers,
        double requestsPerObject,
        double requestSeconds,
        double requestsPerSecond,
        double mibPerSecond,
        double meanMib) => Math.Min(
            Math.Min(transfers / (requestsPerObject * requestSeconds), requestsPerSecond / requestsPerObject),
            mibPerSecond / meanMib);

    /// <summary>The first pass: <c>T = N / R</c>.</summary>
    public static double BulkSeconds(double objects, double objectsPerSecond) => objects / objectsPerSecond;

    /// <summary>Listing one side: <c>T = ceil(N / 1000) / (lists × shards)</c>.</summary>
    /// <param name="objects">The number of objects.</param>
    /// <param name="listsPerSecond">The calls that one shard makes a second.</param>
    /// <param name="shards">How many shards list at once.</param>
    public static double ListSeconds(double objects, double listsPerSecond, double shards) =>
        Math.Ceiling(objects / KeysPerList) / (listsPerSecond * shards);

    /// <summary>
    /// What is left to copy however often a pass is repeated: <c>D* = c × T_list / (1 − c / R)</c>. A pass that takes T leaves the
    /// <c>c × T</c> objects that changed meanwhile to the next one.
    /// </summary>
    /// <param name="changedPerSecond">The objects that are written a second.</param>
    /// <param name="listSeconds">How long listing takes.</param>
    /// <param name="objectsPerSecond">The objects that are copied a second.</param>
    public static double Remainder(double changedPerSecond, double listSeconds, double objectsPerSecond) =>
        changedPerSecond >= objectsPerSecond
            ? double.PositiveInfinity
            : changedPerSecond * listSeconds / (1 - (changedPerSecond / objectsPerSecond));

    /// <summary>The last pass, after the last write: <c>T = T_list + D* / R</c>.</summary>
    public static double FinalPassSeconds(double listSeconds, double remainder, double objectsPerSecond) =>
        listSeconds + (remainder / objectsPerSecond);

    /// <summary>
    /// A dump that is restored as it is read: <c>T = max(S / B_dump, S / B_net, S / B_restore) + T_analyze + T_verify</c>. Building indexes
    /// is part of restoring.
    /// </summary>
    public static double DumpSeconds(
        double mib,
        double dumpMibPerSecond,
        double networkMibPerSecond,
        double restoreMibPerSecond,
        double analyzeSeconds,
        double verifySeconds) =>
        LoadSeconds(mib, dumpMibPerSecond, networkMibPerSecond, restoreMibPerSecond) + analyzeSeconds + verifySeconds;

    /// <summary>Reading, carrying and writing at once: <c>T = max(S / B_dump, S / B_net, S / B_restore)</c>.</summary>
    public static double LoadSeconds(double mib, double dumpMibPerSecond, double networkMibPerSecond, double restoreMibPerSecond) =>
        mib / Math.Min(dumpMibPerSecond, Math.Min(networkMibPerSecond, restoreMibPerSecond));

    /// <summary>
    /// What replication needs after the first load to catch up with the writes since: <c>T = w × T_load / (a − w)</c>.
    /// </summary>
    /// <param name="writtenMibPerSecond">What is written.</param>
    /// <param name="appliedMibPerSecond">What the copy takes in.</param>
    /// <param name="loadSeconds">How long the first load took.</param>
    public static double CatchUpSeconds(double writtenMibPerSecond, double appliedMibPerSecond, double loadSeconds) =>
        writtenMibPerSecond >= appliedMibPerSecond
            ? double.PositiveInfinity
            : writtenMibPerSecond * loadSeconds / (appliedMibPerSecond - writtenMibPerSecond);

    /// <summary>The end of replication, after the last write: <c>T = T_lag + T_sequences + T_verify</c>.</summary>
    public static double ReplicationSeconds(double lagSeconds, double sequencesSeconds, double verifySeconds) =>
        lagSeconds + sequencesSeconds + verifySeconds;

    /// <summary>
    /// How long nobody may write: <c>T = T_stop + max(T_data) + T_start + T_smoke + T_updates</c>.
    /// </summary>
    /// <param name="stopSeconds">Until the last writer has stopped.</param>
    /// <param name="dataSeconds">The slowest store of those that pause together.</param>
    /// <param name="startSeconds">Until the first writer runs again.</param>
    /// <param name="smokeSeconds">Looking whether it works, before anybody is let in.</param>
    /// <param name="updateSeconds">What the updates take by themselves: one that pauses and one that activates.</param>
    public static double PauseSeconds(
        double stopSeconds,
        double dataSeconds,
        double startSeconds,
        double smokeSeconds,
        double updateSeconds) => stopSeconds + dataSeconds + startSeconds + smokeSeconds + updateSeconds;

    /// <summary>The availability, in percent, of a month of 30 days in which a pause is all that was missing.</summary>
    public static double AvailabilityPercent(double pauseSeconds) => 100 * (1 - (pauseSeconds / SecondsOfMonth));

    /// <summary>The transfers that copy so many objects within a time, where nothing else is the limit.</summary>
    public static double TransfersFor(double objects, double requestsPerObject, double requestSeconds, double seconds) =>
        Math.Ceiling(objects * requestsPerObject * requestSeconds / seconds);
}
