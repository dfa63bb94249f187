namespace Infra.Components.Brokers;

/// <summary>What RabbitMQ is told for applications that declare their queues as they like, wherever this project runs it.</summary>
internal static class RabbitMqConfiguration
{
    /// <summary>The lines of <c>rabbitmq.conf</c>.</summary>
    /// <param name="mqtt">Whether MQTT is spoken.</param>
    public static IReadOnlyList<string> Lines(bool mqtt) =>
    [
        // What says nothing of its type is kept by every server, as Amazon MQ does it.
        "default_queue_type = quorum",

        // Published applications still want both, which RabbitMQ denies by default since 4.3 and Amazon MQ, with 4.2, does not.
        "deprecated_features.permit.global_qos = true",
        "deprecated_features.permit.transient_nonexcl_queues = true",
        "raft.wal_max_size_bytes = 67108864",
        .. mqtt ? new[] { "mqtt.allow_anonymous = false" } : [],
    ];
}
