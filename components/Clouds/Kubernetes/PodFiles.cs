using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>
/// The files of a pod's container: what is secret in a secret, where none of the cluster holds it already, and everything else in a config
/// map. Neither ever changes, and Pulumi names them: another content is another object, so that pods roll onto it, and those that run keep
/// theirs. Each file is mounted by itself, and what the image has beside it stays.
/// </summary>
internal sealed class PodFiles
{
    /// <summary>How many bytes a config map or a secret holds (Kubernetes documentation: ConfigMaps, Secrets).</summary>
    public const int MostBytes = 1024 * 1024;

    // Octal 0444: whoever the container runs as may read them, and nobody write.
    private const int Mode = 292;

    private readonly string _volume;
    private readonly IReadOnlyList<ContainerValue> _files;
    private readonly ConfigMap? _plain;
    private readonly Secret? _secret;

    /// <summary>Keeps them.</summary>
    /// <param name="volume">What the pod calls their volume.</param>
    /// <param name="holder">What the resources that keep them are called, before their ending.</param>
    /// <param name="files">The files.</param>
    /// <param name="grantee">Whose they are.</param>
    public PodFiles(string volume, string holder, IReadOnlyList<ContainerValue> files, KubernetesGrantee grantee)
    {
        (_volume, _files) = (volume, files);
        var name = $"{holder}-files";
        var (plain, secret) = (Contents(IsPlain), Contents(KubernetesGrantee.IsKept));
        if (plain is not null)
        {
            _plain = new ConfigMap(
                name,
                new ConfigMapArgs { Metadata = grantee.Cluster.Metadata(grantee.Name, grantee.Tags), Data = plain, Immutable = true },
                grantee.Child());
        }

        if (secret is not null)
        {
            _secret = new Secret(
                name,
                new SecretArgs { Metadata = grantee.Cluster.Metadata(grantee.Name, grantee.Tags), StringData = secret, Immutable = true },
                grantee.Child());
        }
    }

    /// <summary>Mounts them into a container.</summary>
    public void Mount(ContainerArgs container)
    {
        foreach (var file in _files)
        {
            container.VolumeMounts.Add(new VolumeMountArgs
            {
                Name = _volume,
                MountPath = file.Name,
                SubPath = file.Name[1..],
                ReadOnly = true,
            });
        }
    }

    /// <summary>Gives a pod the volume that they are mounted from.</summary>
    public void Provide(PodSpecArgs pod)
    {
        var volume = new ProjectedVolumeSourceArgs { DefaultMode = Mode };
        if (_plain is not null)
        {
            volume.Sources.Add(new VolumeProjectionArgs
            {
                ConfigMap = new ConfigMapProjectionArgs
                {
                    Name = _plain.Metadata.Apply(metadata => metadata.Name),
                    Items = Items(IsPlain),
                },
            });
        }

        if (_secret is not null)
        {
            volume.Sources.Add(new VolumeProjectionArgs
            {
                Secret = new SecretProjectionArgs { Name = ClusterContext.NameOf(_secret), Items = Items(KubernetesGrantee.IsKept) },
            });
        }

        foreach (var file in _files)
        {
            if (file.Stored is not KubernetesStoredValue stored) continue;
            volume.Sources.Add(new VolumeProjectionArgs
            {
                Secret = new SecretProjectionArgs
                {
                    Name = stored.Secret,
                    Items = { new KeyToPathArgs { Key = stored.Key, Path = file.Name[1..] } },
                },
            });
        }

        pod.Volumes.Add(new VolumeArgs { Name = _volume, Projected = volume });
    }

    private static bool IsPlain(ContainerValue file) => !file.IsSecret;

    private InputMap<string>? Contents(Func<ContainerValue, bool> choice)
    {
        var contents = new InputMap<string>();
        var chosen = _files.Where(choice).ToList();
        foreach (var file in chosen) contents.Add(KeyOf(file), file.Value);
        return chosen.Count == 0 ? null : contents;
    }

    private InputList<KeyToPathArgs> Items(Func<ContainerValue, bool> choice) => _files
        .Where(choice)
        .Select(file => new KeyToPathArgs { Key = KeyOf(file), Path = file.Name[1..] })
        .ToList();

    // Keys hold no slash. What stands for one is written as two of a kind, and that kind alone as another two, so that no two paths meet.
    private static string KeyOf(ContainerValue file) => file.Name[1..]
        .Replace("_", "_1", StringComparison.Ordinal)
        .Replace("/", "__", StringComparison.Ordinal);
}
