using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Components.Services.Kubernetes;

/// <summary>What every cluster keeps or refuses of a container, whether it runs all the time or once.</summary>
internal static class ContainerChecks
{
    private static readonly Rule Arguments = Rule.Error("kubernetes-container-arguments", "Kubernetes accepts the container's arguments");
    private static readonly Rule Architecture = Rule.Info("architecture", "The cluster has nodes of the images' architecture");

    private static readonly Rule Root = Rule.Error("kubernetes-root", "Containers in clusters run as users other than root");
    private static readonly Rule ImageUsers = Rule.Info(
        "kubernetes-image-user",
        "Images in clusters have a user by number, other than root");

    /// <summary>What no cluster of ours allows.</summary>
    public static Gap AnyUser { get; } = new("any user", "Containers run as a user other than root.") { Rule = Root };

    /// <summary>Tells of images of whose users nothing is known before they start.</summary>
    /// <param name="consumers">Services or jobs.</param>
    /// <param name="checks">Where the finding goes.</param>
    public static void CheckUsers(IEnumerable<Consumer> consumers, CloudChecks checks)
    {
        var silent = consumers.Where(consumer => UsersOf(consumer.Container).Contains(null)).Select(consumer => consumer.Name).ToList();
        if (silent.Count == 0) return;
        checks.Report(
            ImageUsers,
            null,
            $"Nobody looks who runs the images of {string.Join(", ", silent)}. One whose USER is missing, root, or a name, not a number, "
            + "never starts in a cluster: set User to a number, such as 1000, that the image lets read and write what it needs.");
    }

    private static IEnumerable<int?> UsersOf(ContainerArgs container) => container.Sidecars
        .Select(sidecar => sidecar.User)
        .Concat(container.Steps.Select(step => step.User ?? container.User))
        .Prepend(container.User);

    /// <summary>Reports what a cluster needs or refuses.</summary>
    /// <param name="consumer">The service or job.</param>
    /// <param name="checks">Where findings go.</param>
    public static void Check(Consumer consumer, CloudChecks checks)
    {
        if (consumer.Container.Architecture == CpuArchitecture.Arm64)
        {
            checks.Report(
                Architecture,
                consumer,
                "It runs on nodes with the label kubernetes.io/arch: arm64 only; without one it never starts.");
        }

        // A cluster that is given says by itself what its nodes can pull.
        if (checks.Cloud != Cloud.Kubernetes) ImageCredentials.Check(consumer, checks, "the stack's cluster", ImageName.HasRegistry);
        var container = consumer.Container;
        foreach (var files in container.Sidecars.Select(sidecar => sidecar.Files).Prepend(container.Files))
        {
            var bytes = files.Sum(file => file.Value.LiteralBytes);
            checks.Guard(consumer, Arguments).Require(
                bytes <= PodFiles.MostBytes,
                nameof(ContainerArgs.Files),
                $"{bytes} bytes",
                $"{PodFiles.MostBytes} bytes at most",
                "Move what is large into the image or a bucket");
        }

        if (!UsersOf(container).Contains(0)) return;
        checks.Lacks(
            AnyUser,
            consumer,
            "User is 0, which is root; a cluster runs users from 1 to 2147483647.",
            "Set the number of a user that the image lets read and write what it needs, such as 1000");
    }
}
