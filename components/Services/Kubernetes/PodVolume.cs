using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Components.Services.Kubernetes;

/// <summary>
/// A volume of a pod: a claim that Pulumi names and protects, so that it outlives the deployment, and a name that is free again finds no
/// files of somebody else. The pod's group owns it, by its security context.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Where it is mounted.</param>
/// <param name="Claim">The claim's name.</param>
internal sealed record PodVolume(string Name, string Path, Output<string> Claim)
{
    /// <summary>What the pod calls it, beside what every pod has.</summary>
    public string InPod => $"volume-{Name}";

    /// <summary>Creates the volumes of a service.</summary>
    /// <param name="service">The service, with the user that they belong to.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the component.</param>
    /// <param name="child">Makes the options of a child.</param>
    public static IReadOnlyList<PodVolume> Of(
        ContainerService service,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        var storageClass = cluster.Tweak<KubernetesServiceTweak>(service.Args)?.StorageClass ?? cluster.Traits.StorageClass;
        return
        [
            .. service.Args.Volumes.Select(volume =>
            {
                var specification = new PersistentVolumeClaimSpecArgs
                {
                    AccessModes = { "ReadWriteOnce" },
                    Resources = new VolumeResourceRequirementsArgs
                    {
                        Requests = { ["storage"] = ClusterContext.Storage(volume.SizeGiB) },
                    },
                };
                if (storageClass is not null) specification.StorageClassName = storageClass;
                var claim = new PersistentVolumeClaim(
                    $"{service.Name}-{volume.Name}",
                    new PersistentVolumeClaimArgs { Metadata = cluster.Metadata(service.Name, tags), Spec = specification },
                    child(protect: cluster.Profile.Protect));
                return new PodVolume(volume.Name, volume.Path, claim.Metadata.Apply(metadata => metadata.Name));
            }),
        ];
    }
}
