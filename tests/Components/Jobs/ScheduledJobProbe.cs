using Infra.Components.Jobs;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Jobs;

internal sealed class ScheduledJobProbe : KindProbe
{
    public override ComponentKind Kind => ScheduledJobKind.Instance;

    public override Component Create(Model model, string name) => new ScheduledJob(name, new() { Schedule = "0 3 * * *" });

    public override IReadOnlyDictionary<string, object> OtherValues => new Dictionary<string, object>
    {
        ["Schedule"] = "*/15 8-18 * * MON-FRI",
        ["TimeZone"] = "Europe/Paris",
        ["Environment"] = new Variables { ["MODE"] = "full" },
        ["Files"] = new Files { ["/etc/app/app.conf"] = "mode = full" },
        ["MemoryMiB"] = 3072,
        ["Steps"] = (IReadOnlyList<InitStep>)[new() { Name = "wait" }],
        ["Sidecars"] = (IReadOnlyList<Sidecar>)[new() { Name = "proxy" }],
        ["User"] = 1000,
        ["Group"] = 1000,
        ["EntryPoint"] = (IReadOnlyList<string>)["/bin/report"],
        ["Command"] = (IReadOnlyList<string>)["nightly"],
    };
}
