using Infra.Components.Checks;
using Infra.Components.Clouds;

namespace Infra.Components.Brokers;

/// <summary>What no cloud keeps of a message broker.</summary>
internal static class MessageBrokerChecks
{
    private static readonly Rule Relayed = Rule.Warning(
        "message-broker-mqtt-relay",
        "Consumers reach a broker by every protocol that it speaks");

    /// <summary>What consumers of other clouds lack, wherever it stands.</summary>
    public static Gap MqttAcrossClouds { get; } =
        new("mqtt from other clouds", "Consumers of other clouds reach it by AMQP only: a relay has one port for each target.")
        {
            Rule = Relayed,
        };

    /// <summary>Reports consumers of other clouds, who do not reach its MQTT.</summary>
    public static void Check(MessageBroker component, CloudChecks checks)
    {
        if (!component.Args.Mqtt) return;
        var abroad = checks.LinksTo(component).Where(link => link.CrossesClouds).Select(link => link.Consumer.Name).Distinct().ToList();
        if (abroad.Count == 0) return;
        checks.Lacks(
            MqttAcrossClouds,
            component,
            $"{string.Join(", ", abroad)} on other clouds reach it by AMQP only: MQTT_PORT and MQTT_URL are empty there.",
            "Let them speak AMQP, or place them beside it");
    }
}
