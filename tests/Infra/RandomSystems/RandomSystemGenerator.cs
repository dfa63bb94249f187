using CsCheck;
using Infra.Components.Addons;
using Infra.Components.Brokers;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.ContentDelivery;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Externals;
using Infra.Components.Jobs;
using Infra.Components.LoadBalancers;
using Infra.Components.Mail;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Queues;
using Infra.Components.Registries;
using Infra.Components.Search;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Streams;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Capacities = Infra.Components.Systems.Size;

namespace Infra.Tests.RandomSystems;

/// <summary>
/// Makes random systems of a few components each: of every kind, on every cloud and on several, with names that read like those that
/// clouds, charts and operators make, and now and then with a value that nobody accepts.
/// </summary>
internal sealed class RandomSystemGenerator : Gen<RandomSystem>
{
    private static readonly string[] Words =
    [
        "api", "orders", "photos", "edge", "cache", "mail", "data", "shop", "order", "relay", "runtime", "gateway", "health", "http",
        "https", "messaging", "admin", "key", "login", "user", "default", "kubernetes", "valkey", "net", "namespace", "app", "web",
        "a-component-whose-name-has-forty-letters",
    ];

    private static readonly string[] Endings =
    [
        "api", "orders", "gateway", "headless", "s3", "rw", "create", "grant", "key", "login", "execution", "project", "instances",
        "nodes", "master", "aws", "k8s", "scw", "access", "secret", "http", "redirect", "namespace", "app", "admin", "cross-cloud",
    ];

    private static readonly string[] Stacks =
    [
        "sample", "sample", "familink-production", "a-stack-whose-name-has-forty-characters0", "s1", "1st",
    ];

    private static readonly string[] Refused =
    [
        "x", "UPPER", "a--b", "-a", "name.with.dots", "a-name-that-is-far-too-long-for-any-cloud-to-accept", "",
    ];

    private static readonly string[] Databases = ["app", "orders", "order", "user", "table", "group", new('d', 63), "a1_b2"];

    /// <inheritdoc/>
    public override RandomSystem Generate(PCG pcg, CsCheck.Size? min, out CsCheck.Size size)
    {
        var draw = new Draw(pcg);
        var names = new HashSet<string>();
        var parts = new List<RandomPart>();
        var stores = draw.Number(0, 3);
        for (var store = 0; store < stores; store++) parts.Add(Store(Name(draw, names), parts, draw));
        foreach (var server in parts.Where(part => Made(part) is ManagedDatabase && draw.Chance(30)).ToList())
            parts.Add(OnServer(Name(draw, names), server.Name, draw));
        foreach (var server in parts.Where(part => Made(part) is ManagedDatabase && draw.Chance(20)).ToList())
            parts.Add(CopyOf(server.Name, Name(draw, names), draw));
        if (draw.Chance(15)) Mail(parts, names, draw);
        var services = draw.Number(stores == 0 ? 1 : 0, 3);
        for (var service = 0; service < services; service++) parts.Add(Service(Name(draw, names), parts, draw));
        if (draw.Chance(20)) parts.Add(Job(Name(draw, names), parts, draw));
        if (draw.Chance(15)) parts.Add(ScheduledJob(Name(draw, names), parts, draw));
        if (draw.Chance(30)) Site(parts, names, draw);
        if (draw.Chance(15)) parts.Add(Network(draw, names));
        if (draw.Chance(10)) parts.Add(Registry(draw, names));
        if (draw.Chance(5)) parts.Add(AddOn(draw, names));

        var cloud = draw.Of(CloudNames.All);
        var placement = new Dictionary<string, Cloud>();
        MigrationRecord? migration = null;
        if (draw.Chance(35))
        {
            var other = draw.Of(CloudNames.All);
            foreach (var part in parts.Where(part => IsPlaced(part) && draw.Chance(40))) placement.Add(part.Name, other);
        }

        if (draw.Chance(15)) migration = Moving(parts, placement, cloud, draw);

        var moving = migration?.Components.Count ?? 0;
        size = new((ulong)((parts.Count * 100) + (parts.Sum(part => part.Links.Count) * 10) + placement.Count + moving));
        return new()
        {
            Cloud = cloud,
            Environment = draw.Of(EnvironmentKind.Production, EnvironmentKind.Production, EnvironmentKind.Staging, EnvironmentKind.Preview),
            Stack = draw.Of(Stacks),
            Location = draw.Of("paris", "paris", "paris", "frankfurt", "amsterdam", "gravelines"),
            Parts = parts,
            Placement = placement,
            Migration = migration,
        };
    }

    // Mostly one that may be: whoever is ahead of others is refused, which is a promise, too.
    private static MigrationRecord? Moving(IReadOnlyList<RandomPart> parts, Dictionary<string, Cloud> placement, Cloud cloud, Draw draw)
    {
        var to = draw.Of(CloudNames.All);
        if (to == cloud) return null;
        var histories = parts
            .Where(part => IsPlaced(part) && Made(part).StandsOn is null && placement.GetValueOrDefault(part.Name, cloud) != to)
            .Where(_ => draw.Chance(60))
            .ToDictionary(part => part.Name, _ => TestSettings.Until(draw.Of(Enum.GetValues<MigrationState>()), pauses: draw.Chance(30)));
        return histories.Count == 0 ? null : new() { To = to, Components = histories };
    }

    // What refers to others, or is referred to, stays with them: where it may stand is a promise of another suite.
    private static bool IsPlaced(RandomPart part) =>
        !part.Arguments.StartsWith("site ", StringComparison.Ordinal)
        && !part.Arguments.StartsWith("foundation ", StringComparison.Ordinal)
        && Made(part) is not External;

    private static string Name(Draw draw, HashSet<string> names)
    {
        while (true)
        {
            var name = draw.Of(Words);
            if (names.Count > 0 && draw.Chance(35)) name = $"{draw.Of(names.ToArray())}-{draw.Of(Endings)}";
            else if (draw.Chance(30)) name = $"{name}-{draw.Of(Endings)}";
            if (draw.Chance(3)) name = draw.Of(Refused);
            if (names.Add(name)) return name;
        }
    }

    // Mostly empty; from a dump in a bucket that there is, or in one that there is not.
    private static DatabaseOrigin? Origin(IReadOnlyList<RandomPart> parts, Draw draw)
    {
        if (draw.Chance(75)) return null;
        var buckets = parts.Where(part => Made(part) is Bucket).Select(part => part.Name).ToArray();
        return buckets.Length > 0 && draw.Chance(90)
            ? new() { Bucket = draw.Of(buckets), Dump = draw.Usually("orders.dump", "2026/11/orders.sql.gz", "a", "../orders") }
            : new() { Snapshot = draw.Usually("orders-final", "shop-production/orders-1a2b3c4d", "rds:orders", "-") };
    }

    private static RandomPart Store(string name, IReadOnlyList<RandomPart> parts, Draw draw) => draw.Number(0, 10) switch
    {
        0 or 1 => Part(name, new ManagedDatabaseArgs
        {
            Engine = draw.Of(DatabaseEngine.PostgreSql, DatabaseEngine.PostgreSql, DatabaseEngine.MySql),
            Size = Sized(draw),
            HighAvailability = draw.Chance(50),
            BackupDays = draw.Usually(14, 1, 35, 0),
            StorageGiB = draw.Usually(50, 20, 400, int.MaxValue),
            Database = draw.Chance(60) ? "app" : draw.Of(Databases),
            Parameters = draw.Chance(75) ? new Dictionary<string, string>() : new Dictionary<string, string>
            {
                ["max_connections"] = draw.Usually("200", "50", "5000", "many"),
            },
            Extensions = draw.Chance(85) ? [] : [draw.Usually("vector", "earthdistance", "postgis", "pgvector")],
            BeginsFrom = Origin(parts, draw),
            DataClass = draw.Of(Enum.GetValues<DataClass>()),
        }, args => new ManagedDatabase(name, args)),
        2 => Part(name, new CacheArgs
        {
            Size = Sized(draw),
            HighAvailability = draw.Chance(50),
            Eviction = draw.Usually(Eviction.AllKeysLru, Eviction.None, Eviction.VolatileLru, (Eviction)7),
        }, args => new Cache(name, args)),
        3 or 4 => Part(name, new BucketArgs
        {
            Versioning = draw.Chance(50),
            Lifecycle = draw.Chance(30) ? [new() { Prefix = "logs/", DeleteAfterDays = draw.Usually(90, 1, 36500, -1) }] : [],
            CorsOrigins = draw.Chance(20) ? ["https://shop.example"] : [],
        }, args => new Bucket(name, args)),
        5 => Part(name, new SecretArgs
        {
            Length = draw.Usually(32, 16, 1024, 8),
            Alphabet = draw.Of(Enum.GetValues<SecretAlphabet>()),
            Form = draw.Chance(80) ? SecretForm.Characters : draw.Of(Enum.GetValues<SecretForm>()),
            RotatedOn = draw.Usually((DateOnly?)null, new(2026, 1, 31), new(2026, 2, 28), null),
            MustBeGiven = draw.Chance(3),
            DataClass = draw.Of(Enum.GetValues<DataClass>()),
        }, args => new Secret(name, args)),
        6 => Part(name, new ExternalArgs
        {
            Host = draw.Usually("api.supplier.example", "10.200.0.7", "203.0.113.7", "https://supplier.example"),
            Port = draw.Usually(443, 587, 25, 0),
            Addresses = draw.Chance(50) ? [] : [draw.Usually("10.200.0.7/32", "203.0.113.0/24", "10.0.7.0/24", "0.0.0.0/0")],
            Tls = draw.Of(Enum.GetValues<ConnectionTls>()),
        }, args => new External(name, args)),
        7 => Part(name, new MessageBrokerArgs
        {
            Size = Sized(draw),
            StorageGiB = draw.Usually(20, 10, 10240, 0),
            HighAvailability = draw.Chance(50),
            Mqtt = draw.Chance(15),
            DataClass = draw.Of(Enum.GetValues<DataClass>()),
        }, args => new MessageBroker(name, args)),
        8 => Part(name, new SearchEngineArgs
        {
            Version = draw.Usually("2", "3", "2", "1"),
            Size = Sized(draw),
            StorageGiB = draw.Usually(20, 10, 3000, 0),
            HighAvailability = draw.Chance(50),
            DataClass = draw.Of(Enum.GetValues<DataClass>()),
        }, args => new SearchEngine(name, args)),
        9 => Part(name, new EventStreamArgs
        {
            Size = Sized(draw),
            StorageGiB = draw.Usually(50, 10, 10240, 0),
            HighAvailability = draw.Chance(50),
            Topics = draw.Chance(20)
                ? []
                : [new() { Name = draw.Usually("orders", "Orders_New", "a.b", "a b"), Partitions = draw.Usually(6, 1, 200, 0) }],
            Groups = draw.Chance(80) ? [] : [draw.Usually("accounting", "audit", "a.b", "*")],
            DataClass = draw.Of(Enum.GetValues<DataClass>()),
        }, args => new EventStream(name, args)),
        _ => Part(name, new QueueArgs
        {
            VisibilitySeconds = draw.Usually(30, 10, 600, 0),
            HighAvailability = draw.Chance(50),
        }, args => new Queue(name, args)),
    };

    // It stands where its server does.
    private static RandomPart OnServer(string name, string server, Draw draw)
    {
        var (database, path) = (draw.Usually("", "orders", "order", "app"), draw.Chance(70) ? "" : draw.Of("sales", "order", "public"));
        return new(name, $"site LogicalDatabase {database} of {server} in {path}", find => new LogicalDatabase(name, new()
        {
            Server = find(server) as ManagedDatabase ?? new(server),
            Database = database,
            SearchPath = path.Length > 0 ? [path] : [],
        }));
    }

    private static RandomPart CopyOf(string server, string name, Draw draw)
    {
        var size = draw.Usually((Capacities?)null, Capacities.XXLarge, Capacities.Nano, (Capacities)9);
        return new(name, $"site ReadReplica of {server}, {size}", find => new ReadReplica(name, new()
        {
            Of = find(server) as ManagedDatabase ?? new(server),
            Size = size,
        }));
    }

    private static void Mail(List<RandomPart> parts, HashSet<string> names, Draw draw)
    {
        var (zone, sender) = (Name(draw, names), Name(draw, names));
        var isExternal = draw.Chance(10);
        var args = new DnsZoneArgs { Domain = "post.example", External = isExternal };
        parts.Add(new(zone, $"site {(isExternal ? "zone of others" : "zone")} of {args.Domain}", _ => new DnsZone(zone, args)));
        var (host, tls, dmarc) = (
            draw.Usually("mail", "@", "a.b", "*"),
            draw.Usually(ConnectionTls.Tls, ConnectionTls.StartTls, ConnectionTls.StartTls, ConnectionTls.None),
            draw.Of(Enum.GetValues<DmarcPolicy>()));
        var relay = draw.Chance(30)
            ? null
            : new MailRelay
            {
                Host = draw.Usually("smtp.relay.example", "203.0.113.7", "mail.relay.example", "smtp"),
                Port = draw.Usually((int?)null, 25, 2465, 0),
                Spf = draw.Usually("", "include:spf.relay.example", "ip4:203.0.113.0/24", "v=spf1 -all"),
            };
        parts.Add(new(
            sender,
            $"mail from {host} by {relay}, {tls}, {dmarc}",
            find => new MailSender(sender, new()
            {
                Zone = find(zone) as DnsZone ?? new DnsZone(zone, args),
                Host = host,
                Tls = tls,
                Dmarc = dmarc,
                Relay = relay,
            })));
    }

    private static RandomPart Service(string name, IReadOnlyList<RandomPart> others, Draw draw)
    {
        var scaling = draw.Of(
            new Scaling(),
            new Scaling { Minimum = 1, Maximum = 1 },
            new Scaling { Minimum = 3, Maximum = 9 },
            new Scaling { AtMostOne = true });
        if (draw.Chance(3)) scaling = scaling with { Maximum = int.MaxValue };
        if (draw.Chance(10)) scaling = scaling with { Schedules = [Peak(draw)] };
        int? port = draw.Chance(75) ? draw.Usually(8080, 80, 9090, 65536) : null;
        var secrets = SecretsIn(others, draw);
        var volumes = Volumes(draw);
        if (volumes.Count > 0 && draw.Chance(90)) scaling = new() { AtMostOne = true };
        return Reading(name, secrets, new ContainerServiceArgs
        {
            Volumes = volumes,
            Port = port,
            Protocol = draw.Usually(ServiceProtocol.Http, ServiceProtocol.Http2, ServiceProtocol.Grpc, (ServiceProtocol)7),
            MorePorts = port is not null && draw.Chance(5) ? [draw.Usually(5679, 9100, 81, 80)] : [],
            StickySessions = port is not null && draw.Chance(5),
            Size = Sized(draw),
            Scaling = scaling,
            Architecture = draw.Chance(92) ? CpuArchitecture.Amd64 : CpuArchitecture.Arm64,
            Environment = Environment(draw),
            Files = Files(draw),
            MemoryMiB = draw.Chance(10) ? draw.Usually(2048, 512, 32768, 0) : null,
            HealthCheck = Check(draw),
            StopSeconds = draw.Usually(30, 120, 900, 0),
            EntryPoint = EntryPoint(draw),
            Command = draw.Chance(10) ? ["serve", "--all"] : [],
            User = volumes.Count > 0 && draw.Chance(90) ? 1000 : User(draw),
            Steps = Steps(draw),
            Sidecars = Sidecars(draw),
        }, args => new ContainerService(name, args)) with { Links = Links(others, draw) };
    }

    private static ScalingSchedule Peak(Draw draw) => new()
    {
        From = draw.Usually("0 0 20 12 *", "0 7 * * MON-FRI", "30 6 1 1 *", "*/5 * * * *"),
        Until = draw.Usually("0 0 28 12 *", "0 20 * * MON-FRI", "30 6 2 1 *", ""),
        Minimum = draw.Usually((int?)5, 1, null, 0),
        Maximum = draw.Usually((int?)null, 20, 1000, 1001),
    };

    private static RandomPart Job(string name, IReadOnlyList<RandomPart> others, Draw draw) => Reading(
        name,
        SecretsIn(others, draw),
        new JobArgs
        {
            Environment = Environment(draw),
            Files = Files(draw),
            EntryPoint = EntryPoint(draw),
            User = User(draw),
            Steps = Steps(draw),
            Sidecars = Sidecars(draw),
            Retries = draw.Usually(1, 0, 5, -1),
        },
        args => new Job(name, args)) with
    {
        Links = Links(others, draw),
    };

    private static RandomPart ScheduledJob(string name, IReadOnlyList<RandomPart> others, Draw draw) => Reading(
        name,
        SecretsIn(others, draw),
        new ScheduledJobArgs
        {
            Schedule = draw.Usually("0 3 * * *", "*/5 8-18 * * MON-FRI", "0 0 29 2 *", "0 3 13 * FRI"),
            TimeZone = draw.Usually("UTC", "Europe/Paris", "Asia/Kolkata", "Mars/Olympus"),
            TimeoutMinutes = draw.Usually(60, 1, 10080, 0),
            Environment = Environment(draw),
            Files = Files(draw),
            EntryPoint = EntryPoint(draw),
            User = User(draw),
            Retries = draw.Usually(0, 1, 5, -1),
            Suspended = draw.Chance(10),
        },
        args => new ScheduledJob(name, args)) with
    {
        Links = Links(others, draw),
    };

    private static List<string> SecretsIn(IReadOnlyList<RandomPart> others, Draw draw) =>
        [.. others.Where(other => Made(other) is Secret && draw.Chance(50)).Select(other => other.Name)];

    // Its texts hold secrets, as they are and composed with more.
    private static RandomPart Reading<T>(string name, List<string> secrets, T args, Func<T, Component> create)
        where T : ContainerArgs => new(name, $"{Text(args)} with {string.Join(", ", secrets)}", find =>
    {
        var (variables, files, sidecars) = (new Variables(args.Environment), new Files(args.Files), args.Sidecars);
        for (var at = 0; at < secrets.Count; at++)
        {
            var secret = (Secret)find(secrets[at]);
            if (at == 0) files["/etc/keys/first"] = secret;
            if (at == 0 && sidecars is [var only])
                sidecars = [only with { Environment = new(only.Environment) { ["TEXT_URL"] = $"https://{secret:url}@example.org" } }];
            variables[$"TEXT_{at}"] = secret;
            variables[$"TEXT_{at}_URL"] = $"https://user:{secret:url}@example.org";
        }

        return create(args with { Environment = variables, Files = files, Sidecars = sidecars });
    });

    private static void Site(List<RandomPart> parts, HashSet<string> names, Draw draw)
    {
        var services = parts
            .Where(part => Made(part) is ContainerService { Args.IsHttp: true })
            .Select(part => part.Name)
            .ToList();
        var listeners = parts
            .Where(part => Made(part) is ContainerService && draw.Chance(20))
            .Select((part, index) => (
                part.Name,
                Port: draw.Usually(8883, 25, 3478, 443) + (index * 10),
                Protocol: draw.Of(Enum.GetValues<ListenerProtocol>()),
                Target: draw.Usually((int?)null, 1883, 8080, 0)))
            .ToList();
        var passwords = parts.Where(part => Made(part) is Secret).Select(part => part.Name).ToList();
        var buckets = parts.Where(part => Made(part) is Bucket).Select(part => part.Name).ToList();
        var password = passwords.Count > 0 && draw.Chance(30) ? passwords[0] : null;
        var domain = draw.Usually("shop.example", "shop.example", "a.shop.example", "localhost");
        var (zone, certificate, edge, record) = (Name(draw, names), Name(draw, names), Name(draw, names), Name(draw, names));
        var isExternal = draw.Chance(10);
        parts.Add(new(
            zone,
            $"site {(isExternal ? "zone of others" : "zone")} of {domain}",
            _ => new DnsZone(zone, new() { Domain = domain, External = isExternal })));
        parts.Add(new(
            certificate,
            "site certificate",
            find => new Certificate(certificate, new() { Zone = (DnsZone)find(zone), Hosts = ["@", "*"] })));
        if (services.Count == 0) return;
        var hosts = services.Select((service, index) => (service, Host: $"h{index}")).ToList();
        IReadOnlyList<Redirect> redirects = draw.Chance(50)
            ? [new("@", "h0"), new("*", draw.Usually("h0", "h0", "example.com.", "h0."))]
            : [];
        IReadOnlyList<string> sources =
            draw.Chance(20) ? [draw.Usually("203.0.113.0/24", "198.51.100.7/32", "10.0.0.0/8", "0.0.0.0/0")] : [];
        int? most = draw.Chance(20) ? draw.Usually(600, 10, 1_000_000, 0) : null;
        var leads = string.Concat(sources.Select(source => $", from {source}"))
            + string.Concat(listeners.Select(listener => $", {listener}"))
            + string.Concat(redirects.Select(redirect => $", {redirect.Host} to {redirect.To}"));
        leads += $", {most} a minute, by {password}";
        parts.Add(new(edge, $"site load balancer of {string.Join(", ", services)}{leads}", find => new LoadBalancer(
            edge,
            new()
            {
                Certificate = (Certificate)find(certificate),
                Routes =
                [
                    .. hosts.Select(host => new Route((ContainerService)find(host.service), host.Host)
                    {
                        Login = password is null ? null : new("shop", (Secret)find(password)),
                    }),
                ],
                Redirects = redirects,
                AllowedSources = sources,
                RequestsPerMinute = most,
                Listeners =
                [
                    .. listeners.Select(listener => new Listener(
                        (ContainerService)find(listener.Name), listener.Port, listener.Protocol, listener.Target)),
                ],
            })));
        parts.Add(new(record, "site record", find => new DnsRecord(
            record,
            new() { Zone = (DnsZone)find(zone), Host = "h0", Targets = [new DnsTarget((LoadBalancer)find(edge))] })));
        if (draw.Chance(40)) Delivery(parts, names, zone, buckets.FirstOrDefault(), edge, draw);
    }

    private static void Delivery(
        List<RandomPart> parts,
        HashSet<string> names,
        string zone,
        string? objects,
        string edge,
        Draw draw)
    {
        var (cdn, record) = (Name(draw, names), Name(draw, names));
        var origin = objects is not null && draw.Chance(70) ? objects : edge;
        var (host, ttl, document, fallback, supplier) = (
            draw.Usually("assets", "assets", "h0", "*"),
            draw.Usually(86_400, 0, 60, -1),
            draw.Usually("", "index.html", "start.html", "/index.html"),
            draw.Usually("", "", "index.html", "a/b.html"),
            draw.Usually("", "shop.cdn.example", "shop.cdn.example", "https://shop.cdn.example"));
        parts.Add(new(
            cdn,
            $"site network of {origin} at {host} for {ttl}, {document}, {fallback}, by {supplier}",
            find => new Cdn(cdn, new()
            {
                Origin = find(origin) is Bucket bucket ? new(bucket) : new((LoadBalancer)find(edge)),
                Zone = (DnsZone)find(zone),
                Host = host,
                TtlSeconds = ttl,
                DefaultDocument = document,
                FallbackDocument = fallback,
                Supplier = supplier,
            })));
        parts.Add(new(record, $"site record of {host}", find => new DnsRecord(
            record,
            new() { Zone = (DnsZone)find(zone), Host = host, Targets = [new DnsTarget((Cdn)find(cdn))] })));
    }

    private static RandomPart Network(Draw draw, HashSet<string> names)
    {
        var name = Name(draw, names);
        var args = new PrivateNetworkArgs
        {
            Zones = draw.Usually(3, 2, 2, 0),
            Egress = draw.Of(Egress.Shared, Egress.PerZone, Egress.None),
            FlowLogs = draw.Chance(50),
        };
        return new(name, $"foundation {args}", _ => new PrivateNetwork(name, args));
    }

    private static RandomPart Registry(Draw draw, HashSet<string> names)
    {
        var name = Name(draw, names);
        return new(name, "foundation registry", _ => new ContainerRegistry(name));
    }

    private static RandomPart AddOn(Draw draw, HashSet<string> names)
    {
        var (name, addon) = (Name(draw, names), draw.Of(Enum.GetValues<Addon>()));
        return new(name, $"foundation {addon}", _ => new ClusterAddon(name, new() { Addon = addon }));
    }

    private static Capacities Sized(Draw draw) => draw.Usually(Capacities.Small, Capacities.Nano, Capacities.Large, (Capacities)42);

    private static Dictionary<string, string> Environment(Draw draw)
    {
        var variables = new Dictionary<string, string>();
        if (draw.Chance(30)) variables.Add("LOG_LEVEL", "info");
        if (draw.Chance(5)) variables.Add("ORDERS_ENABLED", "true");
        if (draw.Chance(2)) variables.Add("ORDERS_HOST", "elsewhere");
        return variables;
    }

    private static HealthCheck Check(Draw draw) => draw.Number(0, 9) switch
    {
        0 => new() { Protocol = HealthProtocol.Tcp, Port = draw.Chance(80) ? 8080 : null },
        1 => new() { Protocol = HealthProtocol.Grpc, Port = 8080 },
        2 => new() { Command = ["/bin/check"], GraceSeconds = draw.Usually(60, 240, 3600, -1) },
        _ => new(),
    };

    private static IReadOnlyList<string> EntryPoint(Draw draw) => draw.Chance(10) ? ["sh", "-c", "echo $(ORDERS_HOST) $$"] : [];

    private static int? User(Draw draw) => draw.Chance(30) ? draw.Usually(1000, int.MaxValue, 0, -1) : null;

    private static IReadOnlyList<Volume> Volumes(Draw draw)
    {
        if (!draw.Chance(10)) return [];
        var first = new Volume
        {
            Path = draw.Usually("/data", "/var/lib/app", "/srv/a.b", "data"),
            SizeGiB = draw.Usually(10, 20, 4000, 1),
            BackupDays = draw.Usually(14, 0, 35, -1),
        };
        return draw.Chance(30) ? [first, new Volume { Name = "cache", Path = "/cache" }] : [first];
    }

    private static IReadOnlyList<InitStep> Steps(Draw draw) => draw.Chance(5)
        ? [new() { Name = draw.Usually("wait", "proxy-wait", "step", "Wait"), User = User(draw), EntryPoint = EntryPoint(draw) }]
        : [];

    private static IReadOnlyList<Sidecar> Sidecars(Draw draw) => draw.Chance(8)
        ?
        [
            new()
            {
                Name = draw.Usually("proxy", "metrics", "a-name-of-20-letters", "x"),
                Environment = Environment(draw),
                Files = Files(draw),
                User = User(draw),
                MilliCpu = draw.Usually(100, 10, 1000, 0),
                MemoryMiB = draw.Usually(128, 16, 8192, 0),
                HealthCheck = draw.Chance(50) ? Check(draw) with { Port = draw.Usually(15432, 9091, 80, 65536) } : null,
            },
        ]
        : [];

    private static Files Files(Draw draw)
    {
        var files = new Files();
        if (draw.Chance(15)) files["/etc/app/app.conf"] = "mode = full\n";
        if (draw.Chance(5)) files["/etc/app/below/extra.conf"] = "{\"price\": \"$1\"}";
        if (draw.Chance(2)) files["/etc/ssl/app.pem"] = "-----BEGIN CERTIFICATE-----";
        if (draw.Chance(1)) files["/tmp/app.conf"] = "gone";
        return files;
    }

    private static List<RandomLink> Links(IReadOnlyList<RandomPart> others, Draw draw)
    {
        var links = new List<RandomLink>();
        foreach (var other in others.Where(_ => draw.Chance(55)))
        {
            var made = Made(other);
            var intents = made.Kind.IntentsOn(made);
            var intent = intents.Count > 0 && !draw.Chance(2) ? draw.Of(intents) : draw.Of(Enum.GetValues<Intent>());
            var prefix = draw.Chance(15) ? draw.Of("STORE", "S3", "DATABASE_OF_THE_ORDERS", "X") : null;
            links.Add(new(intent, other.Name, prefix, draw.Chance(25)));
        }

        return links;
    }

    // Of what has been drawn so far, nothing refers to anything but secrets, and a sender of mail to its zone.
    private static Component Made(RandomPart part) => part.Create(name => new Secret(name));

    private static RandomPart Part<T>(string name, T args, Func<T, Component> create)
        where T : Arguments => new(name, Text(args), _ => create(args));

    // What its author did not choose says nothing.
    private static string Text<T>(T args)
        where T : Arguments
    {
        var usual = Activator.CreateInstance<T>();
        var chosen =
            from property in typeof(T).GetProperties()
            where property.CanWrite
            let value = Told(property.GetValue(args))
            where value != Told(property.GetValue(usual))
            select $"{property.Name} = {value}";
        return $"{typeof(T).Name} {{ {string.Join(", ", chosen)} }}";
    }

    private static string Told(object? value) => value switch
    {
        string text => text,
        System.Collections.IEnumerable list => $"[{string.Join(", ", list.Cast<object>().Select(Told))}]",
        _ => $"{value}",
    };

    /// <summary>Draws from a generator of random numbers.</summary>
    private sealed class Draw(PCG pcg)
    {
        public bool Chance(int percent) => pcg.Next(100) < percent;

        public int Number(int least, int most) => least + (int)pcg.Next((uint)(most - least + 1));

        public T Of<T>(params IReadOnlyList<T> values) => values[(int)pcg.Next((uint)values.Count)];

        /// <summary>Mostly the first value, at times one of the next two, seldom the last one, which nobody accepts.</summary>
        public T Usually<T>(T usual, T one, T other, T refused) => pcg.Next(100) switch
        {
            < 70 => usual,
            < 84 => one,
            < 98 => other,
            _ => refused,
        };
    }
}
