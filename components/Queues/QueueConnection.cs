using Infra.Components.Clouds;
using Pulumi;
using static Infra.Components.Clouds.Connection;

namespace Infra.Components.Queues;

/// <summary>
/// What a consumer must know to use a queue. The keys are the same on every cloud; those that a protocol does not have are empty.
/// </summary>
public static class QueueConnection
{
    private const string HttpsPort = "443";
    private const string VerifyFull = "verify-full";

    /// <summary>To a queue that speaks Amazon SQS' protocol.</summary>
    /// <param name="endpoint">The url of the API.</param>
    /// <param name="host">The host name of the API.</param>
    /// <param name="region">The region to sign for.</param>
    /// <param name="name">The queue's name.</param>
    /// <param name="url">The queue's url, by which every call names it.</param>
    /// <param name="accessKeyId">The consumer's access key; null where its identity gives access without one.</param>
    /// <param name="secretAccessKey">The secret of that key; null where its identity gives access without one.</param>
    public static Connection ToSqs(
        Output<string> endpoint,
        string host,
        string region,
        Output<string> name,
        Output<string> url,
        Output<string>? accessKeyId = null,
        Output<string>? secretAccessKey = null) => To(new("sqs", secretAccessKey is null ? "identity" : "keys")
        {
            Endpoint = endpoint,
            Host = Output.Create(host),
            Port = Output.Create(HttpsPort),
            Region = region,
            Name = name,
            Url = url,
            AccessKeyId = accessKeyId,
            SecretAccessKey = secretAccessKey,
        });

    /// <summary>To a queue of Google Cloud Pub/Sub.</summary>
    /// <param name="endpoint">The url of the API.</param>
    /// <param name="host">The host name of the API.</param>
    /// <param name="region">The region in which messages are kept.</param>
    /// <param name="name">The full name of what the consumer uses: of the topic to send, of the subscription to receive.</param>
    /// <param name="credentials">The key of the consumer's service account; null where its identity gives access without one.</param>
    public static Connection ToPubSub(
        Output<string> endpoint,
        string host,
        string region,
        Output<string> name,
        Output<string>? credentials = null) => To(new("pubsub", credentials is null ? "identity" : "json")
        {
            Endpoint = endpoint,
            Host = Output.Create(host),
            Port = Output.Create(HttpsPort),
            Region = region,
            Name = name,
            Url = Output.Format($"{endpoint}/v1/{name}"),
            CredentialsJson = credentials,
        });

    /// <summary>To a queue of RabbitMQ, by AMQP 0-9-1 over TLS.</summary>
    /// <param name="host">The host name.</param>
    /// <param name="port">The port.</param>
    /// <param name="name">The queue's name, and that of the exchange that leads to it.</param>
    /// <param name="username">The consumer's own login.</param>
    /// <param name="password">Its password: letters and digits only.</param>
    /// <param name="certificateAuthority">The certificates that sign the server's, as PEM.</param>
    /// <param name="isRelayed">Whether the consumer comes through a relay, whose address is not in the server's certificate.</param>
    public static Connection ToAmqp(
        Output<string> host,
        Output<string> port,
        Output<string> name,
        Output<string> username,
        Output<string> password,
        Output<string> certificateAuthority,
        bool isRelayed) => To(new("amqp", "login")
        {
            Endpoint = Output.Format($"amqps://{host}:{port}"),
            Host = host,
            Port = port,
            CertificateAuthority = certificateAuthority,
            TlsMode = isRelayed ? "require" : VerifyFull,
            Name = name,
            Url = Output.Format($"amqps://{host}:{port}/%2F"),
            Username = username,
            Password = password,
        });

    private static Connection To(Values values) => new(
        OneWord("PROTOCOL", values.Protocol),
        Plain("ENDPOINT", values.Endpoint),
        Plain("HOST", values.Host),
        Plain("PORT", values.Port),
        PlainIfAny("CA", values.CertificateAuthority),
        OneWord("TLS_MODE", values.TlsMode),
        PlainIfAny("REGION", values.Region is { } region ? Output.Create(region) : null),
        Plain("NAME", values.Name),
        Plain("URL", values.Url),
        OneWord("CREDENTIALS", values.Credentials),
        PlainIfAny("ACCESS_KEY_ID", values.AccessKeyId),
        SecretIfAny("SECRET_ACCESS_KEY", values.SecretAccessKey),
        PlainIfAny("USERNAME", values.Username),
        SecretIfAny("PASSWORD", values.Password),
        SecretIfAny("CREDENTIALS_JSON", values.CredentialsJson));

    private sealed record Values(string Protocol, string Credentials)
    {
        public required Output<string> Endpoint { get; init; }

        public required Output<string> Host { get; init; }

        public required Output<string> Port { get; init; }

        public required Output<string> Name { get; init; }

        public required Output<string> Url { get; init; }

        public string? Region { get; init; }

        public string TlsMode { get; init; } = VerifyFull;

        public Output<string>? CertificateAuthority { get; init; }

        public Output<string>? AccessKeyId { get; init; }

        public Output<string>? SecretAccessKey { get; init; }

        public Output<string>? Username { get; init; }

        public Output<string>? Password { get; init; }

        public Output<string>? CredentialsJson { get; init; }
    }
}
