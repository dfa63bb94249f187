using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Components.Systems;

namespace Infra.Components.Queues.Kubernetes;

/// <summary>
/// What jobs tell a RabbitMQ broker through its management API, which no other API does for it: queues, policies and logins. Every call
/// puts what ought to be, so it bears being repeated. Passwords go through standard input and files of mode 600, so that they are in no
/// process list; they are of letters and digits and need no quoting.
/// </summary>
internal static class BrokerScript
{
    /// <summary>The variable that holds the url of the API.</summary>
    public const string Url = "BROKER_URL";

    /// <summary>The variable that holds the certificates that sign the broker's, as PEM.</summary>
    public const string CertificateAuthority = "BROKER_CA";

    /// <summary>The variable that holds the name of the broker's administrator. Secret.</summary>
    public const string Username = "BROKER_USERNAME";

    /// <summary>The variable that holds its password. Secret.</summary>
    public const string Password = "BROKER_PASSWORD";

    /// <summary>The variable that holds the consumer's password. Secret.</summary>
    public const string LoginPassword = "LOGIN_PASSWORD";

    private const string Nothing = "^$";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Prelude = $$"""
        ca=$(mktemp)
        printf '%s\n' "${{CertificateAuthority}}" > "$ca"
        login=$(mktemp)
        printf 'user = "%s:%s"\n' "${{Username}}" "${{Password}}" > "$login"
        call() {
          curl --silent --show-error --fail-with-body --max-time 30 --retry 5 --retry-connrefused --config "$login" --cacert "$ca" \
            --header 'content-type: application/json' --request "$1" --data-binary @- "${{Url}}/$2"
        }
        """;

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
    public static IReadOnlyList<string> Declare(string queue, QueueArgs args, (int First, int Most) rest)
    {
        var dead = DeadLettersOf(queue);
        return Script(
            ("PUT", $"queues/%2F/{dead}", Replicated()),
            ("PUT", $"policies/%2F/{dead}", Policy(dead, new()
            {
                ["message-ttl"] = Milliseconds(TimeSpan.FromDays(args.DeadLetterRetentionDays)),

                // Whoever looks at one and puts it back does not use it up.
                ["delivery-limit"] = -1,
            })),
            ("PUT", $"policies/%2F/{queue}", Policy(queue, new()
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
            ("PUT", $"queues/%2F/{queue}", Replicated()),
            ("PUT", $"exchanges/%2F/{queue}", new JsonObject { ["type"] = "fanout", ["durable"] = true }),
            ("POST", $"bindings/%2F/e/{queue}/q/{queue}", new JsonObject { ["routing_key"] = "" }));
    }

    /// <summary>Gives a consumer a login that sends to the queue or receives from it, and may do nothing else.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="login">The login.</param>
    /// <param name="intent">Publish or consume.</param>
    public static IReadOnlyList<string> Grant(string queue, string login, Intent intent) => Script(
        ("PUT", $"users/{login}", new JsonObject { ["password"] = $"${{{LoginPassword}}}", ["tags"] = "" }),
        ("PUT", $"permissions/%2F/{login}", new JsonObject
        {
            ["configure"] = Nothing,
            ["write"] = intent == Intent.Publish ? Only(queue) : Nothing,
            ["read"] = intent == Intent.Consume ? Only(queue) : Nothing,
        }));

    private static JsonObject Replicated() => new() { ["durable"] = true, ["arguments"] = new JsonObject { ["x-queue-type"] = "quorum" } };

    private static JsonObject Policy(string queue, JsonObject definition) =>
        new() { ["pattern"] = Only(queue), ["apply-to"] = "queues", ["priority"] = 0, ["definition"] = definition };

    private static string Only(string name) => $"^{name}$";

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    private static IReadOnlyList<string> Script(params (string Method, string Path, JsonObject Body)[] calls) =>
        ["sh", "-e", "-c", string.Join('\n', [Prelude, .. calls.Select(Call), ""])];

    // The shell puts the value of the one variable in; a pattern's dollar sign is escaped for it.
    private static string Call((string Method, string Path, JsonObject Body) call) => string.Create(
        CultureInfo.InvariantCulture,
        $"call {call.Method} {call.Path} <<JSON\n{call.Body.ToJsonString(Plain).Replace("$\"", "\\$\"", StringComparison.Ordinal)}\nJSON");
}
