using System.Globalization;
using Infra.Components.Clouds;
using Pulumi;

namespace Infra.Components.Brokers;

/// <summary>A message broker built on a cloud.</summary>
internal abstract class PlacedMessageBroker : PlacedServer, IMessageBroker
{
    /// <summary>Where it speaks AMQP over TLS (IANA: amqps).</summary>
    public const int AmqpPort = 5671;

    /// <summary>Where it speaks MQTT over TLS (IANA: secure-mqtt).</summary>
    public const int SecureMqttPort = 8883;

    private readonly bool _speaksMqtt;

    /// <summary>Registers the broker.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="placement">Where it stands, by what, and whose it is.</param>
    protected PlacedMessageBroker(MessageBrokerArgs args, PlacedComponentArgs placement)
        : base(placement)
    {
        _speaksMqtt = args.Mqtt;
        Port = Output.Create(AmqpPort.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The port of MQTT.</summary>
    protected static Output<string> MqttPort => Output.Create(SecureMqttPort.ToString(CultureInfo.InvariantCulture));

    /// <summary>Where it is reached besides by AMQP, at the host or address by which the network knows it.</summary>
    protected IReadOnlyDictionary<string, Endpoint> OtherEndpointsAt(Output<string> host) => _speaksMqtt
        ? new Dictionary<string, Endpoint> { [MessageBrokerKind.Mqtt] = new(host, MqttPort, SpeaksTls: true) }
        : [];

    /// <summary>What a consumer must know.</summary>
    /// <param name="relay">Where it enters when it comes from another cloud; null otherwise.</param>
    /// <param name="granted">What makes its login.</param>
    /// <param name="username">Its login.</param>
    /// <param name="password">Its password.</param>
    /// <param name="certificateAuthority">The certificates that sign the server's; null where a public authority does.</param>
    protected Connection ConnectionAt(
        RelayEndpoint? relay,
        CustomResource? granted,
        Output<string> username,
        Output<string> password,
        Output<string>? certificateAuthority)
    {
        var (host, port) = EntranceFor(relay, granted);
        var mqttPort = relay is null
            ? MqttPort
            : Output.Create(relay.OtherPorts.GetValueOrDefault(MessageBrokerKind.Mqtt).ToString(CultureInfo.InvariantCulture));
        return MessageBrokerConnection.To(
            host, port, _speaksMqtt ? mqttPort : null, username, password, certificateAuthority, relay is not null);
    }
}
