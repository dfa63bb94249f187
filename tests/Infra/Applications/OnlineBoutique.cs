using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Applications;

/// <summary>The sample of a shop by Google: ten services that call each other by gRPC, and a cache for carts.</summary>
public sealed class OnlineBoutique : Application
{
    private const string Images = "us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/";
    private const string Version = "v0.10.6";
    private const string Authority = "/etc/carts/ca/cache.pem";

    public override string Name => "online-boutique";

    public override string Title => "Online Boutique";

    public override IReadOnlyList<string> Sources =>
    [
        "GoogleCloudPlatform/microservices-demo at 34ffea91 (0.10.6), read 2026-11-26: release/kubernetes-manifests.yaml (images, ports, "
        + "addresses, user 1000, health by gRPC), src/cartservice/src/Startup.cs (the address of Redis is a configuration of "
        + "StackExchange.Redis) and its Dockerfile",
    ];

    public override IReadOnlyList<ContainerNeeds> Needs =>
    [
        Service("productcatalogservice", 3550, Quiet),
        Service("currencyservice", 7000, Quiet),
        Service("shippingservice", 50051, Quiet),
        Service("paymentservice", 50051, Quiet),
        Service("emailservice", 8080, Quiet),
        Service("adservice", 9555),
        Service("recommendationservice", 8080, Quiet, Address("PRODUCT_CATALOG")),
        Service(
            "cartservice",
            7070,
            Secret("REDIS_ADDR", $"{Shapes.Key("carts", "HOST")}:{Shapes.Key("carts", "PORT")},user={Shapes.Key("carts", "USERNAME")},"
                + $"password={Shapes.Key("carts", "PASSWORD")},ssl=true,abortConnect=false"),
            Plain("SSL_CERT_FILE", Authority)) with
        {
            Files = [new(Authority, Shapes.Key("carts", "CA")) { AwayOn = [Cloud.Aws, Cloud.Ovh] }],
        },
        Service(
            "checkoutservice",
            5050,
            [.. new[] { "PRODUCT_CATALOG", "SHIPPING", "PAYMENT", "EMAIL", "CURRENCY", "CART" }.Select(Address)]),
        Service(
            "frontend",
            8080,
            [
                Plain("ENABLE_PROFILER", "0"),
                Plain("SHOPPING_ASSISTANT_SERVICE_ADDR", "localhost:80"),
                .. new[] { "PRODUCT_CATALOG", "CURRENCY", "CART", "RECOMMENDATION", "SHIPPING", "CHECKOUT", "AD" }.Select(Address),
            ]) with
        {
            Health = "/_healthz",
            Protocol = HealthProtocol.Http,
        },
    ];

    public override IReadOnlyList<Shortfall> Shortfalls => [];

    private static VariableNeed Quiet => Plain("DISABLE_PROFILER", "1");

    public override void Declare(Model model)
    {
        var carts = model.Add(new Cache("carts"));

        var catalog = Add("productcatalogservice", 3550, quiet: true);
        var currency = Add("currencyservice", 7000, quiet: true);
        var shipping = Add("shippingservice", 50051, quiet: true);
        var payment = Add("paymentservice", 50051, quiet: true);
        var email = Add("emailservice", 8080, quiet: true);
        var ad = Add("adservice", 9555);
        var recommendation = Add("recommendationservice", 8080, quiet: true);
        Calls(recommendation, "PRODUCT_CATALOG", catalog);
        var cart = model.Add(new ContainerService("cartservice", new()
        {
            Port = 7070,
            HealthCheck = new() { Protocol = HealthProtocol.Grpc },
            Environment = new() { ["SSL_CERT_FILE"] = Authority },
            Files = new() { [Authority] = carts["CA"] },
            User = 1000,
        })).Writes(carts, variables: new()
        {
            ["REDIS_ADDR"] = "{HOST}:{PORT},user={USERNAME},password={PASSWORD},ssl=true,abortConnect=false",
        });
        var checkout = Add("checkoutservice", 5050);
        Calls(checkout, "PRODUCT_CATALOG", catalog);
        Calls(checkout, "SHIPPING", shipping);
        Calls(checkout, "PAYMENT", payment);
        Calls(checkout, "EMAIL", email);
        Calls(checkout, "CURRENCY", currency);
        Calls(checkout, "CART", cart);
        var frontend = model.Add(new ContainerService("frontend", new()
        {
            Port = 8080,
            HealthCheck = new() { Path = "/_healthz" },
            Environment = new() { ["ENABLE_PROFILER"] = "0", ["SHOPPING_ASSISTANT_SERVICE_ADDR"] = "localhost:80" },
            User = 1000,
        }));
        Calls(frontend, "PRODUCT_CATALOG", catalog);
        Calls(frontend, "CURRENCY", currency);
        Calls(frontend, "CART", cart);
        Calls(frontend, "RECOMMENDATION", recommendation);
        Calls(frontend, "SHIPPING", shipping);
        Calls(frontend, "CHECKOUT", checkout);
        Calls(frontend, "AD", ad);

        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["@"], Zone = zone }));
        model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(frontend, "@")] }));

        ContainerService Add(string name, int port, bool quiet = false) => model.Add(new ContainerService(name, new()
        {
            Port = port,
            HealthCheck = new() { Protocol = HealthProtocol.Grpc },
            Environment = quiet ? new() { ["DISABLE_PROFILER"] = "1" } : [],
            User = 1000,
        }));
    }

    private static void Calls(ContainerService caller, string name, ContainerService called) =>
        caller.Calls(called, variables: new() { [$"{name}_SERVICE_ADDR"] = "{HOST}:{PORT}" });

    private static VariableNeed Address(string name) => Plain($"{name}_SERVICE_ADDR", $"{Shapes.Host}:{Shapes.Number}");

    private static ContainerNeeds Service(string name, int port, params IReadOnlyList<VariableNeed> variables) =>
        new(name, $"{Images}{name}:{Version}", variables) { Port = port, Protocol = HealthProtocol.Grpc, User = 1000 };
}
