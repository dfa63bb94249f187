using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Databases;

internal sealed class LogicalDatabaseProbe : KindProbe
{
    public override ComponentKind Kind => LogicalDatabaseKind.Instance;

    public override Component Create(Model model, string name) =>
        new LogicalDatabase(name, new() { Server = model.Add(new ManagedDatabase("server")) });

    // Extensions and schemas are made for consumers.
    public override void Surround(Model model, Component component) => model.Add(new ContainerService("shop")).Writes(component);

    public override IReadOnlyDictionary<string, object> OtherValues => new Dictionary<string, object>
    {
        ["Database"] = "orders",
        ["Extensions"] = new object[] { new List<string> { "vector" }, new List<string> { "postgis" } },
        ["SearchPath"] = new List<string> { "sales" },
        ["BeginsFrom"] = new DatabaseOrigin { Bucket = "dumps", Dump = "archive.dump" },
    };
}
