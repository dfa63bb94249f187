using Infra.Components.Brokers;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Applications;

/// <summary>The sample of a shop by AWS: five services in three languages, each with its own way to be told of its store.</summary>
public sealed class RetailStore : Application
{
    private const string Images = "public.ecr.aws/aws-containers/retail-store-sample-";
    private const string Version = "1.6.2";
    private const string DatabaseAuthority = "/etc/orders/ca/postgresql.pem";
    private const string BusAuthority = "/etc/orders/ca/rabbitmq.pem";
    private const string CacheAuthority = "/etc/checkout/ca/cache.pem";

    // Spring's own: what a connection trusts, where no public authority signs.
    private const string Bundle = "SPRING_RABBITMQ_SSL_BUNDLE";
    private const string BundleAuthority = "SPRING_SSL_BUNDLE_PEM_BUS_TRUSTSTORE_CERTIFICATE";
    private const string Memory = "-XX:MaxRAMPercentage=75.0 -Djava.security.egd=file:/dev/urandom";

    public override string Name => "retail-store";

    public override string Title => "AWS retail store sample";

    public override IReadOnlyList<string> Sources =>
    [
        "aws-containers/retail-store-sample-app at 1a28474f (1.6.2), read 2026-11-26: README.md, docker-compose.yml and chart of each "
        + "service in src/ (variables, ports, health, user 1000), src/catalog/repository/repository.go (MySQL without TLS), "
        + "src/orders/.../DataSourceConfig.java (the jdbc url), src/orders/.../RabbitMQMessagingConfig.java (what it declares), "
        + "src/checkout/.../RedisCheckoutRepository.ts",
        "Spring Boot 3.5, \"Common Application Properties\": spring.rabbitmq.addresses, spring.rabbitmq.ssl.bundle, spring.ssl.bundle.pem",
    ];

    public override IReadOnlyList<ContainerNeeds> Needs =>
    [
        new("store", $"{Images}ui:{Version}",
        [
            Plain("JAVA_OPTS", Memory),
            Plain("RETAIL_UI_ENDPOINTS_CATALOG", Shapes.Url),
            Plain("RETAIL_UI_ENDPOINTS_CARTS", Shapes.Url),
            Plain("RETAIL_UI_ENDPOINTS_ORDERS", Shapes.Url),
            Plain("RETAIL_UI_ENDPOINTS_CHECKOUT", Shapes.Url),
        ])
        {
            Port = 8080,
            Health = "/actuator/health/readiness",
            User = 1000,
        },
        new("catalog", $"{Images}catalog:{Version}",
        [
            Plain("GIN_MODE", "release"),
            Plain("RETAIL_CATALOG_PERSISTENCE_PROVIDER", "in-memory"),
        ])
        {
            Port = 8080,
            Health = "/health",
            User = 1000,
        },
        new("carts", $"{Images}cart:{Version}", [Plain("JAVA_OPTS", Memory), Plain("RETAIL_CART_PERSISTENCE_PROVIDER", "in-memory")])
        {
            Port = 8080,
            Health = "/actuator/health/readiness",
            User = 1000,
        },
        new("orders", $"{Images}orders:{Version}",
        [
            Plain("JAVA_OPTS", Memory),
            Plain("RETAIL_ORDERS_PERSISTENCE_PROVIDER", "postgres"),
            Plain("RETAIL_ORDERS_PERSISTENCE_ENDPOINT", $"{Shapes.Host}:{Shapes.Number}"),
            // It stands at the end of the jdbc url, so that its parameters may follow it.
            Plain("RETAIL_ORDERS_PERSISTENCE_NAME", $"orders\\?sslmode=({Shapes.TlsMode})&sslrootcert={DatabaseAuthority}"),
            Plain("RETAIL_ORDERS_PERSISTENCE_USERNAME", Shapes.Name),
            Secret("RETAIL_ORDERS_PERSISTENCE_PASSWORD", Shapes.Key("order-rows", "PASSWORD")),
            Plain("RETAIL_ORDERS_MESSAGING_PROVIDER", "rabbitmq"),
            Plain("RETAIL_ORDERS_MESSAGING_RABBITMQ_ADDRESSES", $"amqps://{Shapes.Host}:{Shapes.Number}"),
            Plain("RETAIL_ORDERS_MESSAGING_RABBITMQ_USERNAME", Shapes.Name),
            Secret("RETAIL_ORDERS_MESSAGING_RABBITMQ_PASSWORD", Shapes.Key("bus", "PASSWORD")),
            Plain(Bundle, "bus") with { AwayOn = [Cloud.Aws] },
            Plain(BundleAuthority, $"file:{BusAuthority}") with { AwayOn = [Cloud.Aws] },
        ])
        {
            Port = 8080,
            Health = "/actuator/health/readiness",
            User = 1000,
            Files =
            [
                new(DatabaseAuthority, Shapes.Key("order-rows", "CA")),
                new(BusAuthority, Shapes.Key("bus", "CA")) { AwayOn = [Cloud.Aws] },
            ],
        },
        new("checkout", $"{Images}checkout:{Version}",
        [
            Plain("RETAIL_CHECKOUT_PERSISTENCE_PROVIDER", "redis"),
            Secret("RETAIL_CHECKOUT_PERSISTENCE_REDIS_URL", Shapes.Key("checkouts", "URL")),
            Plain("RETAIL_CHECKOUT_ENDPOINTS_ORDERS", Shapes.Url),
            Plain("NODE_EXTRA_CA_CERTS", CacheAuthority) with { AwayOn = [Cloud.Aws, Cloud.Ovh] },
        ])
        {
            Port = 8080,
            Health = "/health",
            User = 1000,
            Files = [new(CacheAuthority, Shapes.Key("checkouts", "CA")) { AwayOn = [Cloud.Aws, Cloud.Ovh] }],
        },
    ];

    public override IReadOnlyList<Shortfall> Shortfalls =>
    [
        new(
            "MySQL without TLS",
            "The catalog's client has no TLS, and every database here asks for it: the catalog is the one that the image carries, in "
            + "memory."),
        new(
            "DynamoDB",
            "Carts are kept there or nowhere: they are in memory, in one replica, and gone with it."),
        new(
            "a broker that survives its machine",
            "Events of orders wait while the only machine of the broker starts anew.",
            Cloud.Gcp)
        {
            Rule = "gcp-message-broker-high-availability",
        },
    ];

    public override void Declare(Model model)
    {
        var orderRows = model.Add(new ManagedDatabase("order-rows", new() { Version = "16", Database = "orders" }));
        var bus = model.Add(new MessageBroker("bus"));
        var checkouts = model.Add(new Cache("checkouts"));
        HealthCheck actuator = new() { Path = "/actuator/health/readiness", GraceSeconds = 120 };
        HealthCheck health = new() { Path = "/health" };

        var catalog = model.Add(new ContainerService("catalog", new()
        {
            Port = 8080,
            HealthCheck = health,
            Environment = new() { ["GIN_MODE"] = "release", ["RETAIL_CATALOG_PERSISTENCE_PROVIDER"] = "in-memory" },
            User = 1000,
        }));
        var carts = model.Add(new ContainerService("carts", new()
        {
            Port = 8080,
            Scaling = new() { Minimum = 1, Maximum = 1 },
            HealthCheck = actuator,
            Environment = new() { ["JAVA_OPTS"] = Memory, ["RETAIL_CART_PERSISTENCE_PROVIDER"] = "in-memory" },
            User = 1000,
        }));
        var orders = model.Add(new ContainerService("orders", new()
        {
            Port = 8080,
            HealthCheck = actuator,
            Environment = new()
            {
                ["JAVA_OPTS"] = Memory,
                ["RETAIL_ORDERS_PERSISTENCE_PROVIDER"] = "postgres",
                ["RETAIL_ORDERS_MESSAGING_PROVIDER"] = "rabbitmq",
                [Bundle] = bus["CA"].WhenAny("bus"),
                [BundleAuthority] = bus["CA"].WhenAny($"file:{BusAuthority}"),
            },
            Files = new() { [DatabaseAuthority] = orderRows["CA"], [BusAuthority] = bus["CA"] },
            User = 1000,
        }))
            .Writes(orderRows, variables: new()
            {
                ["RETAIL_ORDERS_PERSISTENCE_ENDPOINT"] = "{HOST}:{PORT}",
                ["RETAIL_ORDERS_PERSISTENCE_NAME"] = $"{{DATABASE}}?sslmode={{TLS_MODE}}&sslrootcert={DatabaseAuthority}",
                ["RETAIL_ORDERS_PERSISTENCE_USERNAME"] = "{USERNAME}",
                ["RETAIL_ORDERS_PERSISTENCE_PASSWORD"] = "{PASSWORD}",
            })
            .Calls(bus, variables: new()
            {
                ["RETAIL_ORDERS_MESSAGING_RABBITMQ_ADDRESSES"] = "amqps://{HOST}:{PORT}",
                ["RETAIL_ORDERS_MESSAGING_RABBITMQ_USERNAME"] = "{USERNAME}",
                ["RETAIL_ORDERS_MESSAGING_RABBITMQ_PASSWORD"] = "{PASSWORD}",
            });
        var checkout = model.Add(new ContainerService("checkout", new()
        {
            Port = 8080,
            HealthCheck = health,
            Environment = new()
            {
                ["RETAIL_CHECKOUT_PERSISTENCE_PROVIDER"] = "redis",
                ["NODE_EXTRA_CA_CERTS"] = checkouts["CA"].WhenAny(CacheAuthority),
            },
            Files = new() { [CacheAuthority] = checkouts["CA"] },
            User = 1000,
        }))
            .Writes(checkouts, variables: new() { ["RETAIL_CHECKOUT_PERSISTENCE_REDIS_URL"] = "{URL}" })
            .Calls(orders, variables: new() { ["RETAIL_CHECKOUT_ENDPOINTS_ORDERS"] = "{URL}" });
        var store = model.Add(new ContainerService("store", new()
        {
            Port = 8080,
            Size = Size.Medium,
            HealthCheck = actuator,
            Environment = new() { ["JAVA_OPTS"] = Memory },
            User = 1000,
        }))
            .Calls(catalog, variables: new() { ["RETAIL_UI_ENDPOINTS_CATALOG"] = "{URL}" })
            .Calls(carts, variables: new() { ["RETAIL_UI_ENDPOINTS_CARTS"] = "{URL}" })
            .Calls(orders, variables: new() { ["RETAIL_UI_ENDPOINTS_ORDERS"] = "{URL}" })
            .Calls(checkout, variables: new() { ["RETAIL_UI_ENDPOINTS_CHECKOUT"] = "{URL}" });

        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["@"], Zone = zone }));
        model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(store, "@")] }));
    }
}
