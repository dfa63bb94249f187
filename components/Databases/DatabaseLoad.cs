using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Jobs;
using Infra.Components.Systems;

namespace Infra.Components.Databases;

/// <summary>
/// The job that loads the dump from which a database begins. It is a job like any other, with a login that writes to the database and a
/// right to read from the bucket, and it runs before every other consumer. Nobody declares it: it follows from
/// <see cref="ManagedDatabaseArgs.BeginsFrom"/>.
/// </summary>
internal sealed class DatabaseLoad : Job
{
    private const string DatabasePrefix = "DATABASE";
    private const string DumpPrefix = "DUMP";
    private const string Fetch = "fetch";

    // The official images of both engines have their user by this number.
    private const int ImageUser = 999;

    // Indexes of a large database take their time. Clouds that wait for less say so.
    private const int LongestMinutes = 12 * 60;

    // The longest name of a component.
    private const int LongestName = 40;

    private static readonly Rule Origin = Rule.Error("database-origin", "What databases begin from can be loaded");

    private readonly Component _database;

    private DatabaseLoad(Component database, Bucket bucket, DatabaseOrigin origin)
        : base(NameOf(database), ArgsOf(database, new FetchedObject(bucket, origin.Dump), origin))
    {
        _database = database;
        this.Writes(database, DatabasePrefix).Reads(bucket, DumpPrefix);
    }

    /// <inheritdoc/>
    public override Component? StandsOn => _database;

    /// <inheritdoc/>
    internal override bool ComesFirst => true;

    /// <summary>The job of a database; null for one that begins from no dump of a bucket of the system.</summary>
    /// <param name="database">The database, a server's own or another, resolved.</param>
    /// <param name="model">The system, resolved.</param>
    public static DatabaseLoad? Of(Component database, Model model) =>
        OriginOf(database) is { IsDump: true } origin && BucketOf(origin, model) is { } bucket ? new(database, bucket, origin) : null;

    /// <summary>Reports what a database cannot begin from, whatever the cloud.</summary>
    /// <param name="database">The database, a server's own or another, resolved.</param>
    /// <param name="model">The system, resolved.</param>
    /// <param name="findings">Where findings go.</param>
    public static void Check(Component database, Model model, Findings findings)
    {
        if (OriginOf(database) is not { IsDump: true } origin) return;
        var buckets = model.Components.OfType<Bucket>().Select(bucket => bucket.Name).ToList();
        if (origin.Bucket.Length > 0 && !buckets.Contains(origin.Bucket))
        {
            findings.Report(
                Origin,
                database.Name,
                $"BeginsFrom.Bucket is '{origin.Bucket}', which is no bucket of the system; allowed: "
                + $"{(buckets.Count == 0 ? "buckets, of which it has none" : string.Join(", ", buckets))}."
                + $"{Spelling.Suggestion(origin.Bucket, buckets)} Correct the name, or declare a Bucket and put the dump there.");
        }

        var name = NameOf(database);
        if (model.Components.Any(component => component.Name == name && component is not DatabaseLoad))
        {
            findings.Report(
                Origin,
                name,
                $"The name '{name}' is that of the job which loads the dump of '{database.Name}'; allowed: other names. Rename it.");
        }
    }

    /// <summary>The images of its containers on a cloud.</summary>
    public IReadOnlyDictionary<string, string> ImagesOn(Cloud cloud) => new Dictionary<string, string>
    {
        [Name] = DatabaseGrant.ClientOf(EngineOf(_database)).On(cloud),
        [$"{Name}/{Fetch}"] = PinnedImage.Curl.On(cloud),
    };

    private static DatabaseOrigin? OriginOf(Component database) => database switch
    {
        ManagedDatabase server => server.Args.BeginsFrom,
        LogicalDatabase further => further.Args.BeginsFrom,
        _ => null,
    };

    private static DatabaseEngine EngineOf(Component database) =>
        database is LogicalDatabase further ? further.Args.Server.Args.Engine : ((ManagedDatabase)database).Args.Engine;

    private static string NameOf(Component database) => ShortName.Of($"{database.Name}-load", LongestName);

    private static Bucket? BucketOf(DatabaseOrigin origin, Model model) =>
        model.Components.OfType<Bucket>().FirstOrDefault(bucket => bucket.Name == origin.Bucket);

    private static JobArgs ArgsOf(Component database, FetchedObject dump, DatabaseOrigin origin) => new()
    {
        Size = Size.Medium,
        TimeoutMinutes = LongestMinutes,
        Retries = 2,
        User = ImageUser,
        EntryPoint = EngineOf(database) == DatabaseEngine.PostgreSql ? PostgreSqlLoad.Command : MySqlLoad.Command,
        Environment = new Variables(
        [
            KeyValuePair.Create<string, Text>(DumpFile.Path, dump.Path),
            KeyValuePair.Create<string, Text>(DumpFile.Sha256, origin.Sha256),
        ]),
        Steps = [new InitStep { Name = Fetch, EntryPoint = ObjectFetch.Command(DumpPrefix, dump) }],
        Fetched = dump,
        DataClass = database.Arguments.DataClass,
    };
}
