using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Jobs.</summary>
internal sealed class JobsExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var orders = model.Add(new ManagedDatabase("orders"));
        model.Add(new Job("schema", new() { Command = ["migrate", "--all"], TimeoutMinutes = 5 })).Writes(orders);
        model.Add(new ScheduledJob("report", new() { Schedule = "0 6 * * MON-FRI", TimeZone = "Europe/Paris" })).Reads(orders);
        // example: end
    }
}
