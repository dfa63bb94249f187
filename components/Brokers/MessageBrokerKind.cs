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

    /// <summary>
    /// Its queues are the application's own, so nobody else knows them: a shovel would need their names, and an administrator's rights in
    /// both brokers.
    /// </summary>
    internal override IReadOnlyList<MoveWay> WaysToMove(Component component, Cloud from, Cloud to) =>
    [
        new(
            "drain",
            "From its activation on, whoever sends does so to the new broker; the old one's consumers go on until they have worked its "
            + "queues off, which nobody checks: look at them before it is released. Queues and bindings are declared anew by those who use "
            + "them. "
            + "Retained messages of MQTT and the sessions of its clients are not carried over: clients subscribe and publish anew."),
    ];

    /// <inheritdoc/>
    public override Reach ReachOf(Component component) => Reach.Relay;

    /// <inheritdoc/>
    public override IReadOnlyList<string> RelayedProtocols(Component component) =>
        component is MessageBroker { Args.Mqtt: true } ? [Mqtt] : [];
}
