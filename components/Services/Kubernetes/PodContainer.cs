using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Core = Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Components.Services.Kubernetes;

/// <summary>A container of a pod, restricted, with memory that is kept for it.</summary>
internal sealed record PodContainer
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The image, with its registry.</summary>
    public required Input<string> Image { get; init; }

    /// <summary>What it gets.</summary>
    public required Capacity Capacity { get; init; }

    /// <summary>What runs instead of the image's entry point; empty for the image's own.</summary>
    public IReadOnlyList<string> EntryPoint { get; init; } = [];

    /// <summary>What runs instead of the image's command, behind its entry point; empty for the image's own.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The user that it runs as; null for the pod's, or the image's own where that has none.</summary>
    public int? User { get; init; }

    /// <summary>Its group; null for the pod's, or the one that the image has for the user.</summary>
    public int? Group { get; init; }

    /// <summary>The environment.</summary>
    public IReadOnlyList<EnvVarArgs> Environment { get; init; } = [];

    /// <summary>The files; null where it has none.</summary>
    public PodFiles? Files { get; init; }

    /// <summary>The volumes. Default: none.</summary>
    public IReadOnlyList<PodVolume> Volumes { get; init; } = [];

    /// <summary>
    /// Whether what runs before the pod's own container goes on beside it, until that one has ended, instead of running to its end
    /// (Kubernetes documentation: sidecar containers). Default: false.
    /// </summary>
    public bool GoesOn { get; init; }

    /// <summary>How it shows that it is well; null where nobody asks.</summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>The container.</summary>
    /// <param name="scratch">The volume that is its <c>/tmp</c>.</param>
    /// <param name="readOnlyRoot">Whether it may write nowhere else.</param>
    public Core.ContainerArgs Definition(string scratch, bool readOnlyRoot)
    {
        var security = new SecurityContextArgs
        {
            AllowPrivilegeEscalation = false,
            ReadOnlyRootFilesystem = readOnlyRoot,
            Capabilities = new CapabilitiesArgs { Drop = { "ALL" } },
        };
        if (User is { } user) security.RunAsUser = user;
        if (Group is { } group) security.RunAsGroup = group;
        var container = new Core.ContainerArgs
        {
            Name = Name,
            Image = Image,
            Resources = new ResourceRequirementsArgs
            {
                // Memory is a promise, so what is requested is the limit; processor is shared, so it has no limit and idle cores help.
                Requests = { ["cpu"] = ClusterContext.Cpu(Capacity.VCpu), ["memory"] = ClusterContext.Memory(Capacity.MemoryGiB) },
                Limits = { ["memory"] = ClusterContext.Memory(Capacity.MemoryGiB) },
            },
            SecurityContext = security,
            VolumeMounts = { new VolumeMountArgs { Name = scratch, MountPath = "/tmp" } },
        };
        foreach (var part in EntryPoint) container.Command.Add(ContainerText.Literal(part));
        foreach (var part in Command) container.Args.Add(ContainerText.Literal(part));
        foreach (var variable in Environment) container.Env.Add(ContainerText.Literal(variable));
        Files?.Mount(container);
        foreach (var volume in Volumes) container.VolumeMounts.Add(new VolumeMountArgs { Name = volume.InPod, MountPath = volume.Path });
        if (GoesOn) container.RestartPolicy = "Always";
        if (HealthCheck is not { } check) return container;
        var probes = new PodProbes(check, check.Port);
        (container.StartupProbe, container.LivenessProbe) = (probes.Start, probes.Asking());
        return container;
    }
}
