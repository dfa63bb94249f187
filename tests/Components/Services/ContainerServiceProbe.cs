using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Services;

internal sealed class ContainerServiceProbe : KindProbe
{
    public override ComponentKind Kind => ContainerServiceKind.Instance;

    public override Component Create(Model model, string name) => new ContainerService(name, new() { Port = 8080 });

    public override IReadOnlyDictionary<string, object> OtherValues => new Dictionary<string, object>
    {
        ["Port"] = 9090,
        ["MorePorts"] = (IReadOnlyList<int>)[9191],
        ["HealthCheck.Path"] = "/ready",
        ["HealthCheck.GraceSeconds"] = 120,
        ["HealthCheck.Port"] = 7433,
        ["HealthCheck.Command"] = (IReadOnlyList<string>)["/bin/check"],
        ["Scaling.Members"] = 3,
        ["Scaling.Schedules"] = (IReadOnlyList<ScalingSchedule>)
            [new() { From = "0 7 * * MON-FRI", Until = "0 20 * * MON-FRI", TimeZone = "Europe/Paris", Minimum = 3 }],
        ["Environment"] = new Variables { ["MODE"] = "full" },
        ["Files"] = new Files { ["/etc/app/app.conf"] = "mode = full" },
        ["Volumes"] = (IReadOnlyList<Volume>)[new Volume { Path = "/var/lib/app" }],
        ["MemoryMiB"] = 3072,
        ["Steps"] = (IReadOnlyList<InitStep>)[new() { Name = "wait" }],
        ["Sidecars"] = (IReadOnlyList<Sidecar>)[new() { Name = "proxy" }],
        ["User"] = 1000,
        ["Group"] = 1000,
        ["EntryPoint"] = (IReadOnlyList<string>)["/bin/server"],
        ["Command"] = (IReadOnlyList<string>)["serve"],
    };

    // A health check is asked by what leads traffic to the service.
    public override void Surround(Model model, Component component)
    {
        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["www"], Zone = zone }));
        model.Add(
            new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new((ContainerService)component, "www")] }));
    }
}
