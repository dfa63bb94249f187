using Infra.Components.Clouds;
using Pulumi;
using static Infra.Components.Clouds.Connection;

namespace Infra.Components.Buckets;

/// <summary>What a consumer must know to use a bucket.</summary>
public static class BucketConnection
{
    /// <summary>To a bucket.</summary>
    /// <param name="endpoint">The url of the store's API.</param>
    /// <param name="region">The region to sign for.</param>
    /// <param name="name">The bucket's name.</param>
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
        bool pathStyle,
        Output<string>? accessKeyId = null,
        Output<string>? secretAccessKey = null,
        Output<string>? certificateAuthority = null) => new(
            Plain("ENDPOINT", endpoint),
            PlainIfAny("CA", certificateAuthority),
            Plain("REGION", region),
            Plain("NAME", name),
            Plain("PROTOCOL", Output.Create("s3")),
            Plain("PATH_STYLE", Output.Create(pathStyle ? "true" : "false")),
            Plain("CREDENTIALS", Output.Create(accessKeyId is null ? "identity" : "keys")),
            PlainIfAny("ACCESS_KEY_ID", accessKeyId),
            SecretIfAny("SECRET_ACCESS_KEY", secretAccessKey));
}
