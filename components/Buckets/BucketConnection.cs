using Infra.Components.Clouds;
using Pulumi;
using static Infra.Components.Clouds.Connection;

namespace Infra.Components.Buckets;

/// <summary>What a consumer must know to use a bucket.</summary>
public static class BucketConnection
{
    /// <summary>What Amazon S3 takes: a checksum (CRC32) with every upload.</summary>
    internal const string EveryChecksum = "WHEN_SUPPORTED";

    /// <summary>What every other store takes: a checksum where a call demands one.</summary>
    internal const string RequiredChecksums = "WHEN_REQUIRED";

    /// <summary>To a bucket.</summary>
    /// <param name="endpoint">The url of the store's API.</param>
    /// <param name="region">The region to sign for.</param>
    /// <param name="name">The bucket's name.</param>
    /// <param name="checksums">When clients of AWS send checksums of uploads.</param>
    /// <param name="pathStyle">Whether the bucket's name goes into the path instead of the host.</param>
    /// <param name="accessKeyId">
    /// The consumer's access key; null, which the consumer sees as empty, where its identity gives access without one.
    /// </param>
    /// <param name="secretAccessKey">
    /// The secret of that key; null, which the consumer sees as empty, where its identity gives access without one.
    /// </param>
    /// <param name="certificateAuthority">
    /// The certificates that sign the server's, as PEM; null, which the consumer sees as empty, where a public authority does.
    /// </param>
    public static Connection To(
        Output<string> endpoint,
        Output<string> region,
        Output<string> name,
        string checksums,
        bool pathStyle,
        Output<string>? accessKeyId = null,
        Output<string>? secretAccessKey = null,
        Output<string>? certificateAuthority = null) => new(
            Plain("ENDPOINT", endpoint),
            Plain("HOST", endpoint.Apply(url => url.Split("://", 2)[^1])),
            PlainIfAny("CA", certificateAuthority),
            Plain("REGION", region),
            Plain("NAME", name),
            Plain("PROTOCOL", Output.Create("s3")),
            OneWord("PATH_STYLE", pathStyle ? "true" : "false"),
            OneWord("CHECKSUMS", checksums),
            OneWord("CREDENTIALS", accessKeyId is null ? "identity" : "keys"),
            PlainIfAny("ACCESS_KEY_ID", accessKeyId),
            SecretIfAny("SECRET_ACCESS_KEY", secretAccessKey));
}
