using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Components.Services.Kubernetes;

/// <summary>
/// A volume of a pod: a claim that is protected, so that it outlives what runs the pod. The pod's group owns it, by its security context.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Where it is mounted.</param>
/// <param name="Claim">The claim's name; null where each member of a set has a claim of its own.</param>
internal sealed record PodVolume(string Name, string Path, Output<string>? Claim)
{
    /// <summary>Where a step leaves what it fetches for the container: a part of the node's disk.</summary>
    public static PodVolume Fetched { get; } = new("fetched", FetchedObject.Directory, Claim: null) { IsScratch = true };

    /// <summary>Whether it goes with the pod. Default: false.</summary>
    public bool IsScratch { get; private init; }

    /// <summary>What the pod calls it, beside what every pod has.</summary>
    public string InPod => $"volume-{Name}";

    /// <summary>
    /// The template by which a set tells its members' claims: what it is called, and nothing that ever changes, because no set takes
    /// another one (Kubernetes API: StatefulSetSpec). The claims are there before the set is, and it makes none.
    /// </summary>
    public PersistentVolumeClaimArgs Template => new()
    {
        Metadata = new ObjectMetaArgs { Name = InPod },
        Spec = Specification(Volume.SmallestGiB, storageClass: null),
    };

    /// <summary>
    /// Creates the volumes of a service with one replica. Pulumi names their claims, so that a name that is free again finds no files of
    /// somebody else.
    /// </summary>
    /// <param name="service">The service, with the user that they belong to.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the component.</param>
    /// <param name="child">Makes the options of a child.</param>
    /// <returns>The volumes, and their claims.</returns>
    public static (IReadOnlyList<PodVolume> Volumes, IReadOnlyList<(Volume Volume, PersistentVolumeClaim Claim)> Claims) Of(
        ContainerService service,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        var claims = service.Args.Volumes
            .Select(volume => (volume, new PersistentVolumeClaim(
                $"{service.Name}-{volume.Name}",
                new PersistentVolumeClaimArgs
                {
                    Metadata = cluster.Metadata(service.Name, tags),
                    Spec = Specification(volume.SizeGiB, ClassOf(volume, service, cluster)),
                },
                child(protect: cluster.Profile.Protect))))
            .ToList();
        return (
            [.. claims.Select(of => new PodVolume(of.volume.Name, of.volume.Path, of.Item2.Metadata.Apply(metadata => metadata.Name)))],
            claims);
    }

    /// <summary>
    /// Creates the volumes of a set's members under the names by which the set looks for them, the volume's, the set's and the member's
    /// number, and so they grow, which a template of the set cannot. One whose protection was lifted stays in the cluster when its member
    /// goes, and is taken again, as it is, by the member who comes under that number.
    /// </summary>
    /// <param name="service">The set, with the user that they belong to.</param>
    /// <param name="members">How many members it has.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the component.</param>
    /// <param name="child">Makes the options of a child.</param>
    /// <returns>The volumes, and their claims.</returns>
    public static (IReadOnlyList<PodVolume> Volumes, IReadOnlyList<(Volume Volume, PersistentVolumeClaim Claim)> Claims) OfMembers(
        ContainerService service,
        int members,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        var volumes = service.Args.Volumes.Select(volume => new PodVolume(volume.Name, volume.Path, Claim: null)).ToList();
        var claims = new List<(Volume Volume, PersistentVolumeClaim Claim)>();
        foreach (var (volume, declared) in volumes.Zip(service.Args.Volumes))
        {
            for (var number = 0; number < members; number++)
            {
                var of = string.Create(CultureInfo.InvariantCulture, $"{service.Name}-{number}");
                var options = child(protect: cluster.Profile.Protect, deleteBeforeReplace: true);
                if (cluster.Profile.IsProduction) options.RetainOnDelete = true;
                claims.Add((declared, new PersistentVolumeClaim(
                    $"{of}-{volume.Name}",
                    new PersistentVolumeClaimArgs
                    {
                        // One that stayed was another resource's of Pulumi, whose fields this one takes over.
                        Metadata = cluster.Named(
                            $"{volume.InPod}-{of}", service.Name, tags, new() { ["pulumi.com/patchForce"] = "true" }),
                        Spec = Specification(declared.SizeGiB, ClassOf(declared, service, cluster)),
                    },
                    options)));
            }
        }

        return (volumes, claims);
    }

    private static string? ClassOf(Volume volume, ContainerService service, ClusterContext cluster) =>
        cluster.Tweak<KubernetesServiceTweak>(service.Args)?.StorageClass
        ?? (volume.Speed == VolumeSpeed.Fast ? cluster.Traits.FastStorageClass : null)
        ?? cluster.Traits.StorageClass;

    private static PersistentVolumeClaimSpecArgs Specification(int sizeGiB, string? storageClass)
    {
        var specification = new PersistentVolumeClaimSpecArgs
        {
            AccessModes = { "ReadWriteOnce" },
            Resources = new VolumeResourceRequirementsArgs { Requests = { ["storage"] = ClusterContext.Storage(sizeGiB) } },
        };
        if (storageClass is not null) specification.StorageClassName = storageClass;
        return specification;
    }
}
