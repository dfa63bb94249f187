namespace Infra.Stacks;

/// <summary>
/// Familink: connected photo frames for elderly people. 40,000 frames, 200,000 users, 10 million photos and messages sent, 40 million
/// stored files; a very strong peak every 24 and 25 December (the company's account of its migration). Where the account gives no figure,
/// the choice is explained beside it.
/// </summary>
public sealed class Familink : SystemDeclaration
{
    // The account's "very strong peak" without a figure: ten times the replicas of a normal day, reached by scaling on CPU. Photos must
    // feel sent at once, so replicas are added early, at 60 %.
    private const int PeakFactor = 10;

    /// <inheritdoc/>
    public override string Name => "familink";

    /// <inheritdoc/>
    public override void Declare(Model model)
    {
        model.Add(new PrivateNetwork("network", new() { Cidr = "10.20.0.0/16" }));
        model.Add(new ContainerRegistry("registry"));

        // 200,000 users and 10 million messages are a few hundred GiB of rows at most; photos are not in it.
        var database = model.Add(new ManagedDatabase("database", new()
        {
            Engine = DatabaseEngine.PostgreSql,
            Version = "17",
            Size = Size.Large,
            StorageGiB = 200,
            Database = "familink",
            BackupDays = 30,
            DataClass = DataClass.Personal,
        }));

        // Sessions of users, and the queue of photos that wait for the workers: nothing may be evicted.
        var cache = model.Add(new Cache("cache", new() { Size = Size.Medium, Eviction = Eviction.None, DataClass = DataClass.Personal }));

        // 40 million files; the high-definition original of every photo is kept for good but hardly ever read after its first month.
        // Renditions can be made again from the original, which is why they need no old versions; uploads that were never confirmed go.
        var photos = model.Add(new Bucket("photos", new()
        {
            DataClass = DataClass.Personal,
            KeepVersionsDays = 30,
            CorsOrigins = [$"https://www.{model.Domain}"],
            Lifecycle =
            [
                new() { Prefix = "originals/", MoveAfterDays = 30, MoveTo = StorageClass.Infrequent },
                new() { Prefix = "uploads/", DeleteAfterDays = 7 },
            ],
        }));

        model.Add(new Job("schema", new() { Size = Size.Small, TimeoutMinutes = 10 }))
            .Writes(database);

        var api = model.Add(new ContainerService("api", new()
        {
            Port = 8080,
            Size = Size.Medium,
            Scaling = new() { Minimum = 3, Maximum = 3 * PeakFactor, CpuPercent = 60 },
            HealthCheck = new() { Path = "/healthz" },
            DataClass = DataClass.Personal,
        }))
            .Writes(database)
            .Writes(cache)
            .Writes(photos);

        var web = model.Add(new ContainerService("web", new()
        {
            Port = 3000,
            Size = Size.Small,
            Scaling = new() { Minimum = 2, Maximum = 2 * PeakFactor, CpuPercent = 60 },
            HealthCheck = new() { Path = "/" },
        }))
            .Calls(api);

        // Resizing is bound by the processor: workers grow with the queue they drain. A photo in work may take a minute to finish.
        model.Add(new ContainerService("images", new()
        {
            Size = Size.Large,
            Scaling = new() { Minimum = 2, Maximum = 4 * PeakFactor, CpuPercent = 70 },
            StopSeconds = 90,
            DataClass = DataClass.Personal,
        }))
            .Reads(database)
            .Writes(cache)
            .Writes(photos);

        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["www", "api"], Zone = zone }));
        var edge = model.Add(new LoadBalancer("edge", new()
        {
            Certificate = certificate,
            Routes =
            [
                new(web, "www"),
                new(api, "api"),
                new(api, "www", "/api"),
            ],
        }));

        // The account's day of migration moved this record; five minutes let it be undone quickly.
        model.Add(new DnsRecord("www", new() { Zone = zone, Host = "www", Targets = [new(edge)], TtlSeconds = 300 }));
        model.Add(new DnsRecord("api-record", new() { Zone = zone, Host = "api", Targets = [new(edge)], TtlSeconds = 300 }));
    }
}
