using Infra.Components.Systems;
using Pulumi;
using SecretManager = Pulumi.Gcp.SecretManager;

namespace Infra.Components.Clouds.Gcp;

/// <summary>A file in a directory that is mounted into a container.</summary>
/// <param name="Path">Its path in the directory.</param>
/// <param name="Version">The number of the secret's version that holds it.</param>
/// <param name="State">The full name of that version: it changes whenever the content does, and is no secret.</param>
internal sealed record GcpFile(string Path, Output<string> Version, Output<string> State);

/// <summary>
/// A directory that is mounted into a container. Cloud Run mounts one secret at a path, with as many of its versions as are asked for, each
/// under a name of its own (Google Cloud documentation: Cloud Run, configure secrets). So a directory is a secret and each of its files a
/// version, whether or not it is confidential: other volumes need a bucket or a file server.
/// </summary>
/// <param name="Volume">The name of the volume.</param>
/// <param name="Path">Its path.</param>
/// <param name="SecretId">The secret, as Cloud Run wants it.</param>
/// <param name="Files">Its files.</param>
internal sealed record GcpDirectory(string Volume, string Path, Output<string> SecretId, IReadOnlyList<GcpFile> Files)
{
    /// <summary>What the secret of a directory is called that is kept for a consumer.</summary>
    /// <param name="consumer">What Google Cloud calls the consumer.</param>
    /// <param name="directory">The directory.</param>
    public static string NameOf(string consumer, MountedDirectory directory) =>
        $"{ShortName.Of($"{consumer}{Hyphened(directory.Path)}", ShortName.OfTwo)}-{GcpNames.Fingerprint(directory.Path)}-files";

    /// <summary>Keeps the files of a directory in a secret.</summary>
    /// <param name="volume">The volume's name.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="name">The name of the secret's resource.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="options">The secret's options.</param>
    public static GcpDirectory Keep(
        string volume,
        MountedDirectory directory,
        string name,
        SecretManager.Secret secret,
        CustomResourceOptions options) => new(volume, directory.Path, secret.SecretId,
        [
            .. directory.Contents.Select(file =>
            {
                // Named after the text, which no plan shows: otherwise nobody would see that it changes. Cloud Run reads a version whenever
                // the file is read, so the old one goes last, when the update is over.
                var text = GcpNames.Fingerprint(file.Name, file.Source.ToString());
                var version = GcpSecret.Fill($"{name}-{text}", secret, file.Value, options);
                return new GcpFile(directory.Inside(file), version.Version, version.Name);
            }),
        ]);

    private static string Hyphened(string path) =>
        path.Replace('/', '-').Replace('.', '-').Replace('_', '-').ToLowerInvariant();
}
