using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Brokers;

/// <summary>
/// An application's message broker, with TLS and a login for each consumer: it speaks AMQP 0-9-1 and AMQP 1.0 on every cloud, and MQTT
/// where it is asked to. What lies in it (exchanges, queues, topics) is the applications' own affair. RabbitMQ serves it everywhere, so
/// that applications find the same behaviour.
/// </summary>
public sealed class MessageBroker(string name, MessageBrokerArgs? args = null) : Component<MessageBrokerArgs>(name, args ?? new())
{
    /// <inheritdoc/>
    public override ComponentKind Kind => MessageBrokerKind.Instance;
}

/// <summary>The arguments of a message broker.</summary>
public sealed record MessageBrokerArgs : Arguments
{
    /// <summary>
    /// The promised vCPU and memory of each server: nano 0.25 vCPU and 1 GiB, small 0.5 and 2, medium 1 and 4, large 2 and 8, x-large 4 and
    /// 16, xx-large 8 and 32. Default: small.
    /// </summary>
    public Size Size { get; init; } = Size.Small;

    /// <summary>
    /// The size of each server's volume in GiB, 10 to 10240. It can be raised, never lowered. Default: 20.
    /// </summary>
    public int StorageGiB { get; init; } = 20;

    /// <summary>
    /// Whether three servers keep every message of a quorum queue, so that it survives the loss of one; otherwise there is one server.
    /// Default: true; outside production never. Queues of other types live on one server, whatever this says.
    /// </summary>
    public bool HighAvailability { get; init; } = true;

    /// <summary>
    /// Whether it speaks MQTT 3.1.1 and 5, too, over TLS: topics are routing keys of the exchange <c>amq.topic</c>, whose slashes are dots.
    /// Default: false.
    /// </summary>
    public bool Mqtt { get; init; }

    /// <summary>What each size promises.</summary>
    public static Capacity Promise(Size size) => size switch
    {
        Size.Nano => new(0.25, 1),
        Size.Small => new(0.5, 2),
        Size.Medium => new(1, 4),
        Size.Large => new(2, 8),
        Size.XLarge => new(4, 16),
        Size.XXLarge => new(8, 32),
        _ => throw new ArgumentOutOfRangeException(nameof(size), size, "not a size"),
    };

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        Decision.Of(Size),
        new("storage", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{StorageGiB} GiB")),
        new("protocols", Mqtt ? "AMQP 0-9-1, AMQP 1.0, MQTT" : "AMQP 0-9-1, AMQP 1.0"),
        Decision.Promise("high availability", HighAvailability),
    ];

    /// <inheritdoc/>
    public override Arguments For(EnvironmentProfile profile) => this with
    {
        Size = profile.Limit(Size),
        StorageGiB = Math.Min(StorageGiB, profile.MaximumStorageGiB),
        HighAvailability = HighAvailability && profile.HighAvailability,
    };

    /// <inheritdoc/>
    public override void Check(Guard guard) => guard.InRange(nameof(StorageGiB), StorageGiB, 10, 10240, "GiB");
}

/// <summary>What every cloud gives for a message broker.</summary>
public interface IMessageBroker
{
    /// <summary>The private host name; it stays when a server is lost.</summary>
    Output<string> Host { get; }

    /// <summary>The port of AMQP; MQTT has 8883, the usual one.</summary>
    Output<string> Port { get; }
}
