using Infra.Components.Systems;

namespace Infra.Components.Brokers;

/// <summary>An application's message broker.</summary>
public sealed class MessageBrokerKind : ComponentKind
{
    private MessageBrokerKind()
        : base("MessageBroker", BuildStage.Store)
    {
    }

    /// <summary>The name of MQTT where a relay keeps a port for it.</summary>
    public const string Mqtt = "mqtt";

    /// <summary>The kind.</summary>
    public static MessageBrokerKind Instance { get; } = new();

    /// <inheritdoc/>
    public override string? Lasts => "the messages";

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionKey> ConnectionKeys { get; } =
    [
        new("HOST", "The host name."),
        new("PORT", "The port of AMQP 0-9-1 and AMQP 1.0, over TLS."),
        new("MQTT_PORT", "The port of MQTT, over TLS; empty where it is not spoken."),
        new("VHOST", "The virtual host: `/`."),
        new("USERNAME", "The consumer's own login."),
        new("PASSWORD", "Its password: letters and digits only.", IsSecret: true),
        new("CA", "The certificates that sign the server's, as PEM; empty where a public authority does."),
        new("TLS_MODE", "`verify-full`, or `require` where the name that the client connects to is not the server's: through a relay.")
        {
            Words = [MessageBrokerConnection.VerifyFull, MessageBrokerConnection.Encrypt],
        },
        new("URL", "All of AMQP in one url, of the scheme `amqps`.", IsSecret: true),
        new("MQTT_URL", "All of MQTT in one url, of the scheme `mqtts`; empty where `MQTT_PORT` is.", IsSecret: true),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Intent> IntentsOn(Component component) => [Intent.Publish, Intent.Consume, Intent.Connect];

    /// <inheritdoc/>
    public override Reach ReachOf(Component component) => Reach.Relay;

    /// <inheritdoc/>
    public override IReadOnlyList<string> RelayedProtocols(Component component) =>
        component is MessageBroker { Args.Mqtt: true } ? [Mqtt] : [];
}
