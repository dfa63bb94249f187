using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Infra.Components.Brokers;

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

    /// <summary>The pattern that no name fits.</summary>
    public const string Nothing = "^$";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Authority = $$"""
        ca=$(mktemp)
        printf '%s\n' "${{CertificateAuthority}}" > "$ca"

        """;

    /// <summary>The pattern that one name fits.</summary>
    public static string Only(string name) => $"^{name}$";

    /// <summary>The variable that holds a login's password where one container sets up several. Secret.</summary>
    public static string PasswordOf(string login) => $"{login.Replace('-', '_').ToUpperInvariant()}_PASSWORD";

    /// <summary>What a container runs to make some calls, one after the other.</summary>
    /// <param name="calls">The calls: method, path below the API's url, and body.</param>
    public static IReadOnlyList<string> Of(params IEnumerable<(string Method, string Path, JsonObject Body)> calls) =>
        Of(Prelude(isPublic: false), calls);

    /// <summary>The same where a public authority signs the broker's certificate.</summary>
    public static IReadOnlyList<string> OfPublic(IEnumerable<(string Method, string Path, JsonObject Body)> calls) =>
        Of(Prelude(isPublic: true), calls);

    /// <summary>The calls that give a login its password and its rights in the broker's only virtual host, and nothing else.</summary>
    /// <param name="login">The login.</param>
    /// <param name="password">The variable that holds its password.</param>
    /// <param name="rights">What it may do.</param>
    public static IEnumerable<(string Method, string Path, JsonObject Body)> Grant(string login, string password, BrokerRights rights) =>
    [
        ("PUT", $"users/{login}", new() { ["password"] = $"${{{password}}}", ["tags"] = "" }),
        ("PUT", $"permissions/%2F/{login}", new()
        {
            ["configure"] = rights.Configure,
            ["write"] = rights.Write,
            ["read"] = rights.Read,
        }),
    ];

    // Where a public authority signs the server's certificate, the client's own list of these serves.
    private static string Prelude(bool isPublic) => $$"""
        {{(isPublic ? "" : Authority)}}login=$(mktemp)
        printf 'user = "%s:%s"\n' "${{Username}}" "${{Password}}" > "$login"
        call() {
          curl --silent --show-error --fail-with-body --max-time 30 --retry 5 --retry-connrefused --config "$login"{{(isPublic ? "" : " --cacert \"$ca\"")}} \
            --header 'content-type: application/json' --request "$1" --data-binary @- "${{Url}}/$2"
        }
        """;

    private static IReadOnlyList<string> Of(string prelude, IEnumerable<(string Method, string Path, JsonObject Body)> calls) =>
        ["sh", "-e", "-c", string.Join('\n', [prelude, .. calls.Select(Call), ""])];

    // The shell puts the value of the one variable in; a pattern's dollar sign is escaped for it.
    private static string Call((string Method, string Path, JsonObject Body) call) => string.Create(
        CultureInfo.InvariantCulture,
        $"call {call.Method} {call.Path} <<JSON\n{call.Body.ToJsonString(Plain).Replace("$\"", "\\$\"", StringComparison.Ordinal)}\nJSON");
}
