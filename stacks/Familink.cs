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

    // Photos of the family's Christmas: from the morning of the 24th to the end of the 25th where most users are. Scaling on CPU goes on
    // meanwhile, for frames elsewhere in the world; the floor only spares the first minutes, in which it would run after the crowd.
    private static readonly ScalingSchedule Christmas =
        new() { From = "0 0 24 12 *", Until = "0 0 26 12 *", TimeZone = "Europe/Paris" };

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

        // Sessions of users, and what of a photo is done already: nothing may be evicted.
        var cache = model.Add(new Cache("cache", new() { Size = Size.Medium, Eviction = Eviction.None, DataClass = DataClass.Personal }));

        // 40 million files for 10 million photos and messages: an original and some three renditions of each. A telephone's original has
        // 3 MB or so and a rendition 150 KB (assumed): 30 TB and 5 TB. The high-definition original of every photo is kept for good but
        // hardly ever read after its first month, and far above the 128 KiB below which infrequent access saves nothing (Amazon S3's user
        // guide: storage classes). Renditions can be made again from the original, which is why they need no old versions, and so can what
        // was printed; uploads that were never confirmed go.
        var photos = model.Add(new Bucket("photos", new()
        {
            DataClass = DataClass.Personal,
            KeepVersionsDays = 30,
            CorsOrigins = [$"https://www.{model.Domain}"],
            Lifecycle =
            [
                new() { Prefix = "originals/", MoveAfterDays = 30, MoveTo = StorageClass.Infrequent },
                new() { Prefix = "uploads/", DeleteAfterDays = 7 },
                new() { Prefix = "prints/", DeleteAfterDays = 90 },
            ],
        }));

        // Messages name photos and frames by their numbers, and hold nothing of anybody. A photo in work may take a minute to finish, an
        // album several; a message is nobody else's for twice as long.
        var photoJobs = model.Add(new Queue("photo-jobs", new() { VisibilitySeconds = 120 }));
        var printJobs = model.Add(new Queue("print-jobs", new() { VisibilitySeconds = 600 }));

        // 40,000 frames hold a connection each, and prove who they are by certificates of the company's own authority, which stay the same
        // when the broker moves. 20 KiB for each is 800 MiB; messages that wait have the rest. A telephone's network forgets a connection
        // that says nothing for long: frames speak every two minutes.
        var broker = new DeviceBroker
        {
            Authority = model.Add(new Secret("mqtt-authority", new() { MustBeGiven = true })),
            Certificate = model.Add(new Secret("mqtt-certificate", new() { MustBeGiven = true })),
            Key = model.Add(new Secret("mqtt-key", new() { MustBeGiven = true, DataClass = DataClass.Confidential })),
            Topic = "frames",
            Connections = 40_000,
            Logins = new Dictionary<string, Text>
            {
                ["frames"] = model.Add(new Secret("mqtt-frames")),
                ["images"] = model.Add(new Secret("mqtt-images")),
            },
        };
        var mqtt = model.Add(new ContainerService("mqtt", broker.Service with { Size = Size.Large, DataClass = DataClass.Personal }));

        // The one dedicated server outside the cloud talks to the SIM cards. Where it is, and the key to its API, are the stack file's.
        var simServer = model.Add(new External("sim-server"));
        var simKey = model.Add(new Secret("sim-key", new() { MustBeGiven = true, DataClass = DataClass.Confidential }));

        // Invitations of relatives, new passwords, "your album is printed".
        var zone = model.Add(new DnsZone("zone"));
        var mail = model.Add(new MailSender("mail", new() { Zone = zone, DataClass = DataClass.Personal }));

        model.Add(new Job("schema", new() { Size = Size.Small, TimeoutMinutes = 10 }))
            .Writes(database);

        var api = model.Add(new ContainerService("api", new()
        {
            Port = 8080,
            Size = Size.Medium,
            Scaling = new()
            {
                Minimum = 3,
                Maximum = 3 * PeakFactor,
                CpuPercent = 60,
                Schedules = [Christmas with { Minimum = 15, Maximum = 3 * PeakFactor }],
            },
            HealthCheck = new() { Path = "/healthz" },
            DataClass = DataClass.Personal,
        }))
            .Writes(database)
            .Writes(cache)
            .Writes(photos)
            .Publishes(photoJobs)
            .Publishes(printJobs)
            .Calls(mail);

        var web = model.Add(new ContainerService("web", new()
        {
            Port = 3000,
            Size = Size.Small,
            Scaling = new()
            {
                Minimum = 2,
                Maximum = 2 * PeakFactor,
                CpuPercent = 60,
                Schedules = [Christmas with { Minimum = 10, Maximum = 2 * PeakFactor }],
            },
            HealthCheck = new() { Path = "/" },
        }))
            .Calls(api);

        // Resizing is bound by the processor: workers grow with the queue they drain. A photo in work may take a minute to finish; it is
        // announced to its frame at once.
        model.Add(new ContainerService("images", new()
        {
            Size = Size.Large,
            Scaling = new()
            {
                Minimum = 2,
                Maximum = 4 * PeakFactor,
                CpuPercent = 70,
                Schedules = [Christmas with { Minimum = 20, Maximum = 4 * PeakFactor }],
            },
            StopSeconds = 90,
            Environment = broker.LoginOf(mqtt, "images", "MQTT"),
            DataClass = DataClass.Personal,
        }))
            .Reads(database)
            .Writes(cache)
            .Writes(photos)
            .Consumes(photoJobs)
            .Calls(mqtt);

        // Albums for the printer, ordered before Christmas rather than on it. One that is cut short is begun again by another worker.
        model.Add(new ContainerService("prints", new()
        {
            Size = Size.Large,
            Scaling = new() { Minimum = 2, Maximum = 8, CpuPercent = 70 },
            StopSeconds = 90,
            DataClass = DataClass.Personal,
        }))
            .Reads(database)
            .Writes(photos)
            .Consumes(printJobs)
            .Calls(mail);

        // What frames say (a photo was seen, a frame was unplugged) and are told, and which of their SIM cards are on.
        model.Add(new ContainerService("frames", new()
        {
            Size = Size.Medium,
            Scaling = new()
            {
                Minimum = 2,
                Maximum = PeakFactor,
                CpuPercent = 60,
                Schedules = [Christmas with { Minimum = 5, Maximum = PeakFactor }],
            },
            Environment = new(broker.LoginOf(mqtt, "frames", "MQTT")) { ["SIM_SERVER_KEY"] = simKey },
            DataClass = DataClass.Personal,
        }))
            .Writes(database)
            .Calls(mqtt)
            .Calls(simServer);

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

        var entrance = model.Add(new LoadBalancer("devices", new()
        {
            Certificate = certificate,
            Routes = [],
            Listeners = [broker.Entrance(mqtt)],
            IdleTimeoutSeconds = 300,
        }));
        model.Add(new DnsRecord("mqtt-record", new() { Zone = zone, Host = "mqtt", Targets = [new(entrance)], TtlSeconds = 60 }));

        // The account's day of migration moved this record; five minutes let it be undone quickly.
        model.Add(new DnsRecord("www", new() { Zone = zone, Host = "www", Targets = [new(edge)], TtlSeconds = 300 }));
        model.Add(new DnsRecord("api-record", new() { Zone = zone, Host = "api", Targets = [new(edge)], TtlSeconds = 300 }));
    }
}
