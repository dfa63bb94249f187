using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Networks;
using Infra.Components.Registries;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Benchmarks;

/// <summary>
/// A system whose size can be chosen: HTTP services that all use one database, one cache and one bucket, in one network over three zones.
/// </summary>
/// <param name="services">How many services, 1 to 999.</param>
internal sealed class Fleet(int services) : SystemDeclaration
{
    /// <summary>How many routes a load balancer takes; with more services, the fleet has more load balancers.</summary>
    public const int RoutesEach = 100;

    private const string Domain = "fleet.example";

    /// <inheritdoc/>
    public override string Name => $"fleet-{services}";

    /// <summary>The names of its services.</summary>
    public IEnumerable<string> Services => Enumerable.Range(1, services).Select(number => $"service-{number:000}");

    /// <inheritdoc/>
    public override void Declare(Model model)
    {
        model.Add(new PrivateNetwork("network", new() { Zones = 3, Egress = Egress.Shared }));
        model.Add(new ContainerRegistry("registry"));
        var database = model.Add(new ManagedDatabase("database", new() { Engine = DatabaseEngine.PostgreSql }));
        var cache = model.Add(new Cache("cache"));
        var files = model.Add(new Bucket("files"));
        var zone = model.Add(new DnsZone("zone", new() { Domain = Domain }));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["*"], Zone = zone }));

        var fleet = Services
            .Select(name => model.Add(new ContainerService(name, new() { Port = 8080 })).Writes(database).Writes(cache).Writes(files))
            .ToList();
        foreach (var (number, part) in fleet.Chunk(RoutesEach).Index())
        {
            model.Add(new LoadBalancer($"edge-{number + 1}", new()
            {
                Certificate = certificate,
                Routes = [.. part.Select(service => new Route(service, service.Name))],
            }));
        }
    }
}
