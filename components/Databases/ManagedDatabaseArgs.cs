using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Databases;

/// <summary>The engine of a database.</summary>
public enum DatabaseEngine
{
    /// <summary>PostgreSQL.</summary>
    PostgreSql,

    /// <summary>MySQL.</summary>
    MySql,
}

/// <summary>The arguments of a database.</summary>
public sealed record ManagedDatabaseArgs : Arguments
{
    // To which the largest volume may grow by default.
    private const int LargestStorageGiB = 4 * 16384;

    /// <summary>
    /// The engine. Default: PostgreSQL. It never changes: a database of another engine is another one, declared beside it, into which the
    /// rows are moved. Some clouds refuse the change in the middle of an update, others replace the database and lose the rows.
    /// </summary>
    public DatabaseEngine Engine { get; init; } = DatabaseEngine.PostgreSql;

    /// <summary>
    /// The engine's version: <c>15</c>, <c>16</c> or <c>17</c> for PostgreSQL, <c>8.0</c> or <c>8.4</c> for MySQL; clouds may lack some.
    /// Default: 17 or 8.4. It can be raised, never lowered.
    /// </summary>
    public string Version { get => field.Length > 0 ? field : Engine == DatabaseEngine.PostgreSql ? "17" : "8.4"; init; } = "";

    /// <summary>
    /// The promised vCPU and memory of one machine: nano 1 vCPU and 1 GiB, small 2 and 4, medium 2 and 8, large 4 and 16, x-large 8 and 32,
    /// xx-large 8 and 64. Default: medium.
    /// </summary>
    public Size Size { get; init; } = Size.Medium;

    /// <summary>The volume at first, in GiB: 20 to 16384. It can be raised, never lowered. Default: 50.</summary>
    public int StorageGiB { get; init; } = 50;

    /// <summary>
    /// The size up to which the volume grows by itself, in GiB, where the cloud can; null for four times <see cref="StorageGiB"/>.
    /// </summary>
    public int? MaximumStorageGiB { get; init; }

    /// <summary>Whether a standby in another zone takes over by itself. Default: true; outside production never.</summary>
    public bool HighAvailability { get; init; } = true;

    /// <summary>For how many days one can go back to any moment, 1 to 35. Default: 14.</summary>
    public int BackupDays { get; init; } = 14;

    /// <summary>
    /// When the cloud may restart the server for patches and for changes that wait for it; clouds lack it, or its day. Default: null, early
    /// on Sunday, at night where the region is, where the cloud lets one say it.
    /// </summary>
    public MaintenanceWindow? MaintenanceWindow { get; init; }

    /// <summary>
    /// The database's name: lower-case letters, digits and underscores. Default: <c>app</c>. Changing it replaces the database.
    /// </summary>
    public string Database { get; init; } = "app";

    /// <summary>
    /// The extensions of PostgreSQL that are made in the database before its first consumer starts, as <c>CREATE EXTENSION</c> spells them,
    /// such as <c>vector</c> (pgvector) or <c>postgis</c>; what they require comes with them. Clouds lack some. One that is taken off the
    /// list stays in the database, with what uses it: it is dropped by hand. Default: none.
    /// </summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>
    /// Parameters of the server by the engine's own names, such as <c>max_connections</c>, with numbers in the engine's own units (those of
    /// <c>pg_settings</c>; bytes and seconds of MySQL). Some need a restart, and clouds let one set some only. Default: none, what the
    /// cloud thinks right for the size.
    /// </summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether what is written to PostgreSQL can be followed from outside, by logical decoding, so that it can move to another cloud with a
    /// pause of seconds and without losing what is written since: <c>replicate</c> is then among its ways. The server restarts when it is
    /// turned on or off, which on AWS somebody has to ask for, and its log is longer. Clouds lack it in some versions. Default: false.
    /// </summary>
    public bool Followable { get; init; }

    /// <summary>
    /// The schemas of PostgreSQL in which consumers' names without a schema are looked up, in this order, <c>public</c> last where it is
    /// not named; what is created without a schema's name goes into the first. Missing ones are made and belong to the writers. One that is
    /// taken off the list stays. At most 5. Default: none, <c>public</c> alone.
    /// </summary>
    public IReadOnlyList<string> SearchPath { get; init; } = [];

    /// <summary>
    /// What it begins from, which a stack's file states: <c>beginsFrom: { bucket: dumps, dump: orders.dump }</c>, or a snapshot of its
    /// cloud. It is read when the database is made, before any consumer starts, and never after: another value, or none, changes nothing of
    /// a database that holds tables. Default: null, empty.
    /// </summary>
    public DatabaseOrigin? BeginsFrom { get; init; }

    /// <summary>What each size promises.</summary>
    public static Capacity Promise(Size size) => size switch
    {
        Size.Nano => new(1, 1),
        Size.Small => new(2, 4),
        Size.Medium => new(2, 8),
        Size.Large => new(4, 16),
        Size.XLarge => new(8, 32),
        Size.XXLarge => new(8, 64),
        _ => throw new ArgumentOutOfRangeException(nameof(size), size, "not a size"),
    };

    /// <summary>The versions that an engine may have.</summary>
    public static IReadOnlyList<string> Versions(DatabaseEngine engine) =>
        engine == DatabaseEngine.PostgreSql ? ["15", "16", "17"] : ["8.0", "8.4"];

    /// <summary>The size up to which the volume grows.</summary>
    public int StorageLimitGiB => MaximumStorageGiB ?? (int)Math.Min(StorageGiB * 4L, LargestStorageGiB);

    /// <summary>The engine's port: 5432 or 3306.</summary>
    public int Port => Engine == DatabaseEngine.PostgreSql ? 5432 : 3306;

    /// <summary>The scheme of urls: <c>postgresql</c> or <c>mysql</c>.</summary>
    public string Scheme => Engine == DatabaseEngine.PostgreSql ? "postgresql" : "mysql";

    /// <summary>How much of its log a server keeps at most for those who follow it, in MiB: a quarter of its volume.</summary>
    internal string KeptLogMiB => (StorageGiB * 1024L / 4).ToString(CultureInfo.InvariantCulture);

    /// <summary>The server's own database.</summary>
    internal DatabaseContents Contents => new()
    {
        Engine = Engine,
        Version = Version,
        Database = Database,
        Extensions = Extensions,
        SearchPath = SearchPath,
    };

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        Decision.Of(Size),
        new("engine", $"{Decision.Word(Engine)} {Version}"),
        new("storage", $"{StorageGiB} GiB, up to {StorageLimitGiB}"),
        Decision.Promise("high availability", HighAvailability),
        Decision.Promise("backups", BackupDays, new ManagedDatabaseArgs().BackupDays, "days"),
        .. MaintenanceWindow is { } window ? new[] { new Decision("maintenance", window.InWords) } : [],
        .. Contents.Decisions,
        .. Followable ? new[] { new Decision("followable", "yes") } : [],
        .. BeginsFrom is { } origin ? new[] { new Decision("begins from", origin.InWords) } : [],
        .. Parameters.Count == 0 ? [] : new[] { new Decision("parameters", string.Join(", ", Parameters.OrderBy(
            parameter => parameter.Key, StringComparer.Ordinal).Select(parameter => $"{parameter.Key} {parameter.Value}"))) },
    ];

    /// <inheritdoc/>
    public override Arguments For(EnvironmentProfile profile) => this with
    {
        Size = profile.Limit(Size),
        StorageGiB = Math.Min(StorageGiB, profile.MaximumStorageGiB),
        MaximumStorageGiB = MaximumStorageGiB is { } maximum && profile.MaximumStorageGiB < int.MaxValue
            ? Math.Min(maximum, profile.MaximumStorageGiB * 4)
            : MaximumStorageGiB,
        HighAvailability = HighAvailability && profile.HighAvailability,
        BackupDays = Math.Min(BackupDays, profile.MaximumBackupDays),
    };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        guard.OneOf(nameof(Version), Version, Versions(Engine));
        guard.InRange(nameof(StorageGiB), StorageGiB, 20, 16384, "GiB");
        guard.InRange(nameof(MaximumStorageGiB), StorageLimitGiB, StorageGiB, LargestStorageGiB, "GiB, and at least StorageGiB");
        guard.InRange(nameof(BackupDays), BackupDays, 1, 35, "days");
        MaintenanceWindow?.Check(guard);
        Contents.Check(guard);
        guard.Require(
            !Followable || Engine == DatabaseEngine.PostgreSql,
            nameof(Followable),
            "true for MySQL",
            "true for PostgreSQL, or false: whether MySQL can be followed is not asked");
        BeginsFrom?.Check(nameof(BeginsFrom), guard);
        DatabaseParameters.Check(this, guard);
    }
}
