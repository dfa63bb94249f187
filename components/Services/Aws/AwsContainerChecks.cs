using System.Text;
using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks;
using Infra.Components.Registries.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Services.Aws;

/// <summary>What Amazon ECS refuses of services and jobs alike.</summary>
internal static class AwsContainerChecks
{
    // AWS documentation: a task definition has 64 KiB at most; the rest of the definition needs some of it.
    private const int MostEnvironmentBytes = 48 * 1024;

    // AWS documentation: containers of a task definition.
    private const int MostContainers = 10;

    private static readonly Rule Arguments = Rule.Error("aws-container-arguments", "Amazon ECS accepts the container's arguments");

    private static readonly Rule Spot = Rule.Info("aws-job-spot", "Spare capacity is asked for by services, not by jobs");

    /// <summary>Reports what asks a job to run on spare capacity.</summary>
    public static void CheckSpot(Consumer job, CloudChecks checks)
    {
        if (job.Container.Tweak<AwsServiceTweak>() is not { Spot: true }) return;
        checks.Report(
            Spot,
            job,
            "AwsServiceTweak.Spot is set, and jobs never run on spare capacity, which AWS may take back. Remove it.");
    }

    /// <summary>Reports it.</summary>
    public static void Check(Consumer consumer, CloudChecks checks)
    {
        ReadOnlyRoots.Check(consumer, checks);
        var guard = checks.Guard(consumer, Arguments);
        var container = consumer.Container;
        var files = container.Sidecars.SelectMany(sidecar => sidecar.Files).Concat(container.Files).ToList();

        // Steps have the variables of the component's own container.
        var bytes = ((container.Steps.Count + 1) * consumer.Variables.Sum(variable => Written(variable.Name) + Written(variable.Text)))
            + container.Sidecars.SelectMany(sidecar => sidecar.Environment).Sum(variable => Written(variable.Key) + Written(variable.Value))
            + files.Sum(file => Written(file.Key) + Written(file.Value));
        guard.Require(
            bytes <= MostEnvironmentBytes,
            files.Count > 0 ? $"{nameof(ContainerArgs.Environment)} with {nameof(ContainerArgs.Files)}" : nameof(ContainerArgs.Environment),
            $"{bytes} bytes",
            $"{MostEnvironmentBytes} bytes at most, as they are written in JSON",
            "Move what is large into the image or a bucket");
        if (files.Count > 0) CheckFiles(consumer, guard, checks);
        CheckContainers(consumer, guard, checks);

        ImageCredentials.Check(consumer, checks, "Amazon ECS", AwsImage.IsPublic);
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

    private static void CheckFiles(Consumer consumer, Guard guard, CloudChecks checks)
    {
        foreach (var held in consumer.Container.Sidecars.Select(sidecar => sidecar.Files).Prepend(consumer.Container.Files))
            MountedDirectory.Check(consumer, held.Keys, checks, Arguments);
        guard.Require(
            AwsContainer.BusyBoxImage(consumer.Container, checks.Model.Find<PrivateNetwork>()?.Args.Egress ?? Egress.Shared) is not null,
            nameof(ContainerArgs.Files),
            "given in a network without a way out, where no image can be fetched that writes them",
            "an image with BusyBox in Amazon ECR",
            "Copy one there and name it in AwsServiceTweak.BusyBoxImage");
    }

    private static void CheckContainers(Consumer consumer, Guard guard, CloudChecks checks)
    {
        var container = consumer.Container;
        var service = consumer as ContainerService;
        var count = 1 + container.Steps.Count + container.Sidecars.Count
            + container.Sidecars.Count(sidecar => sidecar.Files.Count > 0)
            + container.Sidecars.Count(sidecar => sidecar.CheckedPort is not null)
            + (container.Files.Count > 0 ? 1 : 0)
            + (service?.Args.CheckedPort is not null ? 1 : 0);
        guard.Require(
            count <= MostContainers,
            $"{nameof(ContainerArgs.Steps)} with {nameof(ContainerArgs.Sidecars)}",
            $"{count} containers, with those that write files and check sidecars",
            $"{MostContainers} in a task",
            "Do with fewer of them");
        if (checks.Model.Find<PrivateNetwork>()?.Args.Egress != Egress.None || container.Tweak<AwsServiceTweak>()?.BusyBoxImage is not null)
            return;
        foreach (var sidecar in container.Sidecars.Where(sidecar => sidecar.CheckedPort is not null))
        {
            guard.Refuse(
                $"Sidecars '{sidecar.Name}'.HealthCheck",
                "over the network in a network without a way out, where no image can be fetched that asks",
                "a command, or an image with BusyBox in Amazon ECR",
                "Copy one there and name it in AwsServiceTweak.BusyBoxImage");
        }
    }

    // Quotes and ends of lines are two characters in JSON.
    private static int Written(string text) => Encoding.UTF8.GetByteCount(AwsJson.Text(JsonValue.Create(text)));

    private static int Written(Text text) => text.Literals.Sum(Written);
}
