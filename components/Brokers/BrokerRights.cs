using Infra.Components.Systems;

namespace Infra.Components.Brokers;

/// <summary>
/// What a login may do in a broker: patterns of the names of queues and exchanges (RabbitMQ's documentation: access control).
/// </summary>
/// <param name="Configure">What it may declare and delete.</param>
/// <param name="Write">What it may send to, and bind to something else.</param>
/// <param name="Read">What it may receive from, and bind something else to.</param>
internal sealed record BrokerRights(string Configure, string Write, string Read)
{
    private const string Everything = ".*";

    /// <summary>What a consumer of a message broker may do.</summary>
    /// <param name="login">Its login, of letters, digits and hyphens.</param>
    /// <param name="intent">
    /// Publish: sends to what others declared. Consume: receives from everything, and binds queues of its own, which are called after its
    /// login or, without a name of theirs, by the broker: MQTT's subscriptions are such. Connect: does whatever it likes with what lies in
    /// the broker.
    /// </param>
    public static BrokerRights Of(string login, Intent intent)
    {
        // Brackets rather than backslashes, which would mean something to JSON and to the shell.
        var own = $"^({login}[.]|amq[.]gen|mqtt-subscription-)";
        return intent switch
        {
            Intent.Publish => new(BrokerScript.Nothing, Everything, BrokerScript.Nothing),
            Intent.Consume => new(own, own, Everything),
            Intent.Connect => new(Everything, Everything, Everything),
            _ => throw new ArgumentOutOfRangeException(nameof(intent), intent, "no intent of a message broker"),
        };
    }
}
