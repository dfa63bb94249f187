using System.Text.Json.Nodes;
using Infra.Components.Clouds;

namespace Infra.Components.Brokers;

/// <summary>
/// What jobs tell a RabbitMQ broker through its management API, which no other API does for it: queues, policies and logins.
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

    private static readonly RestScript Script = new("BROKER");

    /// <summary>The pattern that one name fits.</summary>
    public static string Only(string name) => $"^{name}$";

    /// <summary>The variable that holds a login's password where one container sets up several. Secret.</summary>
    public static string PasswordOf(string login) => RestScript.PasswordOf(login);

    /// <summary>What a container runs to make some calls, one after the other.</summary>
    /// <param name="calls">The calls: method, path below the API's url, and body.</param>
    public static IReadOnlyList<string> Of(params IEnumerable<(string Method, string Path, JsonObject Body)> calls) =>
        Script.Of(calls.Select(Call));

    /// <summary>The same where a public authority signs the broker's certificate.</summary>
    public static IReadOnlyList<string> OfPublic(IEnumerable<(string Method, string Path, JsonObject Body)> calls) =>
        Script.OfPublic(calls.Select(Call));

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

    private static RestCall Call((string Method, string Path, JsonObject Body) call) => new(call.Method, call.Path, call.Body);
}
