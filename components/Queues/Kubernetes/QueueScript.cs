using System.Text.Json.Nodes;
using Infra.Components.Brokers;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Queues.Kubernetes;

/// <summary>What a RabbitMQ broker is told of a queue and of its consumers.</summary>
internal static class QueueScript
{
    /// <summary>The name of the queue of dead letters.</summary>
    public static string DeadLettersOf(string queue) => $"{queue}-dead";

    /// <summary>
    /// Declares the queue, an exchange of the same name that leads to it and to nothing else, so that senders need no right to send
    /// elsewhere, and the queue of its dead letters. What may change later is said by policies, because arguments of a queue cannot
    /// change.
    /// </summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="rest">For how many seconds a message rests after it came back, at first and at most.</param>
    public static IEnumerable<RestCall> Declare(string queue, QueueArgs args, (int First, int Most) rest)
    {
        var dead = DeadLettersOf(queue);
        return
        [
            new("PUT", $"queues/%2F/{dead}", Replicated()),
            new("PUT", $"policies/%2F/{dead}", Policy(dead, new()
            {
                ["message-ttl"] = Milliseconds(TimeSpan.FromDays(args.DeadLetterRetentionDays)),

                // Whoever looks at one and puts it back does not use it up.
                ["delivery-limit"] = -1,
            })),
            new("PUT", $"policies/%2F/{queue}", Policy(queue, new()
            {
                ["message-ttl"] = Milliseconds(TimeSpan.FromDays(args.RetentionDays)),
                ["consumer-timeout"] = Milliseconds(TimeSpan.FromSeconds(args.VisibilitySeconds)),

                // It counts what comes after the first delivery (RabbitMQ's source: rabbit_fifo).
                ["delivery-limit"] = args.MaximumDeliveries - 1,
                ["delayed-retry-type"] = "all",
                ["delayed-retry-min"] = Milliseconds(TimeSpan.FromSeconds(rest.First)),
                ["delayed-retry-max"] = Milliseconds(TimeSpan.FromSeconds(rest.Most)),

                // The default exchange, which leads to every queue by its name. A dead letter stays until the other queue has it, which
                // takes both settings.
                ["dead-letter-exchange"] = "",
                ["dead-letter-routing-key"] = dead,
                ["dead-letter-strategy"] = "at-least-once",
                ["overflow"] = "reject-publish",
            })),
            new("PUT", $"queues/%2F/{queue}", Replicated()),
            new("PUT", $"exchanges/%2F/{queue}", new JsonObject { ["type"] = "fanout", ["durable"] = true }),
            new("POST", $"bindings/%2F/e/{queue}/q/{queue}", new JsonObject { ["routing_key"] = "" }),
        ];
    }

    /// <summary>Gives a consumer a login that sends to the queue or receives from it, and may do nothing else.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="login">The login.</param>
    /// <param name="password">The variable that holds its password.</param>
    /// <param name="intent">Publish or consume.</param>
    public static IEnumerable<RestCall> Grant(string queue, string login, string password, Intent intent) => BrokerScript.Grant(
        login,
        password,
        new(
            Configure: BrokerScript.Nothing,
            Write: intent == Intent.Publish ? BrokerScript.Only(queue) : BrokerScript.Nothing,
            Read: intent == Intent.Consume ? BrokerScript.Only(queue) : BrokerScript.Nothing));

    private static JsonObject Replicated() => new() { ["durable"] = true, ["arguments"] = new JsonObject { ["x-queue-type"] = "quorum" } };

    private static JsonObject Policy(string queue, JsonObject definition) =>
        new() { ["pattern"] = BrokerScript.Only(queue), ["apply-to"] = "queues", ["priority"] = 0, ["definition"] = definition };

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
