using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Databases.</summary>
internal sealed class DatabasesExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var orders = model.Add(new ManagedDatabase("orders", new()
        {
            Engine = DatabaseEngine.PostgreSql,
            Version = "17",
            Size = Size.Large,
            StorageGiB = 200,
            BackupDays = 30,
            Extensions = ["pg_trgm", "vector"],
            DataClass = DataClass.Personal,
        }));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders);
        var reports = model.Add(new ReadReplica("reports", new() { Of = orders }));
        model.Add(new ContainerService("report")).Reads(reports, "ORDERS");
        var archive = model.Add(new LogicalDatabase("archive", new() { Server = orders, SearchPath = ["sales"] }));
        model.Add(new ScheduledJob("sweep", new() { Schedule = "0 4 * * *" })).Reads(orders).Writes(archive);
        // example: end
    }
}
