using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Services;

/// <summary>What a cloud lacks that does not keep containers from writing to their own file systems.</summary>
internal static class ReadOnlyRoots
{
    private static readonly Rule Kept = Rule.Warning("read-only-root", "Containers that are to write to /tmp only can write nowhere else");

    /// <summary>The gap.</summary>
    public static Gap Gap { get; } = new("read-only root", "Containers can always write to their own file systems.") { Rule = Kept };

    /// <summary>Reports a service or job that asks for it.</summary>
    public static void Check(Consumer consumer, CloudChecks checks)
    {
        if (!consumer.Container.ReadOnlyRoot) return;
        checks.Lacks(
            Gap,
            consumer,
            $"ReadOnlyRoot is true, and {checks.Cloud.Name()} does not keep containers from writing to their own file systems.",
            "Let the image's user own none of its files");
    }
}
