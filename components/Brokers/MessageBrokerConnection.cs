using Infra.Components.Clouds;
using Pulumi;
using static Infra.Components.Clouds.Connection;

namespace Infra.Components.Brokers;

/// <summary>What a consumer must know to use a message broker.</summary>
public static class MessageBrokerConnection
{
    /// <summary>Clients verify the server's authority and its name.</summary>
    internal const string VerifyFull = "verify-full";

    /// <summary>Clients verify no name: what they connect to is none of the certificate's.</summary>
    internal const string Encrypt = "require";

    /// <summary>To a broker that speaks AMQP, and MQTT where it has a port for it, over TLS.</summary>
    /// <param name="host">The host name.</param>
    /// <param name="port">The port of AMQP.</param>
    /// <param name="mqttPort">The port of MQTT; null, which the consumer sees as empty, where it is not spoken.</param>
    /// <param name="username">The consumer's own login.</param>
    /// <param name="password">Its password: letters and digits only.</param>
    /// <param name="certificateAuthority">
    /// The certificates that sign the server's, as PEM; null, which the consumer sees as empty, where a public authority does.
    /// </param>
    /// <param name="isRelayed">Whether the consumer comes through a relay, whose address is not in the server's certificate.</param>
    public static Connection To(
        Output<string> host,
        Output<string> port,
        Output<string>? mqttPort,
        Output<string> username,
        Output<string> password,
        Output<string>? certificateAuthority,
        bool isRelayed) => new(
            Plain("HOST", host),
            Plain("PORT", port),
            PlainIfAny("MQTT_PORT", mqttPort),
            Plain("VHOST", Output.Create("/")),
            Plain("USERNAME", username),
            Secret("PASSWORD", password),
            PlainIfAny("CA", certificateAuthority),
            OneWord("TLS_MODE", isRelayed ? Encrypt : VerifyFull),
            Secret("URL", Output.Format($"amqps://{username}:{password}@{host}:{port}/%2F")),
            SecretIfAny("MQTT_URL", mqttPort is null ? null : Output.Format($"mqtts://{username}:{password}@{host}:{mqttPort}")));
}
