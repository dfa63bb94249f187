using System.Text;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Registries.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Services.Aws;

/// <summary>What Amazon ECS refuses of services and jobs alike.</summary>
internal static class AwsContainerChecks
{
    // AWS documentation: a task definition has 64 KiB at most; the rest of the definition needs some of it.
    private const int MostEnvironmentBytes = 48 * 1024;

    private static readonly Rule Arguments = Rule.Error("aws-container-arguments", "Amazon ECS accepts the container's arguments");

    /// <summary>Reports it.</summary>
    public static void Check(Consumer consumer, CloudChecks checks)
    {
        ReadOnlyRoots.Check(consumer, checks);
        var guard = checks.Guard(consumer, Arguments);
        var bytes = consumer.Variables.Sum(variable => Encoding.UTF8.GetByteCount(variable.Name) + variable.Text.LiteralBytes);
        guard.Require(
            bytes <= MostEnvironmentBytes,
            nameof(ContainerArgs.Environment),
            $"{bytes} bytes",
            $"{MostEnvironmentBytes} bytes at most",
            "Move what is large into the image or a bucket");

        if (checks.Settings.Images.TryGetValue(consumer.Name, out var image) && AwsImage.IsPublic(image))
            ImageCredentials.Check(consumer, checks, "Amazon ECS");
        if (consumer.Container.Tweak<AwsServiceTweak>() is not { } tweak) return;
        if (tweak.DiskGiB is { } disk) guard.InRange("AwsServiceTweak.DiskGiB", disk, 21, 200, "GiB");
        guard.Require(
            tweak.CpuUnits is null == tweak.MemoryMiB is null,
            "AwsServiceTweak.CpuUnits",
            tweak.CpuUnits is null ? "nothing, but MemoryMiB is given" : $"{tweak.CpuUnits}, but MemoryMiB is not given",
            "both or none");
        if (tweak is not { CpuUnits: { } cpu, MemoryMiB: { } memory }) return;
        guard.OneOf("AwsServiceTweak.CpuUnits", cpu, FargateSize.CpuUnitsOffered);
        if (FargateSize.MemoryFor(cpu) is { Count: > 0 } offered) guard.OneOf("AwsServiceTweak.MemoryMiB", memory, offered);
    }
}
