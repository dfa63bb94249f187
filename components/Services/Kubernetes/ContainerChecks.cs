using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Systems;

namespace Infra.Components.Services.Kubernetes;

/// <summary>What every cluster keeps or refuses of a container, whether it runs all the time or once.</summary>
internal static class ContainerChecks
{
    private static readonly Rule Arguments = Rule.Error("kubernetes-container-arguments", "Kubernetes accepts the container's arguments");
    private static readonly Rule Architecture = Rule.Info("architecture", "The cluster has nodes of the images' architecture");

    /// <summary>What no cluster of ours allows.</summary>
    public static Gap AnyUser { get; } = new("any user", "Images run as a user other than root.");

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
        if (checks.Cloud != Cloud.Kubernetes) ImageCredentials.Check(consumer, checks, "the stack's cluster");
        var bytes = consumer.Container.Files.Sum(file => file.Value.LiteralBytes);
        checks.Guard(consumer, Arguments).Require(
            bytes <= PodFiles.MostBytes,
            nameof(ContainerArgs.Files),
            $"{bytes} bytes",
            $"{PodFiles.MostBytes} bytes at most",
            "Move what is large into the image or a bucket");
        if (consumer.Container.Tweak<KubernetesServiceTweak>() is { RunAsUser: { } user })
            checks.Guard(consumer, Arguments).InRange("KubernetesServiceTweak.RunAsUser", user, 1, 65535);
    }
}
