using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.LoadBalancers;

internal sealed class LoadBalancerProbe : KindProbe
{
    public override ComponentKind Kind => LoadBalancerKind.Instance;

    public override Component Create(Model model, string name) => new LoadBalancer(name, Arguments(model));

    public override IReadOnlyDictionary<string, object> OtherValues => new Dictionary<string, object>
    {
        ["Routes"] = (Func<object?, object>)(routes => Longer((IReadOnlyList<Route>)routes!)),
        ["Certificates"] = (Func<Arguments, object>)(arguments => Further((LoadBalancerArgs)arguments)),
        ["AllowedSources"] = (IReadOnlyList<string>)["203.0.113.0/24"],
        ["RequestsPerMinute"] = 600,
        ["Listeners"] = (Func<Arguments, object>)(arguments => Longer((LoadBalancerArgs)arguments)),
        ["Redirects"] = (Func<object?, object>)(redirects => Longer((IReadOnlyList<Redirect>)redirects!)),
    };

    public override void Surround(Model model, Component component)
    {
        foreach (var certificate in ((LoadBalancer)component).Args.Certificates.Where(certificate => !model.Holds(certificate)))
            model.Add(certificate);
    }

    private static List<Certificate> Further(LoadBalancerArgs args) =>
        [new("further", new() { Hosts = ["further"], Zone = args.Certificate.Args.Zone })];

    private static List<Listener> Longer(LoadBalancerArgs args) => [.. args.Listeners, new(args.Routes[0].Service, 1883)];

    private static List<Route> Longer(IReadOnlyList<Route> routes) => [.. routes, routes[0] with { Path = "/status" }];

    private static List<Redirect> Longer(IReadOnlyList<Redirect> redirects) => [.. redirects, new("@", "www")];

    private static LoadBalancerArgs Arguments(Model model)
    {
        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["www", "@"], Zone = zone }));
        return new()
        {
            Certificate = certificate,
            Routes = [new(model.Add(new ContainerService("front", new() { Port = 8080 })), "www")],
        };
    }
}
