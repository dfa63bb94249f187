using Infra.Components.Jobs;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Jobs;

internal sealed class JobProbe : KindProbe
{
    public override ComponentKind Kind => JobKind.Instance;

    public override Component Create(Model model, string name) => new Job(name);

    public override IReadOnlyDictionary<string, object> OtherValues => new Dictionary<string, object>
    {
        ["Environment"] = new Variables { ["MODE"] = "full" },
        ["Files"] = new Files { ["/etc/app/app.conf"] = "mode = full" },
        ["MemoryMiB"] = 3072,
        ["Steps"] = (IReadOnlyList<InitStep>)[new() { Name = "wait" }],
        ["Sidecars"] = (IReadOnlyList<Sidecar>)[new() { Name = "proxy" }],
        ["User"] = 1000,
        ["Group"] = 1000,
        ["EntryPoint"] = (IReadOnlyList<string>)["/bin/schema"],
        ["Command"] = (IReadOnlyList<string>)["migrate"],
    };
}
