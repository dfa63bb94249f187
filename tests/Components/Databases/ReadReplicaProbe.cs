using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Databases;

internal sealed class ReadReplicaProbe : KindProbe
{
    public override ComponentKind Kind => ReadReplicaKind.Instance;

    public override Component Create(Model model, string name)
    {
        var server = model.Add(new ManagedDatabase("server"));
        return new ReadReplica(name, new()
        {
            Of = server,
            Database = model.Add(new LogicalDatabase("archive", new() { Server = server })),
        });
    }

    // Where a cloud labels only what consumers need of it, there must be one.
    public override void Surround(Model model, Component component) => model.Add(new ContainerService("report")).Reads(component);

    public override IReadOnlyDictionary<string, object> OtherValues => new Dictionary<string, object> { ["Size"] = Size.Large };
}
