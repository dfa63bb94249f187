using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Services.</summary>
internal sealed class ServicesExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var orders = model.Add(new ManagedDatabase("orders"));
        var prices = model.Add(new ContainerService("prices", new() { Port = 8080 }));
        model.Add(new ContainerService("shop", new()
        {
            Port = 8080,
            Size = Size.Medium,
            Scaling = new()
            {
                Minimum = 3,
                Maximum = 12,
                CpuPercent = 60,
                Schedules = [new() { From = "0 0 20 12 *", Until = "0 0 28 12 *", TimeZone = "Europe/Paris", Minimum = 6, Maximum = 24 }],
            },
            HealthCheck = new() { Path = "/ready" },
            Environment = new() { ["LOG_LEVEL"] = "info" },
        }))
            .Writes(orders)
            .Calls(prices);
        // example: end
    }
}
